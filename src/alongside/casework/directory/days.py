"""Days: which ones a rule of the standard falls on, and which are working days in England and Wales."""

import calendar
import re
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = dict(
    zip(
        DAYS,
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")),
        strict=True,
    )
)
"""The standard's letters for each day of the week, and its name."""
BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
MONDAY, SATURDAY = 0, 5


def falls_on(
    day: date,
    *,
    freq: str,
    interval: int = 1,
    byday: str = "",
    bymonthday: str = "",
    start: date | None,
    not_before: date | None = None,
) -> bool | None:
    """Say whether a weekly or monthly rule falls on a day; None if the rule does not say enough.

    Args:
        day: the day.
        freq: WEEKLY or MONTHLY.
        interval: every how many weeks or months, counted from ``start``.
        byday: such as ``MO,TH``; with a monthly rule also ``2TU`` (second Tuesday) or ``-1FR`` (last Friday).
        bymonthday: such as ``1,15,-1``; -1 is the last day of the month.
        start: where the interval is counted from; a rule without days of its own falls on this day too.
        not_before: the first day of the rule.
    """
    if not_before and day < not_before:
        return False
    if freq not in ("WEEKLY", "MONTHLY") or (interval > 1 and start is None):
        return None
    named = [(int(nth or 0), DAYS.index(name)) for nth, name in BYDAY.findall(byday)]
    if freq == "WEEKLY":
        if not named and start is None:
            return None
        weekdays = {weekday for _, weekday in named} or {start.weekday() if start else -1}
        return day.weekday() in weekdays and _weeks_apart(start or day, day) % interval == 0
    numbers = {int(each) for each in re.findall(r"-?\d+", bymonthday)}
    if not named and not numbers:
        if start is None:
            return None
        numbers = {start.day}
    length = calendar.monthrange(day.year, day.month)[1]
    in_numbers = not numbers or day.day in numbers or day.day - length - 1 in numbers
    in_named = not named or any(
        weekday == day.weekday() and nth in (0, (day.day + 6) // 7, -((length - day.day) // 7 + 1))
        for nth, weekday in named
    )
    months = (day.year - start.year) * 12 + day.month - start.month if start else 0
    return in_numbers and in_named and months % interval == 0


def _weeks_apart(one: date, other: date) -> int:
    """Weeks begin on Monday."""
    return ((other - timedelta(days=other.weekday())) - (one - timedelta(days=one.weekday()))).days // 7


def is_bank_holiday(day: date) -> bool:
    """Whether a day is a usual bank holiday in England and Wales; one-off holidays are not known."""
    return day in bank_holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """Return the day that many working days after another, which need not be a working day itself."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY and not is_bank_holiday(day)
    return day


def bank_holidays(year: int) -> frozenset[date]:
    """Return the usual bank holidays of a year, with the substitute days for those on a weekend."""
    easter = _easter_sunday(year)
    christmas = _next_free(date(year, 12, 25), frozenset())
    if date(year, 12, 25).weekday() == 6:
        # Boxing Day is then on the Monday itself, and Christmas Day's substitute comes after it
        christmas = date(year, 12, 27)
    return frozenset(
        {
            _next_free(date(year, 1, 1), frozenset()),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            _first_monday(year, 5),
            _last_monday(year, 5),
            _last_monday(year, 8),
            date(year, 12, 25),
            date(year, 12, 26),
            christmas,
            _next_free(date(year, 12, 26), frozenset({christmas})),
        }
    )


def _next_free(day: date, taken: frozenset[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=last.weekday())


def _easter_sunday(year: int) -> date:
    """By the rule of Meeus, Jones and Butcher for the Gregorian calendar."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
