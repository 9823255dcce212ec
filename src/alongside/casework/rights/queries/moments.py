"""When a row was created: by its own time, or by that of the row it hangs on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.timezone import localtime


def had_come_to_be(row: Any, way: Sequence[str], until: datetime) -> bool:
    """Say whether a row existed at a moment; ``way`` leads to its time, as returned by ``dated_by``."""
    match came_to_be(row, way):
        case datetime() as moment:
            return moment <= until
        case date() as day:
            return day <= localtime(until).date()
    return True


def came_to_be(row: Any, way: Sequence[str]) -> datetime | date | None:
    """Return when a row, or the one it hangs on, was created; None where nobody knows."""
    moment: datetime | date | None = along(row, way) if way else None
    return moment


def day_of(moment: datetime | date | None, zone: tzinfo) -> date | None:
    """Return the day of a moment in a time zone; a day is returned as it is."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def along(row: Any, way: Iterable[str]) -> Any:
    """Return what is at the end of some steps from a row; None where one of them leads nowhere."""
    for step in way:
        row = getattr(row, step, None)
    return row
