"""A column that few rows fill and nobody can read: what is told from it is not known, never no."""

from typing import Any

import pytest

Reading = Any

SPARSE = [
    {"name": "ref", "type": "string"},
    {"name": "surname", "type": "string"},
    {"name": "died_on", "type": "date"},
]


def sparse(reading: Reading, dates: list[str], **changes: Any) -> Any:
    """A register of a thousand of whom few have died, and the days as these are written."""
    rows = [f"R{number},Quill,{dates[number] if number < len(dates) else ''}" for number in range(1_000)]
    reading.put("rent.csv", "\n".join(["ref,surname,died_on", *rows, ""]))
    died = {"code": "died", "title": "Has died", "value": "bool_or(died_on is not null)"}
    usual: dict[str, Any] = {"fields": SPARSE, "as_at": None, "factors": [died], "reject_limit": 0.1}
    return reading.one(reading.source(**usual | changes, identity={"record": "ref", "surname": "surname"}))


def test_a_source_of_which_a_column_in_use_cannot_be_read_is_refused_though_few_rows_fill_it(
    reading: Reading,
) -> None:
    result = sparse(reading, ["03/04/2026"] * 31 + ["2026-04-03"])
    assert (result.status, result.rows_against_limit) == ("refused", 31)
    assert result.why.startswith("died_on: 31 of 32 could not be read, and what is told from it")


@pytest.mark.parametrize(
    "changes",
    [{"factors": []}, {"reject_limit": 1.0}],
    ids=["nothing uses the column", "the source allows any number of faults"],
)
def test_it_is_read_where_nothing_relies_on_that_column(reading: Reading, changes: dict[str, Any]) -> None:
    assert sparse(reading, ["03/04/2026"] * 32, **changes).status == "read"


def test_a_few_slips_of_the_hand_refuse_no_source_and_the_cell_is_no_empty_one(reading: Reading) -> None:
    assert sparse(reading, ["03/04/2026"] * 4 + ["2026-04-03"]).status == "read"
    assert sorted(reading.typed('died_on is null, "alongside unread died_on"')) == [
        (False, False), *[(True, False)] * 995, *[(True, True)] * 4,
    ]  # fmt: skip


def test_a_cell_that_the_case_index_asks_about_is_no_empty_one_either(reading: Reading) -> None:
    case = {"service": "care", "open_when": "died_on is null"}
    assert (
        sparse(reading, ["03/04/2026"] * 4 + ["2026-04-03"], factors=[], case_index=[case]).status == "read"
    )
    assert reading.typed('"alongside unread died_on"').count((True,)) == 4
