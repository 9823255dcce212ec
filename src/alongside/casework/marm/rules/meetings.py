"""When agencies meet: days that are asked about twice, the clock to the first meeting, and who may chair."""

from datetime import UTC, date, datetime, time
from enum import StrEnum

from alongside.casework.directory.days import is_bank_holiday
from alongside.casework.marm.rules.clocks import HERE

SATURDAY = 5


class Doubt(StrEnum):
    """Why a day is asked about twice."""

    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank_holiday"


class Coming(StrEnum):
    """What an agency answers when a meeting is set."""

    NOT_YET = "not_yet"
    """It has not answered."""
    COMES = "comes"
    APOLOGY = "apology"
    """It cannot, with the reason: it is seen who is often not there."""


class NoSuchTimeError(ValueError):
    """The clocks go forward over that time: there is none such on that day."""


def doubt(day: date) -> Doubt | None:
    """Return why a day is asked about twice; None where it is an ordinary working day."""
    if day.weekday() >= SATURDAY:
        return Doubt.WEEKEND
    return Doubt.BANK_HOLIDAY if is_bank_holiday(day) else None


def begins(day: date, at: time) -> datetime:
    """Return the moment of a time of day here. Of one that comes twice in autumn it is the first.

    Raises:
        NoSuchTimeError: the clocks go forward over it.
    """
    here = datetime.combine(day, at, HERE)
    moment = here.astimezone(UTC)
    if moment.astimezone(HERE).time() != at:
        raise NoSuchTimeError
    return moment


def in_time(begins_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Whether a first meeting is in time: it was set before it is due, or there is time left to set one."""
    return (begins_at or now) < due_at
