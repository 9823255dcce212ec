"""A row without a date, of a source that dates its rows: no sign of contact, and never the newest."""

from datetime import date

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
