"""Who was told something about a person: each app that tells anybody something adds how to read it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.casework.kernel.asked import Asked


@dataclass(frozen=True)
class Recipient:
    """One thing that an organisation was told about a person.

    Attributes:
        organisation: its name.
        what: what it was told, or may see, in words for the person.
        purpose: code of the purpose it was for; empty if none was given.
        since: when it was told, or could first see.
        until: when it could no longer see it; None if it still can, or was told once.
    """

    organisation: str
    what: str
    purpose: str
    since: datetime
    until: datetime | None = None


RECIPIENTS: Asked[Callable[[frozenset[UUID]], list[Recipient]]] = Asked()
"""Each is called with the ids of all records of one person, on behalf of somebody who may see them all."""


def recipients_of(records: frozenset[UUID], *, until: datetime) -> list[Recipient]:
    """Return who was told about a person's records up to a moment, earliest first. Not a page."""
    found = [each for read in RECIPIENTS for each in read(records) if each.since <= until]
    return sorted(found, key=lambda each: (each.since, each.organisation, each.what))
