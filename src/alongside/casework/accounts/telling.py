"""Telling a member that what they sign in with was changed, or that they are asked to cover.

Other apps provide the ways to tell.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.asked import Asked


class Teller(Protocol):
    """Whatever can tell the owner of an account."""

    def __call__(self, user_id: UUID, *, at: datetime) -> None:
        """Note that they are to be told, in the same transaction as the change."""


class MemberTeller(Protocol):
    """Whatever can tell members that something waits for them."""

    def __call__(self, membership_ids: Iterable[UUID], *, actor: Actor, at: datetime) -> None:
        """Note that it waits, in the same transaction as what is waiting."""


TELLERS: Asked[Teller] = Asked()
MEMBER_TELLERS: Asked[MemberTeller] = Asked()
"""Apps above this one add theirs when they are ready."""


def tell_of_own_account(user_id: UUID, *, at: datetime) -> None:
    """Have the owner of an account told that what they sign in with was changed, perhaps not by them."""
    for tell in TELLERS:
        tell(user_id, at=at)


def tell_member(membership_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Have a member told that something waits for them on their Today page, and no more than that."""
    for tell in MEMBER_TELLERS:
        tell([membership_id], actor=actor, at=at)
