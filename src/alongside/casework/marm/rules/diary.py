"""Whether those needed at a meeting can be there. What else they are doing is shown to nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)
"""No meeting is longer than this: one that began earlier is over."""


@dataclass(frozen=True)
class Clash:
    """Somebody needed who, as far as is known, cannot be there.

    Attributes:
        name: who.
        away: that they are away that day; otherwise they are at another meeting then.
        cover: who covers while they are away; empty if nobody does.
    """

    name: str
    away: bool = False
    cover: str = ""


def overlap(begins_at: datetime, minutes: int, other_begins_at: datetime, other_minutes: int) -> bool:
    """Whether two meetings overlap; one that begins as the other ends does not."""
    ends_at, other_ends_at = (
        at + timedelta(minutes=long) for at, long in ((begins_at, minutes), (other_begins_at, other_minutes))
    )
    return begins_at < other_ends_at and other_begins_at < ends_at
