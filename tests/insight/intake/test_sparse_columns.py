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


@pytest.mark.parametrize("open_when", ["died_on is null", "DIED_ON >= run_date"])
def test_a_cell_that_the_case_index_reads_is_no_empty_one_either(reading: Reading, open_when: str) -> None:
    case = {"service": "care", "open_when": open_when}
    assert (
        sparse(reading, ["03/04/2026"] * 4 + ["2026-04-03"], factors=[], case_index=[case]).status == "read"
    )
    assert reading.typed('"alongside unread died_on"').count((True,)) == 4


@pytest.mark.parametrize(
    "value", ["bool_or(is_known(died_on))", "is_unknown(max(DIED_ON))", "count(died_on) > 0"]
)
def test_however_a_factor_asks_whether_a_cell_is_empty_one_that_could_not_be_read_is_told_apart(
    reading: Reading, value: str
) -> None:
    died = {"code": "died", "title": "Has died", "value": value}
    assert sparse(reading, ["03/04/2026"] * 4 + ["2026-04-03"], factors=[died]).status == "read"
    assert reading.typed('"alongside unread died_on"').count((True,)) == 4


def test_a_cell_set_aside_because_an_earlier_row_has_the_same_is_no_empty_one_either(
    reading: Reading,
) -> None:
    fields = [{"name": "ref"}, {"name": "tenancy", "constraints": {"unique": True}}]
    held = {"code": "held", "title": "Has a tenancy", "value": "bool_or(tenancy is not null)"}
    reading.put("rent.csv", "ref,surname,tenancy\nR1,Quill,T1\nR2,Reed,T1\nR3,Sage,\n")
    described = {"as_at": None, "identity": {"record": "ref", "surname": "surname"}, "factors": [held]}
    assert reading.one(reading.source(fields=fields, **described)).status == "read"
    assert reading.typed('tenancy, "alongside unread tenancy"') == [
        ("T1", False), (None, True), (None, False),
    ]  # fmt: skip


def test_a_date_of_birth_that_could_not_be_read_is_no_empty_one_though_linkage_may_use_it(
    reading: Reading,
) -> None:
    fields = [{"name": "ref"}, {"name": "dob", "type": "date"}]
    asked = {"code": "aged", "title": "Has a date of birth", "value": "bool_or(is_known(dob))"}
    reading.put("rent.csv", "ref,dob\nR1,1950-02-03\nR2,03/02/1950\nR3,\n")
    identity = {"record": "ref", "date_of_birth": "dob"}
    described = {"fields": fields, "as_at": None, "identity": identity, "factors": [asked]}
    assert reading.one(reading.source(**described)).status == "read"
    assert reading.typed('dob is null, "alongside unread dob"') == [
        (False, False), (True, True), (True, False),
    ]  # fmt: skip


def test_of_the_record_id_which_every_row_has_nothing_is_unread(reading: Reading) -> None:
    counted = {"code": "rows", "title": "Rows", "value": "count(distinct record_id)"}
    reading.put("rent.csv", "record_id,surname\nR1,Quill\n")
    identity = {"record": "record_id", "surname": "surname"}
    described = {"fields": [{"name": "record_id"}], "as_at": None, "identity": identity, "factors": [counted]}
    assert reading.one(reading.source(**described)).status == "read"
    assert reading.typed('record_id, "alongside unread record_id"') == [("R1", False)]


def test_a_source_is_refused_where_most_days_on_which_people_left_their_home_cannot_be_read(
    reading: Reading,
) -> None:
    identity = {"record": "ref", "surname": "surname", "address_until": "died_on"}
    rows = [f"R{number},Quill,{'03/04/2026' if number < 90 else ''}" for number in range(1_000)]
    reading.put("rent.csv", "\n".join(["ref,surname,died_on", *rows, ""]))
    described = {"fields": SPARSE, "as_at": None, "factors": [], "reject_limit": 0.1, "identity": identity}
    result = reading.one(reading.source(**described))
    assert result.status == "refused"
    assert result.why.startswith("died_on: 90 of 90 could not be read")
