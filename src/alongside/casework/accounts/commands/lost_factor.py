"""Helping a member who has lost app, passkeys and recovery codes; and resealing with a new key."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import events, permissions
from alongside.casework.accounts.commands.helping import account_of, helped, said
from alongside.casework.accounts.models import Membership, SecondFactor, User
from alongside.casework.accounts.telling import tell_of_own_account
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.kernel.secrets import SealedWithAnotherKeyError
from alongside.casework.operations import command


@command
def take_off_second_factor_of(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    how_sure: str,
    confirmed_at: datetime | None = None,
) -> Membership:
    """Remove every second factor of a member who has lost it; they must set up another first of all.

    All their sessions end. A notice tells them, and their next sign-in says who did it and when.

    Args:
        actor: somebody who may give them their roles there, never the member themself.
        at: when.
        membership_id: whose.
        how_sure: how the actor checked that it is the member who is asking; it is recorded.
        confirmed_at: when the actor last used their own second factor; not needed if they have none.

    Raises:
        NotFoundError: there is no such member of the actor's organisation, or their account is closed.
        NotAllowedError: it is the actor's own, or not the actor's to do.
        NotConfirmedError: the actor has a second factor, and has not just used it.
        NotSureError: it does not say how.
        AlreadyDoneError: they have none.
    """
    membership, user = helped(
        actor=actor,
        at=at,
        membership_id=membership_id,
        confirmed_at=confirmed_at,
        may=permissions.may_take_off_second_factor_of,
    )
    _take_off(actor, at, user, how_sure, about=("membership", str(membership.id)))
    return membership


@command
def take_off_second_factor_by_hand(*, actor: Actor, at: datetime, email: str, how_sure: str) -> User:
    """Do the same where Alongside is installed, for those nobody else can help, such as the only lead.

    Raises:
        NotAllowedError: the actor is not the system.
        NotFoundError: no open account has this address.
        NotSureError: it does not say how it was checked who was asking.
        AlreadyDoneError: they have none.
    """
    require(permissions.may_set_up(actor))
    user = account_of(email)
    _take_off(actor, at, user, how_sure, about=("account", str(user.id)))
    return user


@command
def seal_second_factors_anew(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Reseal every app's secret and all recovery codes with the newest key, and return how many it changed.

    After that, earlier keys can be dropped. The second figure is how many no key opens: those are lost to
    their members.

    Raises:
        NotAllowedError: the actor is not the system.
    """
    require(permissions.may_seal_anew(actor))
    anew = lost = 0
    for factor in SecondFactor.objects.select_for_update(no_key=True).order_by("id"):
        try:
            anew += factor.seal_anew()
        except SealedWithAnotherKeyError:
            lost += 1
    record(events.SECOND_FACTORS_RESEALED, actor=actor, count=anew, lost=lost)
    return anew, lost


def _take_off(actor: Actor, at: datetime, user: User, how_sure: str, *, about: tuple[str, str]) -> None:
    sure = said(how_sure)
    if not SecondFactor.objects.asked_for().filter(user=user).exists():
        raise AlreadyDoneError(_("%(name)s has no second factor.") % {"name": user.name})
    SecondFactor.forget_all_of(user.id)
    user.lose_second_factor(by=actor.name, at=at)
    tell_of_own_account(user.id, at=at)
    record(
        events.SECOND_FACTOR_TAKEN_OFF_FOR,
        actor=actor,
        about=about,
        member=user.name,
        how_sure=sure,
    )
