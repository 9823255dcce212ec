"""Days and hours as people write them."""

from datetime import date, datetime

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words


def day(value: date | datetime | None, otherwise: str | None = None) -> str:
    """Return a day as people write it."""
    if value is None:
        return _("not known") if otherwise is None else otherwise
    return day_in_words(value)


def clock(value: datetime) -> str:
    """Return a moment of these days as one says it: 02:13 on 3 November."""
    return time_on(value, "j F")


def time_on(value: datetime, day_format: str = "j F Y") -> str:
    """Return a moment, the time first: 02:13 on 3 November 2026."""
    local = localtime(value)
    return _("%(time)s on %(day)s") % {"time": f"{local:%H:%M}", "day": date_format(local, day_format)}
