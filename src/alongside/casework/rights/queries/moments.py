"""When a row came to be: by its own time, or by that of what it hangs on."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime


def had_come_to_be(row: Any, way: Sequence[str], until: datetime) -> bool:
    """Say whether a row was there at a moment; ``way`` leads to its time, as ``dated_by`` has it."""
    match came_to_be(row, way):
        case datetime() as moment:
            return moment <= until
        case date() as day:
            return day <= localtime(until).date()
    return True


def came_to_be(row: Any, way: Sequence[str]) -> datetime | date | None:
    """Return when a row came to be, or what it hangs on; None where nobody knows."""
    moment: datetime | date | None = along(row, way) if way else None
    return moment


def day_of(moment: datetime | date | None) -> date | None:
    """Return the day on the wall of a moment; a day is one already."""
    return localtime(moment).date() if isinstance(moment, datetime) else moment


def along(row: Any, way: Iterable[str]) -> Any:
    """Return what stands at the end of some steps from a row; None where one of them leads nowhere."""
    for step in way:
        row = getattr(row, step, None)
    return row
