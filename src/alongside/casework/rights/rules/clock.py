"""How long an answer may take: one month, not counting paused days, which may be extended by two months.

UK GDPR Articles 12(3) and 12A, as amended by the Data (Use and Access) Act 2025; days are counted as in the
Information Commissioner's guidance on the right of access.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from alongside.casework.directory.days import is_bank_holiday

MONTHS = 1
MONTHS_EXTENDED = 3
"""Article 12A(4): two further months, where the request is complex or one of a number."""


@dataclass(frozen=True)
class Pause:
    """A time when the person had been asked what they meant: the days until they answered do not count."""

    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """The facts from which the time for a request is worked out.

    Attributes:
        received_on: the day it arrived, in any form and with anybody in the partnership.
        identity_asked_on: the day proof of who is asking was requested; None where that was clear.
        identity_known_on: the day it was known who is asking; None until then.
        pauses: each time the person was asked what they meant.
        extended_on: the day they were told that it will take up to two months longer; None if it will not.
    """

    received_on: date
    identity_asked_on: date | None = None
    identity_known_on: date | None = None
    pauses: Sequence[Pause] = field(default_factory=tuple)
    extended_on: date | None = None


@dataclass(frozen=True)
class Clock:
    """How much time there is for a request, as seen on a day.

    Attributes:
        begins: the day from which the month is counted; None while it has not begun.
        due: the last day to answer on; None while the clock has not begun, or is paused.
        first_month_ends: the last day to say that it will take longer; None likewise.
        stands_still_since: the day the person was asked what they meant, if they have not answered yet.
        days_left: days until it is due; negative once it is late; None where there is no due day.
    """

    begins: date | None
    due: date | None
    first_month_ends: date | None
    stands_still_since: date | None
    days_left: int | None

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left is not None and self.days_left < 0


def clock(asked: Asked, *, today: date) -> Clock:
    """Return how much time there is for a request.

    It begins when the request arrived or, where proof of who is asking was needed, when that arrived. While
    the person has a question about what they mean to answer, it is paused.
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
    """Whether the person can still be told that it will take longer: within the first month, and once."""
    first = clock(asked, today=on).first_month_ends
    return asked.extended_on is None and first is not None and on <= first


def months_after(day: date, months: int) -> date:
    """Return the same day that many months later, or the last day of that month if it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def working_day(day: date) -> date:
    """Return the day itself, or the next working day if it is not one."""
    while day.weekday() >= 5 or is_bank_holiday(day):
        day += timedelta(days=1)
    return day


def _days_paused(begins: date, pauses: Sequence[Pause]) -> timedelta:
    """How many days did not count: a day in two pauses counts once, and none before the clock began."""
    days = {
        each.asked_on + timedelta(days=number)
        for each in pauses
        if each.answered_on is not None
        for number in range((each.answered_on - each.asked_on).days)
    }
    return timedelta(days=sum(day >= begins for day in days))
