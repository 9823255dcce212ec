"""Where people live now: not at a home they left, nor where only a row without a date puts them."""

from datetime import date

import pytest
from tests.insight.after_linkage.conftest import AS_AT

LEFT, EXTRACTED = date(2026, 3, 1), date(2026, 10, 31)


def _address(world, person="p1"):
    return world.build_people()[person]["address"]


@pytest.mark.parametrize("order", [1, -1])
def test_nobody_lives_at_a_home_they_left_though_its_row_is_as_new_as_any(world, home, order):
    rows = [
        {"person": "p1", "on": EXTRACTED, "address_until": LEFT} | home(1),
        {"person": "p1", "on": EXTRACTED} | home(2),
        {"person": "p2", "on": EXTRACTED} | home(1),
    ]
    world.source("council_tax", rows[::order])
    people = world.build_people()
    assert people["p1"]["address"] == "2 mill lane"
    assert people["p1"]["household_id"] != people["p2"]["household_id"]


def test_where_somebody_lives_is_not_known_if_they_left_every_home_that_is_known(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED, "address_until": LEFT} | home(1)])
    person = world.build_people()["p1"]
    assert [person[each] for each in ("address", "postcode", "uprn", "household_id")] == [None] * 4
    assert [row["place"] for row in world.rows("select place from placed_records")] == ["uprn 1001"]


def test_what_was_written_of_a_home_before_somebody_left_it_places_nobody_there(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED, "address_until": LEFT} | home(1)])
    world.source(
        "gp",
        [
            {"person": "p1", "on": LEFT} | home(1),
            {"person": "p1", "on": date(2019, 1, 1)} | home(2),
            {"person": "p1", "on": None} | home(1),
        ],
    )
    assert _address(world) == "2 mill lane"


def test_whoever_came_back_lives_where_the_newer_record_says(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED, "address_until": LEFT} | home(1)])
    world.source("gp", [{"person": "p1", "on": date(2026, 3, 2)} | home(1)])
    assert _address(world) == "1 mill lane"


@pytest.mark.parametrize("until", [AS_AT, date(2027, 1, 1)])
def test_a_home_that_ends_on_the_day_of_the_run_or_later_is_still_theirs(world, home, until):
    world.source("council_tax", [{"person": "p1", "address_until": until} | home(1)])
    assert _address(world) == "1 mill lane"


def test_of_two_homes_equally_new_the_one_that_most_records_say_counts(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED} | home(number) for number in (1, 2)])
    world.source("gp", [{"person": "p1", "on": date(2026, 1, 1)} | home(2)])
    assert _address(world) == "2 mill lane"


def test_a_home_outweighs_any_number_of_postcodes_as_new_as_it(world, home):
    bare = {"postcode": home(2)["postcode"]}
    world.source("gp", [{"person": "p1", "on": EXTRACTED} | bare for _ in range(3)])
    world.source("tax", [{"person": "p1", "on": EXTRACTED} | home(1)])
    assert _address(world) == "1 mill lane"


def test_a_row_that_lost_its_date_never_beats_one_that_has_one(world, home):
    world.source(
        "gp", [{"person": "p1", "on": None} | home(1), {"person": "p1", "on": date(2025, 1, 1)} | home(2)]
    )
    assert _address(world) == "2 mill lane"


def test_a_row_that_lost_its_date_says_where_somebody_lives_if_nothing_else_does(world, home):
    world.source(
        "gp", [{"person": "p1", "on": None} | home(1), {"person": "p1", "on": date(2027, 1, 1)} | home(2)]
    )
    assert _address(world) == "1 mill lane"


def test_a_list_whose_source_dates_no_row_is_as_new_as_the_run(world, home):
    world.source("register", [{"person": "p1"} | home(1)], dated=False)
    world.source("gp", [{"person": "p1", "on": EXTRACTED} | home(2)])
    assert _address(world) == "1 mill lane"


UNREAD = {"address_until_unread": True}


def test_a_home_that_ended_on_a_day_nobody_can_read_is_not_where_somebody_lives(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED} | UNREAD | home(1)])
    assert _address(world) is None


@pytest.mark.parametrize("order", [1, -1])
def test_it_gives_way_to_an_older_home_whoever_else_still_writes_it(world, home, order):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED} | UNREAD | home(1)])
    rows = [{"person": "p1", "on": date(2026, 10, 30)} | home(1), {"person": "p1", "on": None} | home(2)]
    world.source("gp", rows[::order])
    assert _address(world) == "2 mill lane"


def test_it_is_the_home_of_somebody_of_whom_another_source_says_so_and_no_other_is_known(world, home):
    world.source("council_tax", [{"person": "p1", "on": EXTRACTED} | UNREAD | home(1)])
    world.source("gp", [{"person": "p1", "on": date(2026, 10, 30)} | home(1)])
    assert _address(world) == "1 mill lane"


def test_whom_a_home_ended_for_says_nothing_of_whoever_else_lives_there(world, home):
    rows = [{"person": "p1", "on": EXTRACTED} | UNREAD | home(1), {"person": "p2", "on": EXTRACTED} | home(1)]
    world.source("council_tax", rows)
    assert _address(world, "p2") == "1 mill lane"
