"""The states of a request, the moves between them, and who may not take the next step. Pure."""

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """The state of a request for access."""

    RECEIVED = "received"
    OPEN = "open"
    READY = "ready"
    RELEASED = "released"
    GIVEN = "given"
    CLOSED = "closed"


MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.OPEN, State.CLOSED}),
    State.OPEN: frozenset({State.READY, State.CLOSED}),
    State.READY: frozenset({State.OPEN, State.RELEASED, State.CLOSED}),
    State.RELEASED: frozenset({State.OPEN, State.GIVEN, State.CLOSED}),
    State.GIVEN: frozenset(),
    State.CLOSED: frozenset(),
}
"""Nothing is put together until it is known who is asking, and nothing is given until it is released."""
UNDER_WAY = frozenset(state for state, onward in MOVES.items() if onward)
PUT_TOGETHER = UNDER_WAY - {State.RECEIVED}
"""States in which its handler may see what is held: it is known who is asking, and it is not over."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def may_move(state: str, to: State) -> bool:
    """Whether a request may go from one state to another."""
    return to in MOVES[State(state)]


def may_be_released_by(releaser: UUID | None, worked_on_it: Collection[UUID]) -> bool:
    """Whether somebody may release a bundle: only somebody who did not decide what is withheld from it."""
    return releaser is not None and releaser not in worked_on_it


def new_reference() -> str:
    """Return a reference for a request, for every sheet: it identifies nobody and cannot be guessed."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"AR-{drawn[:4]}-{drawn[4:]}"


def fits(typed: date | str, *, born: Collection[date], reference: str) -> bool:
    """Whether what a releaser typed fits: a date of birth on record, or the request's reference."""
    if isinstance(typed, date):
        return typed in born
    plain = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return plain != "" and plain == re.sub(r"[^0-9A-Z]", "", reference.upper())
