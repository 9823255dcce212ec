"""How the trail is filtered: by days, and by kinds of event or whole families of them. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

FAMILIES = (
    "access.refused", "person.emergency_", "person.", "capacity.", "offers.", "marm.", "outreach.",
    "sharing.", "sources.", "directory.", "accounts.", "notices.", "rights.", "oversight.",
)  # fmt: skip
"""What the codes of a family begin with; refusals and emergencies first, as they are looked for most."""
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
"""No event is outside these; a day beyond them counts as the nearer one."""


def moments(
    first: date | None, last: date | None, *, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Return the moment the days from first to last begin, and the moment before which they end."""
    begins = None if first is None else _midnight(first, zone)
    ends = None if last is None else _midnight(_within(last) + timedelta(days=1), zone)
    return begins, ends


def codes_of(kind: str, known: Iterable[str]) -> list[str] | None:
    """Return the codes of the events of a kind or a family; None if all are wanted."""
    if not kind:
        return None
    return [code for code in known if code == kind or (kind in FAMILIES and code.startswith(kind))]


def family_of(code: str) -> str:
    """Return which family a code is shown under: the first it belongs to, or itself if it has none."""
    return next((each for each in FAMILIES if code.startswith(each)), code)


def _within(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(_within(day), time(), tzinfo=zone)
