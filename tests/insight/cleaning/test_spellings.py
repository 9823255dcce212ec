"""Names go on as they were written too, whichever way a source writes them."""

import pytest
from tests.insight.cleaning.conftest import CleanedSource


@pytest.mark.parametrize(
    ("forename", "surname", "written"),
    [
        ("Siân", "O'Brien", ("Siân", "O'Brien")),
        ("Jean-Luc", "D'Souza", ("Jean-Luc", "D'Souza")),
        ("Dr  Łukasz", " van  der Berg ", ("Łukasz", "van der Berg")),
        ("Mary Anne", "Smith-Jones", ("Mary", "Smith-Jones")),
        ("unknown", None, (None, None)),
    ],
)
def test_a_name_in_two_columns(
    cleaned: CleanedSource, forename: str, surname: str | None, written: tuple[str | None, str | None]
) -> None:
    (row,) = cleaned({"forename": "a", "surname": "b"}, [{"forename": forename, "surname": surname}])
    assert (row["forename_written"], row["surname_written"]) == written


@pytest.mark.parametrize(
    ("whole", "written"),
    [
        ("Mrs Siân O'Brien", ("Siân", "O'Brien")),
        ("O'BRIEN, Siân Mary", ("Siân", "O'BRIEN")),
        ("D'Arcy, Zoë", ("Zoë", "D'Arcy")),
        ("Jean-Luc D'Souza", ("Jean-Luc", "D'Souza")),
        ("not known", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_name_in_one_column(
    cleaned: CleanedSource, whole: str | None, written: tuple[str | None, str | None]
) -> None:
    (row,) = cleaned({"full_name": "a"}, [{"full_name": whole}])
    assert (row["forename_written"], row["surname_written"]) == written


def test_a_source_without_names_writes_none(cleaned: CleanedSource) -> None:
    (row,) = cleaned({"postcode": "p"}, [{"postcode": "ZZ1 1AA"}])
    assert (row["forename_written"], row["surname_written"]) == (None, None)
