"""When something falls due, by a limit of the area pack such as "2 working days" or "4 hours"."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.casework.directory.days import is_bank_holiday, working_days_after

HERE = ZoneInfo("Europe/London")
_PARTS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


def due(begun: datetime, limit: str) -> datetime:
    """Return the moment from which something is late.

    Hours are counted as they pass, even when the clocks change; days last until local midnight.

    Args:
        begun: when the time began, with a time zone.
        limit: as the area pack writes it: a number of hours, days, working days or weeks.
    """
    number, _space, unit = limit.partition(" ")
    unit = unit.removesuffix("s")
    if unit == "hour":
        return begun + int(number) * _PARTS["hour"]
    day = begun.astimezone(HERE).date()
    last = working_days_after(day, int(number)) if unit == "working day" else day + int(number) * _PARTS[unit]
    return end_of(last)


def end_of(day: date) -> datetime:
    """Return the local midnight that ends a day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(0), HERE).astimezone(UTC)


def last_day(due_at: datetime) -> date:
    """Return the last day on which something due at a moment is still in time."""
    return (due_at - timedelta(microseconds=1)).astimezone(HERE).date()


def until(due_at: datetime) -> date:
    """Return the same as it would be said: the last day, or the moment if it falls within a day."""
    last = last_day(due_at)
    return last if due_at == end_of(last) else due_at


def before(day: date, limit: str) -> date:
    """Return the day a limit before another, such as when papers for a meeting are due."""
    number, _space, unit = limit.partition(" ")
    unit = unit.removesuffix("s")
    if unit != "working day":
        return day - int(number) * max(_PARTS[unit], _PARTS["day"])
    left = int(number)
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5 and not is_bank_holiday(day)
    return day


def start_of(day: date) -> datetime:
    """Return the local midnight with which a day begins, in UTC."""
    return datetime.combine(day, time(0), HERE).astimezone(UTC)


def reports_by(begins_at: datetime, set_at: datetime, limit: str) -> date:
    """Return the day by which agencies say what they know: never before the day the meeting was set."""
    return max(before(begins_at.astimezone(HERE).date(), limit), set_at.astimezone(HERE).date())
