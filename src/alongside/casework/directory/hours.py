"""Opening hours in everyday words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import day_in_words
from alongside.casework.directory.days import DAY_WORDS
from alongside.casework.directory.rules import Hours, begin_later, one_of_their_days

NTH = {
    "1": gettext_lazy("first"),
    "2": gettext_lazy("second"),
    "3": gettext_lazy("third"),
    "4": gettext_lazy("fourth"),
    "5": gettext_lazy("fifth"),
    "-1": gettext_lazy("last"),
}


def hours_in_words(hours: Hours, *, on: date) -> str:
    """Say hours in everyday words; if that is not simple, keep the standard's own letters.

    Args:
        hours: which.
        on: the day when they are read: a first day that is over is not said.
    """
    if hours.bymonthday:
        days = _("on day %(number)s of the month") % {"number": hours.bymonthday}
    else:
        days = ", ".join(_weekday(part.strip()) for part in hours.byday.split(",") if part.strip())
    every = _every(hours)
    if not hours.freq:
        every = day_in_words(hours.dtstart) if hours.dtstart and not days else ""
    elif hours.freq == "WEEKLY" and hours.interval == 1 and days:
        every = ""
    parts = (f"{every} {days}".strip(), _clock(hours), _dates(hours, on))
    said = ", ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}" + (f" ({hours.notes})" if hours.notes else "")


def _clock(hours: Hours) -> str:
    if hours.opens_at is None or hours.closes_at is None:
        return _("times not given")
    if hours.opens_at == hours.closes_at:
        return _("all day")
    return _("%(opens)s to %(closes)s") % {
        "opens": f"{hours.opens_at:%H:%M}",
        "closes": f"{hours.closes_at:%H:%M}",
    }


def _dates(hours: Hours, on: date) -> str:
    """Say between which days hours hold and, if they skip weeks, one day to count from."""
    first, last = begin_later(hours, on=on), hours.valid_to
    from_, until = first and day_in_words(first), last and day_in_words(last)
    held = ""
    if from_ and until:
        held = _("from %(first)s until %(last)s") % {"first": from_, "last": until}
    elif from_:
        held = _("from %(first)s") % {"first": from_}
    elif until:
        held = _("until %(last)s") % {"last": until}
    one = one_of_their_days(hours, on=on) if hours.interval > 1 else None
    such_as = _("such as on %(day)s") % {"day": day_in_words(one)} if one else ""
    return ", ".join(part for part in (such_as, held) if part)


def _every(hours: Hours) -> str:
    weeks, number = hours.freq == "WEEKLY", {"number": hours.interval}
    if hours.interval == 1:
        return _("every week") if weeks else _("every month")
    if hours.interval == 2:
        return _("every other week") if weeks else _("every other month")
    return _("every %(number)s weeks") % number if weeks else _("every %(number)s months") % number


def _weekday(part: str) -> str:
    nth, name = NTH.get(part[:-2].lstrip("+")), DAY_WORDS.get(part[-2:])
    if name is None or (nth is None and len(part) > 2):
        return part
    return _("on the %(nth)s %(weekday)s") % {"nth": nth, "weekday": name} if nth else str(name)
