"""Whether who is needed at a meeting can be there. What else they do is nobody's to read: it is "busy"."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(hours=12)
"""No meeting is longer: one that began before that is over."""


@dataclass(frozen=True)
class Clash:
    """That somebody who is needed cannot be there, as far as is known.

    Attributes:
        name: who.
        away: that they are away that day; otherwise they are at another meeting then.
        cover: who covers while they are away; empty where nobody does.
    """

    name: str
    away: bool = False
    cover: str = ""


def overlap(begins_at: datetime, minutes: int, other_begins_at: datetime, other_minutes: int) -> bool:
    """Whether two meetings lie over each other; one that begins when the other ends does not."""
    ends_at, other_ends_at = (
        at + timedelta(minutes=long) for at, long in ((begins_at, minutes), (other_begins_at, other_minutes))
    )
    return begins_at < other_ends_at and other_begins_at < ends_at
