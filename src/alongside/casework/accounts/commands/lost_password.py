"""Helping a member who has lost their password, or is locked out after too many wrong ones."""

from datetime import datetime
from uuid import UUID

from axes.utils import reset

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.helping import account_of, helped, said
from alongside.casework.accounts.models import Membership, User
from alongside.casework.accounts.telling import tell_of_own_account
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command


@command
def give_new_password_to(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    how_sure: str,
    password: str,
    confirmed_at: datetime | None = None,
) -> Membership:
    """Give a member a one-time password; they must choose their own before anything else.

    All their sessions end, their wrong tries are forgotten, and they are told who did it and when. If they
    have a second factor, it stays and is still asked for.

    Args:
        actor: somebody who may give them their roles there, never the member themself.
        at: when.
        membership_id: whose.
        how_sure: how the actor checked that it is the member who is asking; it is recorded.
        password: the new one; only its hash is kept.
        confirmed_at: when the actor last used their own second factor; not needed if they have none.

    Raises:
        NotFoundError: there is no such member of the actor's organisation, or their account is closed.
        NotAllowedError: it is the actor's own, or not the actor's to do.
        NotConfirmedError: the actor has a second factor, and has not just used it.
        NotSureError: it does not say how.
    """
    membership, user = helped(
        actor=actor,
        at=at,
        membership_id=membership_id,
        confirmed_at=confirmed_at,
        may=permissions.may_give_password_to,
    )
    _give(actor, at, user, how_sure, password, about=("membership", str(membership.id)))
    return membership


@command
def give_new_password_by_hand(
    *, actor: Actor, at: datetime, email: str, how_sure: str, password: str
) -> User:
    """Do the same where Alongside is installed, for those nobody else can help, such as the only lead.

    Raises:
        NotAllowedError: the actor is not the system.
        NotFoundError: no open account has this address.
        NotSureError: it does not say how it was checked who was asking.
    """
    require(permissions.may_set_up(actor))
    user = account_of(email)
    _give(actor, at, user, how_sure, password, about=("account", str(user.id)))
    return user


def _give(
    actor: Actor, at: datetime, user: User, how_sure: str, password: str, *, about: tuple[str, str]
) -> None:
    sure = said(how_sure)
    user.be_given_password(password, by=actor.name, at=at)
    reset(username=user.email)  # or the new password would not work for a quarter of an hour
    tell_of_own_account(user.id, at=at)
    record(events.PASSWORD_GIVEN_TO, actor=actor, about=about, member=user.name, how_sure=sure)
