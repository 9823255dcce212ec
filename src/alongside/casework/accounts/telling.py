"""Telling a member that what they sign in with was changed; other apps provide the ways to tell."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from alongside.casework.kernel.asked import Asked


class Teller(Protocol):
    """Whatever can tell the owner of an account."""

    def __call__(self, user_id: UUID, *, at: datetime) -> None:
        """Note that they are to be told, in the same transaction as the change."""


TELLERS: Asked[Teller] = Asked()
"""Apps above this one add theirs when they are ready."""


def tell_of_own_account(user_id: UUID, *, at: datetime) -> None:
    """Have the owner of an account told that what they sign in with was changed, perhaps not by them."""
    for tell in TELLERS:
        tell(user_id, at=at)
