"""Whom something about a person was told: each app that tells somebody something adds how to read it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.casework.kernel.asked import Asked


@dataclass(frozen=True)
class Recipient:
    """That an organisation was told something about a person.

    Attributes:
        organisation: its name.
        what: what it was told, or may see, in words for the person.
        purpose: code of the purpose it was for; empty where none was said.
        since: when it was told, or could first see.
        until: when it could see no more; None where it still can, or was told once.
    """

    organisation: str
    what: str
    purpose: str
    since: datetime
    until: datetime | None = None


RECIPIENTS: Asked[Callable[[frozenset[UUID]], list[Recipient]]] = Asked()
"""Each is asked with the ids of all records of one person, by whoever may see all of them."""


def recipients_of(records: frozenset[UUID], *, until: datetime) -> list[Recipient]:
    """Return whom a person's records were told up to a moment, the first first. A door, not a page."""
    found = [each for read in RECIPIENTS for each in read(records) if each.since <= until]
    return sorted(found, key=lambda each: (each.since, each.organisation, each.what))
