"""When an agreement is in force, and what it covers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.casework.sharing.rules.agreements import (
    WARNED_BEFORE,
    Extent,
    Reminder,
    Standing,
    Terms,
    dates_are_wrong,
    reminder_due,
    standing_on,
    why_not_covered,
)
from alongside.casework.sharing.rules.basis import DataClass

TERMS = Terms(
    signed=date(2025, 12, 1),
    begins=date(2026, 1, 1),
    ends=date(2027, 12, 31),
    review=date(2027, 6, 30),
    parties=frozenset({"council", "homes", "police"}),
    purposes=frozenset({"early_help"}),
    kinds=frozenset({DataClass.ORDINARY, DataClass.SPECIAL}),
    extent=Extent.CONTENT,
)
SHARED = {
    "day": date(2026, 11, 28), "between": ("council", "homes"), "purpose": "early_help",
    "data": DataClass.SPECIAL, "extent": Extent.CONTENT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 12, 31), Standing.NOT_YET),
        (date(2026, 1, 1), Standing.IN_FORCE),
        (date(2027, 4, 30), Standing.IN_FORCE),
        (date(2027, 5, 1), Standing.REVIEW_DUE),
        (date(2027, 10, 31), Standing.REVIEW_DUE),
        (date(2027, 11, 1), Standing.ENDS_SOON),
        (date(2027, 12, 31), Standing.ENDS_SOON),
        (date(2028, 1, 1), Standing.ENDED),
    ],
)
def test_sixty_days_before_it_ends_or_is_due_it_says_so(day: date, standing: Standing) -> None:
    assert standing_on(TERMS, day) is standing


@pytest.mark.proves("MARM-38")
@pytest.mark.parametrize(
    ("otherwise", "said"),
    [
        ({"day": date(2025, 12, 31)}, "not in force yet"),
        ({"day": date(2028, 1, 1)}, "has ended"),
        ({"between": ("council", "charity")}, "not both parties"),
        ({"purpose": "cold_homes"}, "does not cover this purpose"),
        ({"data": DataClass.CRIMINAL}, "does not name this kind of data"),
    ],
)
def test_it_covers_what_it_says_and_nothing_else(otherwise: dict[str, object], said: str) -> None:
    assert why_not_covered(TERMS, **SHARED) == ""  # type: ignore[arg-type]
    assert said in why_not_covered(TERMS, **SHARED | otherwise)  # type: ignore[arg-type]


def test_that_somebody_is_known_is_less_than_what_is_known_of_them() -> None:
    existence = replace(TERMS, extent=Extent.EXISTENCE)
    assert "not what is known" in why_not_covered(existence, **SHARED)  # type: ignore[arg-type]
    asked = SHARED | {"extent": Extent.EXISTENCE}
    assert why_not_covered(existence, **asked) == why_not_covered(TERMS, **asked) == ""  # type: ignore[arg-type]


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_whatever_the_day_it_covers_only_between_its_first_day_and_its_last(day: date) -> None:
    covered = why_not_covered(TERMS, **SHARED | {"day": day}) == ""  # type: ignore[arg-type]
    assert covered is (TERMS.begins <= day <= TERMS.ends)
    if standing_on(TERMS, day) is Standing.ENDS_SOON:
        assert TERMS.ends - day <= WARNED_BEFORE


def test_dates_that_cannot_be_are_named() -> None:
    day = date(2026, 5, 1)
    right = Terms(signed=day, begins=day, ends=day + timedelta(days=9), review=day)
    assert dates_are_wrong(right) == {}
    early, late = day - timedelta(days=1), day + timedelta(days=10)
    assert set(dates_are_wrong(replace(right, ends=early))) == {"ends", "signed", "review"}
    assert set(dates_are_wrong(replace(right, review=late))) == {"review"}
    assert set(dates_are_wrong(replace(right, signed=late))) == {"signed"}


@pytest.mark.parametrize(
    ("day", "sent", "due"),
    [
        (date(2027, 10, 31), set(), None),
        (date(2027, 11, 1), set(), Reminder.FIRST),
        (date(2027, 11, 2), {Reminder.FIRST}, None),
        (date(2027, 12, 16), {Reminder.FIRST}, None),
        (date(2027, 12, 17), {Reminder.FIRST}, Reminder.AGAIN),
        (date(2027, 12, 17), set(), Reminder.AGAIN),
        (date(2027, 12, 31), {Reminder.FIRST, Reminder.AGAIN}, Reminder.LAST_DAY),
        (date(2028, 3, 1), set(), Reminder.LAST_DAY),
        (date(2028, 3, 1), {Reminder.LAST_DAY}, None),
    ],
)
def test_the_last_reminder_that_the_end_has_reached_is_due_once(
    day: date, sent: set[Reminder], due: Reminder | None
) -> None:
    assert reminder_due(TERMS.ends, day, sent=sent) is due
