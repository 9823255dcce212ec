"""A row without a date, of a source that dates its rows: no sign of contact, and never the newest."""

from datetime import date

import pytest
from tests.insight.after_linkage.conftest import AS_AT

EARLIER = date(2026, 10, 1)


def test_a_row_without_a_date_is_no_contact(world):
    world.source(
        "gp", [{"person": "p1", "on": None}, {"person": "p2", "on": EARLIER}, {"person": "p2", "on": None}]
    )
    world.compute()
    assert world.known("agencies_in_touch_12m") == {"p1": 0, "p2": 1}
    assert world.known("sources_holding") == {"p1": 1, "p2": 1}


def test_a_row_without_a_date_does_not_hide_that_an_agency_lost_touch(world):
    world.source("gp", [{"person": "p1", "on": date(2026, 3, 1)}, {"person": "p1", "on": None}])
    world.compute()
    assert world.known("agencies_lost_touch") == {"p1": 1}


def test_a_row_without_a_date_is_not_the_newest_that_decides(world):
    world.source(
        "rent",
        [{"person": "p1", "on": EARLIER, "weeks": 9}, {"person": "p1", "on": None, "weeks": 1}],
        columns={"weeks": "number"},
        factors=[{"code": "behind", "value": "weeks >= 8"}],
        case_index=[{"service": "adult_care", "open_when": "weeks >= 8"}],
    )
    world.compute()
    assert world.known("behind") == {"p1": True}
    assert [row["since"] for row in world.rows("select since from case_index")] == [EARLIER]


@pytest.mark.parametrize("beside", [(), ({"code": "rows", "value": "count(*)"},)])
def test_a_row_without_a_date_keeps_no_fact_from_fading(world, beside):
    behind = {"code": "behind", "value": "weeks >= 8", "fades_after": "180 days"}
    ever = {"code": "ever", "value": "max(weeks) >= 8", "fades_after": "180 days"}
    rows = [
        {"person": "old", "on": date(2015, 1, 1), "weeks": 9},
        {"person": "old", "on": None, "weeks": 1},
        {"person": "new", "on": EARLIER, "weeks": 9},
        {"person": "undated", "on": None, "weeks": 9},
    ]
    world.source("rent", rows, columns={"weeks": "number"}, factors=[behind, ever, *beside])
    world.compute()
    for code in ("behind", "ever"):
        assert world.known(code) == {"old": None, "new": True, "undated": True}


def test_a_fact_is_dated_by_its_newest_row_that_has_a_date(world):
    rows = [{"person": "p1", "on": EARLIER}, {"person": "p1", "on": None}, {"person": "p2", "on": None}]
    world.source("rent", rows, factors=[{"code": "rows", "value": "count(*)"}])
    world.compute()
    found = world.rows("select person_id, fact_date from facts where factor = 'rows' order by person_id")
    assert [row["fact_date"] for row in found] == [EARLIER, AS_AT]


def test_of_names_and_births_said_as_often_the_one_of_a_row_that_has_a_date_counts(world):
    told = {"surname": "new", "surname_written": "New", "date_of_birth": date(1950, 1, 1)}
    undated = {"surname": "old", "surname_written": "Old", "date_of_birth": date(1951, 1, 1)}
    world.source("gp", [{"person": "p1", "on": EARLIER} | told, {"person": "p1", "on": None} | undated])
    person = world.build_people()["p1"]
    assert {name: person[name] for name in told} == told


def test_a_name_is_written_as_a_row_that_has_a_date_writes_it(world):
    rows = [
        {"person": "p1", "on": EARLIER, "surname": "oneil", "surname_written": "O'Neil"},
        {"person": "p1", "on": None, "surname": "oneil", "surname_written": "Oneil"},
        {"person": "p1", "on": date(2015, 1, 1), "surname": "oneil", "surname_written": "Oneil"},
        {"person": "p1", "on": date(2015, 1, 1), "surname": "oneil", "surname_written": "O'Neil"},
    ]
    world.source("gp", rows)
    assert world.build_people()["p1"]["surname_written"] == "O'Neil"


def test_the_worker_of_a_row_without_a_date_did_not_work_with_them_lately(world):
    case = {"service": "adult_care", "open_when": "state = 'open'", "worker": "team"}
    rows = [
        {"person": "p1", "on": None, "team": "A"},
        {"person": "p2", "on": EARLIER, "team": "A"},
        {"person": "p2", "on": None, "team": "B"},
    ]
    world.source("gp", rows, columns={"team": "string", "state": "string"}, case_index=[case])
    world.compute()
    assert world.known("workers_24m") == {"p1": None, "p2": 1}


def moving_over(world, *, now, old):
    """The case index of an agency that changes its system: both lists name the service."""
    case = {"service": "adult_care", "open_when": "state = 'open'", "worker": "team"}
    for code, row in {"now": now, "old": old}.items():
        rows = [{"person": "p1", "state": "open"} | row]
        world.source(code, rows, columns={"team": "string", "state": "string"}, case_index=[case])
    world.compute()
    return [(row["worker"], row["since"]) for row in world.rows("select * from case_index")]


def test_a_case_without_a_date_does_not_name_the_worker_where_another_has_one(world):
    found = moving_over(world, now={"on": EARLIER, "team": "Now"}, old={"on": None, "team": "Long ago"})
    assert found == [("Now", EARLIER)]


def test_where_no_case_has_a_date_the_one_that_names_a_worker_counts(world):
    assert moving_over(world, now={"on": None}, old={"on": None, "team": "Only"}) == [("Only", AS_AT)]
