"""How long an answer may take: one month, from which days are taken out and to which two months may be added.

UK GDPR Articles 12(3) and 12A, as the Data (Use and Access) Act 2025 has them; how days are counted is the
Information Commissioner's guidance on the right of access.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.casework.directory.days import is_bank_holiday

MONTHS = 1
MONTHS_EXTENDED = 3
"""Article 12A(4): two further months, where the request is complex or one of many."""


@dataclass(frozen=True)
class Pause:
    """That the person was asked what they meant: the days until they answered do not count."""

    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """What the clock of a request goes by.

    Attributes:
        received_on: the day it came, by whatever way and to whomever in the partnership.
        identity_asked_on: the day more was asked for to know who asks; None where that was clear.
        identity_known_on: the day it was known who asks; None until then.
        pauses: each time the person was asked what they meant.
        extended_on: the day they were told that it takes up to two months more; None where it does not.
    """

    received_on: date
    identity_asked_on: date | None = None
    identity_known_on: date | None = None
    pauses: Sequence[Pause] = field(default_factory=tuple)
    extended_on: date | None = None


@dataclass(frozen=True)
class Clock:
    """How the time of a request stands on a day.

    Attributes:
        begins: the day from which the month is counted; None while it has not begun.
        due: the last day to answer on; None while the clock has not begun, or stands still.
        first_month_ends: the last day to say that it takes longer; None likewise.
        stands_still_since: the day the person was asked what they meant, and has not answered.
        days_left: until it is due; negative once it is late; None where there is no such day.
    """

    begins: date | None
    due: date | None
    first_month_ends: date | None
    stands_still_since: date | None
    days_left: int | None

    @property
    def is_late(self) -> bool:
        """Whether the last day has gone by."""
        return self.days_left is not None and self.days_left < 0


def clock(asked: Asked, *, today: date) -> Clock:
    """Return how the time of a request stands.

    It begins when the request came, or where more was needed to know who asks, when that came. Until an
    answer to "what do you mean?" comes, it stands still.
    """
    begins = asked.received_on
    if asked.identity_asked_on is not None:
        if asked.identity_known_on is None:
            return Clock(None, None, None, None, None)
        begins = max(asked.received_on, asked.identity_known_on)
    waiting = next((each.asked_on for each in asked.pauses if each.answered_on is None), None)
    if waiting is not None:
        return Clock(begins, None, None, waiting, None)
    paused = _days_paused(begins, asked.pauses)
    first = working_day(months_after(begins, MONTHS) + paused)
    due = working_day(months_after(begins, MONTHS_EXTENDED) + paused) if asked.extended_on else first
    return Clock(begins, due, first, None, (due - today).days)


def may_extend(asked: Asked, *, on: date) -> bool:
    """Whether the person can still be told that it takes longer: within the first month, and once."""
    first = clock(asked, today=on).first_month_ends
    return asked.extended_on is None and first is not None and on <= first


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on; the last one of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def working_day(day: date) -> date:
    """Return the day itself, or where it is no working day the next one that is."""
    while day.weekday() >= 5 or is_bank_holiday(day):
        day += timedelta(days=1)
    return day


def _days_paused(begins: date, pauses: Sequence[Pause]) -> timedelta:
    """How many days did not count; those in two pauses once, and none from before the clock began."""
    days = {
        each.asked_on + timedelta(days=number)
        for each in pauses
        if each.answered_on is not None
        for number in range((each.answered_on - each.asked_on).days)
    }
    return timedelta(days=sum(day >= begins for day in days))
