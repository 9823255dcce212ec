"""The types of audit event: each with a sentence, how long it is kept, and how personal data is removed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Details = Mapping[str, Any]
Shredder = Callable[[Details], dict[str, Any]]
TEN_YEARS = 3653
"""Days. Longer than the time in which a decision is likely to be investigated; a policy may set others."""


@dataclass(frozen=True)
class EventType:
    """A type of event.

    Attributes:
        code: stable, such as ``person.viewed``; it is stored in the database.
        sentence: with ``{actor}`` and any of the details, for readers of the trail; ``telling`` gives it in
            their language.
        kept_days: how long it is kept.
        shredder: which details may stay when a person's data is erased.
    """

    code: str
    sentence: str
    kept_days: int = TEN_YEARS
    shredder: Shredder = dict


EVENT_TYPES: dict[str, EventType] = {}


def event_type(
    code: str, sentence: str, *, kept_days: int = TEN_YEARS, shredder: Shredder | None = None
) -> EventType:
    """Declare a type of event, once; keep what it returns as a constant of the app's ``events``.

    Raises:
        ValueError: the code is declared already.
    """
    if code in EVENT_TYPES:
        raise ValueError(f"the event type {code} is declared twice")
    EVENT_TYPES[code] = EventType(code, sentence, kept_days, shredder or keep_nothing)
    return EVENT_TYPES[code]


def keep_nothing(_: Details) -> dict[str, Any]:
    """Shred all details."""
    return {}


def keep_all(details: Details) -> dict[str, Any]:
    """Shred nothing: the details of this type never say anything about a person."""
    return dict(details)


REFUSED = event_type("access.refused", "{actor} was refused {operation} ({reason})", shredder=keep_all)
