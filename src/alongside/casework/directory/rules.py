"""Decided without looking anything up: whether a service is running, and whether an entry is stale."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.casework.directory.days import BYDAY, falls_on, is_bank_holiday

HERE = ZoneInfo("Europe/London")
STALE_AFTER_DAYS = 183
"""An entry that nobody has confirmed for half a year is shown as perhaps out of date."""
FEED_STALE_AFTER_DAYS = 8
"""Feeds are fetched nightly; a copy older than a week means that something is wrong with the feed."""

SIZEABLE = 20
"""Services in a copy; of fewer, more than half may well close or move at once."""


class Status(StrEnum):
    """The standard's states of a service."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Running(StrEnum):
    """Whether a service is in operation at a moment."""

    OPEN = "open"
    USUALLY = "usually open, but it is a bank holiday"
    CLOSED = "closed"
    NOT_KNOWN = "not known"


class Nearness(IntEnum):
    """How it is known where a service is, seen from a postcode; in the order in which they are listed."""

    ASKED_FOR = 0
    """At the postcode, or in the district, that was asked for."""
    MEASURED = 1
    """By its distance on the map."""
    DISTRICT = 2
    """Not on the map, but in the same district."""
    AREA = 3
    """Not on the map, but in the same postcode area."""
    ELSEWHERE = 4
    """Further away."""
    NOT_KNOWN = 5
    """It has no place, such as a helpline, or none that can be found."""


@dataclass(frozen=True)
class Hours:
    """When a service is open, as the standard says it.

    Without ``freq`` it is on ``byday`` every week, or on one day (``dtstart``), or at its times on every day
    from ``valid_from`` to ``valid_to``. If the closing time is not after the opening time, it is on the next
    day: 00:00 to 00:00 is all day. Without both times it is not known when in the day it is open.
    """

    valid_from: date | None = None
    valid_to: date | None = None
    dtstart: date | None = None
    freq: str = ""
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    notes: str = ""


@dataclass(frozen=True)
class Place:
    """Where an own entry is."""

    address_1: str
    city: str
    postal_code: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Entry:
    """Everything a service says about itself."""

    name: str
    description: str
    status: Status = Status.ACTIVE
    url: str = ""
    email: str = ""
    telephone: str = ""
    contact_role: str = ""
    fees: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    alert: str = ""
    place: Place | None = None
    hours: tuple[Hours, ...] = ()
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    needs: frozenset[UUID] = frozenset()


def running(status: str, schedules: list[Hours], at: datetime) -> Running:
    """Say whether a service is in operation at a moment, by the clock on the wall in Great Britain.

    On a bank holiday the usual hours prove nothing, because the standard cannot express holidays; hours for
    that one day do.

    Args:
        status: the standard's state of the service.
        schedules: when it says it is open.
        at: the moment, with its time zone.
    """
    if status != Status.ACTIVE:
        return Running.CLOSED
    if not schedules:
        return Running.NOT_KNOWN
    local = at.astimezone(HERE)
    found = {_state(hours, local.date(), local.time()) for hours in schedules}
    return next(
        state
        for state in (Running.OPEN, Running.USUALLY, Running.NOT_KNOWN, Running.CLOSED)
        if state in found
    )


def runs_on(status: str, schedules: list[Hours], day: date) -> Running:
    """Say whether a service is in operation at any time of a day."""
    if status != Status.ACTIVE:
        return Running.CLOSED
    if not schedules:
        return Running.NOT_KNOWN
    found = {_day_state(hours, day) for hours in schedules}
    return next(
        state
        for state in (Running.OPEN, Running.USUALLY, Running.NOT_KNOWN, Running.CLOSED)
        if state in found
    )


def have_ended(hours: Hours, *, on: date) -> bool:
    """Whether hours held only for days that are over."""
    last = hours.valid_to
    if hours.dtstart and not _freq(hours):
        last = min(last or hours.dtstart, hours.dtstart)
    return last is not None and last < on


def begin_later(hours: Hours, *, on: date) -> date | None:
    """Return the first day of hours that do not hold yet."""
    first = max(filter(None, [hours.valid_from, hours.dtstart if _freq(hours) else None]), default=None)
    return first if first and first > on else None


def one_of_their_days(hours: Hours, *, on: date) -> date | None:
    """Return the first day of hours from a day on, if there is one within three months."""
    days = (on + timedelta(days=number) for number in range(92))
    return next((day for day in days if _day_state(hours, day) in (Running.OPEN, Running.USUALLY)), None)


def _state(hours: Hours, day: date, now: time) -> Running:
    opens, closes = hours.opens_at, hours.closes_at
    if opens is None or closes is None:
        # somebody sent to a locked door in the night is worse off than somebody told to ring first
        return Running.CLOSED if _day_state(hours, day) is Running.CLOSED else Running.NOT_KNOWN
    if opens < closes:
        return _day_state(hours, day) if opens <= now < closes else Running.CLOSED
    # open past midnight: the early hours belong to the day before
    if now >= opens:
        return _day_state(hours, day)
    begun = now < closes and day > date.min
    return _day_state(hours, day - timedelta(days=1)) if begun else Running.CLOSED


def _day_state(hours: Hours, day: date) -> Running:
    if (hours.valid_from and day < hours.valid_from) or (hours.valid_to and day > hours.valid_to):
        return Running.CLOSED
    if hours.byday and not BYDAY.search(hours.byday):
        return Running.NOT_KNOWN
    freq = _freq(hours)
    if not freq:
        return _without_a_rule(hours, day)
    falls = falls_on(
        day,
        freq=freq,
        interval=hours.interval,
        byday=hours.byday,
        bymonthday=hours.bymonthday,
        start=hours.dtstart or hours.valid_from,
        not_before=hours.dtstart,
    )
    if falls is None:
        return Running.NOT_KNOWN
    if not falls:
        return Running.CLOSED
    return Running.USUALLY if is_bank_holiday(day) else Running.OPEN


def _freq(hours: Hours) -> str:
    """How often its days come; many who list days leave that out, and mean every week or every month."""
    if hours.freq:
        return hours.freq
    if hours.bymonthday or any(nth for nth, _ in BYDAY.findall(hours.byday)):
        return "MONTHLY"
    return "WEEKLY" if hours.byday else ""


def _without_a_rule(hours: Hours, day: date) -> Running:
    if hours.dtstart:
        return Running.OPEN if hours.dtstart == day else Running.CLOSED
    return Running.NOT_KNOWN if hours.opens_at is None or hours.closes_at is None else Running.OPEN


def entry_is_stale(assured: date | None, *, on: date) -> bool:
    """Whether an entry was last confirmed so long ago that it may be out of date."""
    return assured is None or (on - assured).days > STALE_AFTER_DAYS


def confirmed_on(told: date | None, *, on: date) -> date | None:
    """Return the day when others say that an entry was confirmed; on a day to come nobody can have."""
    return told if told and told <= on else None


def has_shrunk(*, before: int, gone: int) -> bool:
    """Whether so much of a feed's copy is gone that it is more likely a defect of the feed than the truth."""
    return before >= SIZEABLE and gone > before / 2


def copy_is_stale(fetched_at: datetime | None, *, at: datetime) -> bool:
    """Whether the last good copy of a feed is older than it should be."""
    return fetched_at is None or at - fetched_at > timedelta(days=FEED_STALE_AFTER_DAYS)
