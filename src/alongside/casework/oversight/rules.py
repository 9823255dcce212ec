"""How the trail is narrowed: by days, and by kinds of event or whole families of them. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

FAMILIES = (
    "access.refused", "person.emergency_", "person.", "capacity.", "offers.", "marm.", "outreach.",
    "sharing.", "sources.", "directory.", "accounts.", "notices.", "rights.", "oversight.",
)  # fmt: skip
"""What the codes of a family begin with; refusals and emergencies first, since they are looked for most."""
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
"""No event is from outside these; a day beyond them is as good as the nearer one."""


def moments(
    first: date | None, last: date | None, *, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Return from which moment and until before which one the days from first to last go, both included."""
    begins = None if first is None else _midnight(first, zone)
    ends = None if last is None else _midnight(_within(last) + timedelta(days=1), zone)
    return begins, ends


def codes_of(kind: str, known: Iterable[str]) -> list[str] | None:
    """Return the codes of the events of a kind or a family; None where all are wanted."""
    if not kind:
        return None
    return [code for code in known if code == kind or (kind in FAMILIES and code.startswith(kind))]


def family_of(code: str) -> str:
    """Return which family a code is shown under: the first that it belongs to; itself where it has none."""
    return next((each for each in FAMILIES if code.startswith(each)), code)


def _within(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(_within(day), time(), tzinfo=zone)
