"""Days and hours as people write them."""

from datetime import date, datetime

from django.utils.timezone import localtime


def day(value: date | datetime | None, otherwise: str = "not known") -> str:
    """Return a day as people write it."""
    if value is None:
        return otherwise
    if isinstance(value, datetime):
        value = localtime(value).date()
    return f"{value.day} {value:%B %Y}"


def clock(value: datetime) -> str:
    """Return a moment of these days as one says it: 02:13 on 3 November."""
    return f"{localtime(value):%H:%M on %-d %B}"
