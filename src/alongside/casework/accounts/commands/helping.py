"""Shared by every way of helping a member who cannot sign in: who they are, and how that was checked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.accounts.commands.second_factor import must_be_confirmed
from alongside.casework.accounts.models import Membership, SecondFactor, User
from alongside.casework.accounts.permissions import ToHelp
from alongside.casework.accounts.queries import member_to_help
from alongside.casework.kernel.errors import CaseworkError, NotFoundError


class NotSureError(CaseworkError):
    """It was not said how somebody checked who the member is."""


def helped(
    *,
    actor: Actor,
    at: datetime,
    membership_id: UUID,
    confirmed_at: datetime | None,
    may: Callable[[Actor, ToHelp], Decision],
) -> tuple[Membership, User]:
    """Return the member the actor may help in this way, and their account, locked until all is done.

    Raises:
        NotFoundError: there is no such member of the actor's organisation, or their account is closed.
        NotAllowedError: it is the actor's own, or not the actor's to do.
        NotConfirmedError: the actor has a second factor, and has not just used it.
    """
    membership = member_to_help(actor=actor, membership_id=membership_id, on=timezone.localdate(at), may=may)
    own = list(SecondFactor.objects.filter(user_id=actor.user_id))
    must_be_confirmed(own, confirmed_at, at)
    user = User.objects.select_for_update(no_key=True).filter(id=membership.user_id, is_active=True).first()
    if user is None:
        raise NotFoundError(_("There is no such account."))
    return membership, user


def account_of(email: str) -> User:
    """Return the open account that has an address, locked until all is done.

    Raises:
        NotFoundError: there is none.
    """
    user = (
        User.objects.select_for_update(no_key=True)
        .filter(email=email.strip().lower(), is_active=True)
        .first()
    )
    if user is None:
        raise NotFoundError(_("No account has this e-mail address."))
    return user


def said(how_sure: str) -> str:
    """Return how somebody checked who was asking, without surrounding spaces.

    Raises:
        NotSureError: nothing is said.
    """
    if not how_sure.strip():
        raise NotSureError(_("Enter how you checked that they are who they say they are."))
    return how_sure.strip()
