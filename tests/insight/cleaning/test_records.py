"""The table ``records``: whole names taken apart, births from dates, years and ages, the contract."""

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.insight.cleaning.conftest import AS_AT, CleanedSource, a_source

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.cleaning import clean_records
from alongside.insight.cleaning.records import identity_columns
from alongside.insight.intake.columns import unread_sign

CONTRACT = [
    "source", "record_id", "forename", "middle_names", "surname", "former_surnames", "date_of_birth",
    "row_as_at", "sex", "uprn", "address", "postcode", "phone", "email", "name_parts", "phone_written",
    "birth_digits", "birth_year", "forename_written", "surname_written", "row_undated", "address_until",
    "address_until_unread",
]  # fmt: skip
EVERYTHING: dict[str, Any] = {
    "forename": "a", "middle_names": "b", "surname": "c", "full_name": "d", "former_names": "e",
    "date_of_birth": "f", "age": {"column": "g", "at": "h"}, "sex": "i", "uprn": "j", "postcode": "k",
    "phone": "l", "email": "m",
    "address_lines": ["n", "o"], "identifiers": {"nhs_number": "p", "ni_number": "q"},
    "other": ["place_of_birth"],
}  # fmt: skip

WHOLE_NAMES = {
    "Mary Jones": ("mary", "jones"),
    "Mrs Mary Ann Jones": ("mary", "jones"),
    "JONES, Mary": ("mary", "jones"),
    "O'BRIEN, Nuala": ("nuala", "obrien"),
    "SMITH-JONES, Mary Ann": ("mary", "smithjones"),
    "GARCIA LOPEZ, Maria": ("maria", "garcialopez"),
    "KHAN, Mr Imran": ("imran", "khan"),
    "Mr A": ("a", None),
    "Mary": ("mary", None),
    "JONES,": (None, "jones"),
    "SMITH, Unknown": (None, "smith"),
    "Unknown, Male": (None, None),
    "UNKNOWN, Unknown": (None, None),
    "Unknown male": (None, None),
    "Baby Khan": (None, "khan"),
    "": (None, None),
}


@pytest.mark.proves("FIND-06")
def test_a_whole_name_is_taken_apart_and_nobody_is_made_of_unknown_male(cleaned: CleanedSource) -> None:
    rows = cleaned({"full_name": "name"}, [{"full_name": name} for name in WHOLE_NAMES])
    found = {name: (row["forename"], row["surname"]) for name, row in zip(WHOLE_NAMES, rows, strict=True)}
    assert found == WHOLE_NAMES


def test_a_source_that_writes_titles_after_commas_is_not_read_surname_first(cleaned: CleanedSource) -> None:
    rows = cleaned(
        {"full_name": "name"},
        [{"full_name": name} for name in ("Mary Jones, of Bath", "John Holland, Exeter", "Cory, James")],
    )
    assert [(row["forename"], row["surname"]) for row in rows] == [
        ("mary", "bath"),
        ("john", "exeter"),
        ("james", "cory"),
    ]
    assert "jones" in rows[0]["name_parts"]


TWO_COLUMNS = {
    ("Mary Ann", "Smith Jones"): ("mary", "ann", "smithjones"),
    ("Earl", "Baron"): ("earl", None, "baron"),
    ("Minnie", "Driver"): ("minnie", None, "driver"),
    ("Julia", "Child"): ("julia", None, "child"),
    ("Unknown", "Driver"): (None, None, None),
    ("Unknown", "Male"): (None, None, None),
    ("Baby", "Khan"): (None, None, "khan"),
    ("M.", "Begum"): ("m", None, "begum"),
    ("Li", "Na"): ("li", None, "na"),
    ("Jo", "Unknown"): ("jo", None, None),
    (None, "Duke"): (None, None, "duke"),
}


def test_forename_and_surname_in_columns_of_their_own(cleaned: CleanedSource) -> None:
    cells = [{"forename": one, "surname": other} for one, other in TWO_COLUMNS]
    rows = cleaned({"forename": "a", "surname": "b"}, cells)
    found = [(row["forename"], row["middle_names"], row["surname"]) for row in rows]
    assert dict(zip(TWO_COLUMNS, found, strict=True)) == TWO_COLUMNS


def test_former_names_are_kept_as_a_list_and_stand_among_all_name_parts(cleaned: CleanedSource) -> None:
    row = cleaned(
        {"forename": "a", "surname": "b", "former_names": "c"},
        [{"forename": "Ann", "surname": "Hill", "former_names": "Obi-Wood; Lee"}],
    )[0]
    assert row["former_surnames"] == ["obi", "wood", "lee"]
    assert row["name_parts"] == ["ann", "hill", "lee", "obi", "wood"]


BIRTHS = {
    ("01/02/1980", None, None): (date(1980, 2, 1), "19800201", 1980),
    ("30/02/1980", None, None): (None, "19800230", 1980),
    ("0000-00-00", None, None): (None, "00000000", 0),
    ("1980", None, None): (None, None, 1980),
    (None, "45", "2024-11-01"): (None, None, 1979),
    (None, "45 yrs", None): (None, None, 1981),  # at the row's date
    (None, "99999999999", None): (None, None, None),
    (None, "6 months", "2024-11-01"): (None, None, None),
    ("unknown", "45", "soon"): (None, None, 1981),
    ("01/02/1980", "12", None): (date(1980, 2, 1), "19800201", 1980),
}


def test_a_birth_is_read_from_a_date_a_year_or_an_age_at_a_date(cleaned: CleanedSource) -> None:
    cells = [{"date_of_birth": born, "age": age, "age_at": at} for born, age, at in BIRTHS]
    rows = cleaned({"date_of_birth": "a", "age": {"column": "b", "at": "c"}}, cells)
    found = [(row["date_of_birth"], row["birth_digits"], row["birth_year"]) for row in rows]
    assert dict(zip(BIRTHS, found, strict=True)) == BIRTHS


FORMATS = {
    "%d-%b-%y": "04-Feb-81", "%d %b %y": "04 Feb 81", "%d%b%y": "04Feb81", "%d%m%y": "040281",
    "%y%m%d": "810204", "%Y-%b-%d": "1981-Feb-04", "%Y %b %d": "1981 Feb 04",
    "%a %d %b %Y": "Wed 04 Feb 1981", "%A, %d %B %Y": "Wednesday, 04 February 1981",
    "%d/%m/%y %H:%M": "04/02/81 09:30", "%Y%m%d%H%M%S": "19810204093000", "%Y%m%d %H:%M": "19810204 09:30",
    "%d_%m_%Y": "04_02_1981", "%Y-%j": "1981-035", "%y-%m-%d": "81-02-04", "%m%d%Y": "02041981",
    "%Y-%d-%m": "1981-04-02", "%Y/%d/%m": "1981/04/02", "%m/%d/%Y": "02/04/1981", "%d%m%Y": "04021981",
    "%b %d, %Y": "Feb 4, 1981", "%d-%b-%Y": "04-Feb-1981", "any": "4/2/81", "default": "1981-02-04",
}  # fmt: skip


@pytest.mark.proves("FIND-20")
@pytest.mark.parametrize("kind", ["date", "datetime"])
@pytest.mark.parametrize("pattern", FORMATS)
def test_a_birth_in_whatever_format_the_schema_declares_reaches_linkage(
    cleaned: CleanedSource, pattern: str, kind: str
) -> None:
    fields = [
        {"name": "Born on", "type": kind, "format": pattern},
        {"name": "dated", "type": kind, "format": pattern},
    ]
    written = FORMATS[pattern]
    cells = [
        {"date_of_birth": written, "Born on": written},
        {"age": "10", "age_at": written, "dated": written},
    ]
    identity = {"date_of_birth": "Born on", "age": {"column": "age", "at": "dated"}}
    born, aged = cleaned(identity, cells, fields=fields)
    assert (born["birth_digits"], born["date_of_birth"]) == ("19810204", date(1981, 2, 4))
    assert aged["birth_year"] == 1971


@pytest.mark.parametrize(
    ("pattern", "written", "expected"),
    [
        ("%d/%m/%Y", "31/02/1981", "19810231"),
        ("%y-%m-%d", "81-02-31", "19810231"),
        ("%Y-%d-%m", "1981-31-02", "19810231"),
        ("%m%d%Y", "02311981", "19810231"),
        ("%d%m%Y", "31021981", "19810231"),
        ("%d-%b-%y", "04/02/1981", "19810204"),
        ("%d%m%Y", "040281", None),
        ("%d/%m/%Y", "00/00/0000", "00000000"),
        ("%Y", "1981", None),  # its first of January is nobody's birthday
    ],
)
def test_a_birth_that_breaks_its_format_is_still_evidence_as_it_was_written(
    cleaned: CleanedSource, pattern: str, written: str, expected: str | None
) -> None:
    field = {"name": "dob", "type": "date", "format": pattern}
    rows = cleaned({"date_of_birth": "DOB"}, [{"date_of_birth": written, "dob": written}], fields=[field])
    assert rows[0]["birth_digits"] == expected


@pytest.mark.proves("FIND-20")
def test_an_nhs_number_counts_only_if_it_passes_its_check_and_a_filler_is_no_number(
    cleaned: CleanedSource,
) -> None:
    written = ["999 000 0018", "9990000019", "0000000000", "unknown", None]
    cells = [{"id__nhs_number": cell, "id__ni_number": cell} for cell in written]
    rows = cleaned({"identifiers": {"nhs_number": "a", "ni_number": "b"}}, cells)
    assert [row["id_nhs_number"] for row in rows] == ["9990000018", None, None, None, None]
    assert [row["id_ni_number"] for row in rows] == ["9990000018", "9990000019", None, None, None]


def test_records_has_the_columns_of_the_contract_whatever_the_sources_map(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("two")
    engine = DuckDBBackend(work_dir=folder)
    fixed = {"record_id": ["1"], "row_as_at": pa.array([AS_AT], pa.date32())}
    pq.write_table(pa.table({**fixed, "raw__surname": ["Hill"]}), folder / "little.parquet")
    much = a_source(EVERYTHING, code="much")
    raw = {name: pa.array([None], pa.string()) for name in identity_columns(much)}
    pq.write_table(pa.table({**fixed, **raw}), folder / "much.parquet")
    clean_records(
        engine,
        {
            "little": a_source({"surname": "s"}, code="little"),
            "much": much,
            "refused": a_source({}, code="refused"),
        },
        {"little": folder / "little.parquet", "much": folder / "much.parquet"},
        as_at=AS_AT,
    )
    table = engine.arrow("select * from records order by source")
    assert set(table.column_names) == {*CONTRACT, "id_nhs_number", "id_ni_number", "other_place_of_birth"}
    assert table.column("source").to_pylist() == ["little", "much"]
    rows = table.to_pylist()
    assert rows[0]["surname"] == "hill"
    assert rows[0]["row_as_at"] == AS_AT
    known = {name: value for name, value in rows[1].items() if value not in (None, [])}
    assert known == {"source": "much", "record_id": "1", "row_as_at": AS_AT, "row_undated": False} | {
        "address_until_unread": False
    }
    engine.close()


def test_a_record_keeps_whether_it_was_dated_and_until_when_its_address_was_right(
    cleaned: CleanedSource,
) -> None:
    mapped = {"address_lines": "home", "address_until": "left"}
    unread = unread_sign("row_address_until")
    days = [
        {"name": "row_undated", "type": "boolean"},
        {"name": "row_address_until", "type": "date"},
        {"name": unread, "type": "boolean"},
    ]
    cells = [
        {"row_undated": "true", unread: "true"},
        {"row_undated": "false", "row_address_until": "2026-03-31", unread: "false"},
    ]
    rows = cleaned(mapped, cells, fields=days, as_at="seen")
    assert [(row["row_undated"], row["address_until"], row["address_until_unread"]) for row in rows] == [
        (True, None, True), (False, date(2026, 3, 31), False),
    ]  # fmt: skip


AWKWARD = ["Place of birth", "place-of-birth", "École", "2nd school", "select", "出生地", "place_of_birth"]


def test_a_listed_column_is_compared_whatever_its_heading(cleaned: CleanedSource) -> None:
    identity = {"other": AWKWARD}
    codes = [
        "place_of_birth_2",
        "place_of_birth_3",
        "ecole",
        "2nd_school",
        "select",
        "column",
        "place_of_birth",
    ]
    assert a_source(identity).identity.others == dict(zip(codes, AWKWARD, strict=True))
    rows = cleaned(identity, [{f"other__{code}": f"Was {code.upper()}" for code in codes}])
    assert {code: rows[0][f"other_{code}"] for code in codes} == {
        code: f"was {code.replace('_', ' ')}" for code in codes
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.text(max_size=25).map(lambda cell: cell.replace("\x00", "")), min_size=1, max_size=30)
)
def test_no_cell_can_stop_the_cleaning(cleaned: CleanedSource, cells: list[str]) -> None:
    fields = ("forename", "middle_names", "surname", "full_name", "former_names", "date_of_birth", "age",
              "age_at", "sex", "uprn", "postcode", "phone", "email", "address_1", "address_2",
              "id__nhs_number",
              "id__ni_number", "other__place_of_birth")  # fmt: skip
    rows = cleaned(EVERYTHING, [dict.fromkeys(fields, cell) for cell in cells])
    assert len(rows) == len(cells)


@pytest.mark.parametrize(
    ("cell", "compared", "written"),
    [
        (" +44 (0)1632 960001 ", "632960001", "+44 (0)1632 960001"),
        ("01632960001", "632960001", "01632960001"),
        ("none", None, None),
        (None, None, None),
    ],
)
def test_a_telephone_number_is_kept_as_it_was_written_beside_what_is_compared(
    cleaned: CleanedSource, cell: str | None, compared: str | None, written: str | None
) -> None:
    (row,) = cleaned({"phone": "p"}, [{"phone": cell}])
    assert (row["phone"], row["phone_written"]) == (compared, written)
