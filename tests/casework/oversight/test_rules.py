"""How the trail is narrowed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.urls import get_resolver

from alongside.casework.audit.registry import EVENT_TYPES
from alongside.casework.oversight.rules import FAMILIES, codes_of, family_of, moments

LONDON = ZoneInfo("Europe/London")


def test_both_days_are_included_and_a_day_is_that_of_the_wall_clock() -> None:
    first, until = moments(date(2026, 10, 25), date(2026, 10, 25), zone=LONDON)
    assert first == datetime(2026, 10, 24, 23, tzinfo=UTC), "the clocks go back that night"
    assert until == datetime(2026, 10, 26, tzinfo=UTC)
    assert moments(None, None, zone=LONDON) == (None, None)


def test_a_day_that_no_event_can_be_of_breaks_nothing() -> None:
    first, until = moments(date.min, date.max, zone=LONDON)
    assert first is not None
    assert until is not None
    assert (first.year, until.year) == (2000, 2200)


def test_a_family_is_all_its_kinds_and_an_unknown_kind_is_none() -> None:
    known = ["person.viewed", "person.emergency_opened", "access.refused"]
    assert codes_of("", known) is None
    assert codes_of("person.viewed", known) == ["person.viewed"]
    assert codes_of("person.", known) == ["person.viewed", "person.emergency_opened"]
    assert codes_of("person.emergency_", known) == ["person.emergency_opened"]
    assert codes_of("access.refused", known) == ["access.refused"]
    assert codes_of("p", known) == []


def test_every_kind_of_event_belongs_to_a_family() -> None:
    assert get_resolver().url_patterns, "whatever is recorded is known once every page is"
    ours = [code for code in EVENT_TYPES if not code.startswith("tests.")]
    assert len(ours) > 90
    assert {family_of(code) for code in ours} == set(FAMILIES)
