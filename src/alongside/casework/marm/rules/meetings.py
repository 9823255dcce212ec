"""When agencies meet: days that need confirming, and whether the first meeting is in time."""

from datetime import UTC, date, datetime, time
from enum import StrEnum

from alongside.casework.directory.days import is_bank_holiday
from alongside.casework.marm.rules.clocks import HERE

SATURDAY = 5


class Doubt(StrEnum):
    """Why a day needs confirming."""

    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"


class Coming(StrEnum):
    """What an agency answers when a meeting is set."""

    NOT_YET = "not_yet"
    """It has not answered."""
    COMES = "comes"
    APOLOGY = "apology"
    """It cannot, with the reason, so that it shows who is often not there."""


class NoSuchTimeError(ValueError):
    """The clocks skip that time: it does not exist on that day."""


def doubt(day: date) -> Doubt | None:
    """Return why a day needs confirming; None if it is an ordinary working day."""
    if day.weekday() >= SATURDAY:
        return Doubt.WEEKEND
    return Doubt.BANK_HOLIDAY if is_bank_holiday(day) else None


def begins(day: date, at: time) -> datetime:
    """Return the moment of a local time of day. If it comes twice, in autumn, it is the first.

    Raises:
        NoSuchTimeError: the clocks skip it.
    """
    here = datetime.combine(day, at, HERE)
    moment = here.astimezone(UTC)
    if moment.astimezone(HERE).time() != at:
        raise NoSuchTimeError
    return moment


def in_time(begins_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Whether a first meeting is in time: set for before it is due, or with time left to set one."""
    return (begins_at or now) < due_at


def chair_is_gone(left_on: date | None, day: date, *, takes_part: bool) -> bool:
    """Whether whoever was to chair does not work in the case on the day of the meeting.

    Args:
        left_on: the first day on which they no longer work for their agency; None if they still do.
        day: of the meeting.
        takes_part: whether their agency takes part in the case.
    """
    return not takes_part or (left_on is not None and left_on <= day)
