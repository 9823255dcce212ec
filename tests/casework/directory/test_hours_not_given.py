"""Hours that nobody gave in full: nobody is told that a place is open because its times are missing."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from tests.casework.directory.conftest import FOOD_BANK

from alongside.casework.access.actors import Actor
from alongside.casework.directory import commands, presenters, queries
from alongside.casework.directory.hours import hours_in_words
from alongside.casework.directory.rules import HERE, Hours, Running, running, runs_on

SUNDAY, MONDAY = date(2026, 11, 8), date(2026, 11, 9)
APPOINTMENT = Hours(notes="By appointment only")
SUNDAYS = Hours(freq="WEEKLY", byday="SU")


def at_clock(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=HERE)


@pytest.mark.proves("FIND-10")
@pytest.mark.parametrize("clock", [time(0), time(3), time(12), time(23, 59)])
@pytest.mark.parametrize(
    ("hours", "on_sunday"),
    [
        (APPOINTMENT, Running.NOT_KNOWN),
        (replace(APPOINTMENT, valid_from=date(2026, 1, 1)), Running.NOT_KNOWN),
        (replace(APPOINTMENT, valid_to=date(2026, 1, 1)), Running.CLOSED),
        (SUNDAYS, Running.NOT_KNOWN),
        (replace(SUNDAYS, opens_at=time(1)), Running.NOT_KNOWN),
        (replace(SUNDAYS, closes_at=time(17)), Running.NOT_KNOWN),
        (Hours(freq="WEEKLY", byday="SA"), Running.CLOSED),
        (Hours(freq="WEEKLY", byday="SA", opens_at=time(22)), Running.CLOSED),
        (Hours(dtstart=SUNDAY), Running.NOT_KNOWN),
        (Hours(dtstart=MONDAY), Running.CLOSED),
        (Hours(byday="SU"), Running.NOT_KNOWN),
        (Hours(byday="MO,TU"), Running.CLOSED),
    ],
)
def test_without_both_times_only_a_wrong_day_is_certain(
    hours: Hours, on_sunday: Running, clock: time
) -> None:
    assert running("active", [hours], at_clock(SUNDAY, clock)) is on_sunday


@pytest.mark.parametrize(
    ("hours", "on_sunday", "on_monday"),
    [
        (Hours(byday="MO,TU"), Running.CLOSED, Running.OPEN),
        (Hours(byday="MO", valid_from=MONDAY), Running.CLOSED, Running.OPEN),
        (Hours(byday="2MO"), Running.CLOSED, Running.OPEN),
        (Hours(byday="1MO"), Running.CLOSED, Running.CLOSED),
        (Hours(bymonthday="9"), Running.CLOSED, Running.OPEN),
        (Hours(byday="by arrangement", valid_from=SUNDAY), Running.NOT_KNOWN, Running.NOT_KNOWN),
    ],
)
def test_days_count_also_where_how_often_is_not_said(
    hours: Hours, on_sunday: Running, on_monday: Running
) -> None:
    timed = replace(hours, opens_at=time(9), closes_at=time(17))
    for day, state in ((SUNDAY, on_sunday), (MONDAY, on_monday)):
        assert running("active", [timed], at_clock(day, time(12))) is state
        assert runs_on("active", [timed], day) is state


def test_midnight_to_midnight_is_all_day_because_somebody_said_so() -> None:
    for hours in (Hours(), SUNDAYS):
        told = replace(hours, opens_at=time(0), closes_at=time(0))
        for clock in (time(0), time(3), time(23, 59)):
            assert running("active", [told], at_clock(SUNDAY, clock)) is Running.OPEN
        assert runs_on("active", [told], SUNDAY) is Running.OPEN


def test_a_whole_day_needs_the_day_and_not_the_times() -> None:
    assert runs_on("active", [SUNDAYS], SUNDAY) is Running.OPEN
    assert runs_on("active", [SUNDAYS], MONDAY) is Running.CLOSED
    assert runs_on("active", [Hours(dtstart=SUNDAY)], SUNDAY) is Running.OPEN
    assert runs_on("active", [APPOINTMENT], SUNDAY) is Running.NOT_KNOWN
    assert runs_on("active", [replace(APPOINTMENT, opens_at=time(9))], SUNDAY) is Running.NOT_KNOWN


def test_hours_elsewhere_that_are_certain_still_count() -> None:
    dinner = Hours(dtstart=SUNDAY, opens_at=time(11), closes_at=time(15))
    assert running("active", [APPOINTMENT, dinner], at_clock(SUNDAY, time(12))) is Running.OPEN
    assert running("active", [APPOINTMENT, dinner], at_clock(SUNDAY, time(16))) is Running.NOT_KNOWN


def test_the_first_day_of_days_every_week_is_not_said_as_if_it_were_the_only_one() -> None:
    hours = Hours(dtstart=date(2026, 11, 2), byday="MO,TU", opens_at=time(9), closes_at=time(17))
    assert hours_in_words(hours, on=date(2026, 11, 2)) == "Monday, Tuesday, 09:00 to 17:00"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"running_on": SUNDAY, "running_at": time(3)}, {"running_at": time(3)}])
def test_who_asks_for_a_time_reads_first_what_is_certainly_open_then(
    editor: Actor, asked: dict[str, object]
) -> None:
    night = Hours(freq="WEEKLY", byday="SU", opens_at=time(1), closes_at=time(6))
    for name, hours in (
        ("A: by appointment", APPOINTMENT),
        ("B: on Sundays", SUNDAYS),
        ("C: on Mondays", Hours(byday="MO,TU", opens_at=time(0), closes_at=time(0))),
        ("D: open at night", night),
    ):
        entry = replace(FOOD_BANK, name=name, hours=(hours,))
        commands.publish_service(actor=editor, at=at_clock(SUNDAY, time(9)), entry=entry)
    found = queries.search_services(actor=editor, at=at_clock(SUNDAY, time(9)), **asked).found  # type: ignore[arg-type]
    assert [(each.service.name, each.running) for each in found] == [
        ("D: open at night", Running.OPEN),
        ("A: by appointment", Running.NOT_KNOWN),
        ("B: on Sundays", Running.NOT_KNOWN),
    ]
    tag = presenters.running_tag("active", found[1].running, now=False)
    assert tag.words == "Opening hours not known: ring first"
