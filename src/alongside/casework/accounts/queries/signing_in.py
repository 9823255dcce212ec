"""Whose session, account and second factor it is: queries about whoever is signing in, or has."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from fido2.webauthn import AttestedCredentialData

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts import permissions
from alongside.casework.accounts.models import BoundSubject, Membership, SecondFactor, User
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query


@composed_once
def sessions_of(*, key: str, now: datetime) -> QuerySet[Session]:
    """Return what is kept of a browser's session; nothing if it is over or never existed."""
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@composed_once
def accounts_of(*, account: UUID) -> QuerySet[User]:
    """Return the account with this id; nothing if it no longer exists."""
    return User.objects.filter(id=account)


def active_account(*, user_id: str) -> User | None:
    """Return the account of somebody whose password was right and who has yet to give a code."""
    return User.objects.filter(id=user_id, is_active=True).first()


@dataclass(frozen=True)
class SigningOn:
    """Whose account it is when somebody signs in through a provider.

    Attributes:
        user: theirs; None if they have none, or it is closed.
        known: whether they were found by what the provider calls them.
        another: whether the provider calls the owner of this account something else: then it is not theirs.
    """

    user: User | None
    known: bool = False
    another: bool = False


def who_signs_on(*, issuer: str, subject: str, email: str) -> SigningOn:
    """Return whose account it is: once bound, it is only ever found by what the provider calls its owner.

    Args:
        issuer: the provider's address.
        subject: what it calls them.
        email: their address, which it has verified; used only if nobody is known by that subject.
    """
    bound = BoundSubject.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    if bound is not None:
        return SigningOn(bound.user if bound.user.is_active else None, known=True)
    user = User.objects.filter(email=email, is_active=True).first()
    another = user is not None and BoundSubject.objects.filter(user=user, issuer=issuer).exists()
    return SigningOn(user, another=another)


def has_second_factor(*, user: User) -> bool:
    """Say whether this account must give a code or passkey when signing in."""
    return bool(_asked_for(account=user.id))


@composed_once
def _asked_for(*, account: UUID) -> QuerySet[SecondFactor, Any]:
    return SecondFactor.objects.asked_for().filter(user=account).values_list("id", flat=True)


def passkeys_of(*, user: User) -> list[AttestedCredentialData]:
    """Return the public keys of somebody's passkeys: their own, while signed in or about to use one."""
    return [each.credential for each in SecondFactor.objects.passkeys().filter(user=user)]


def demonstration_members(*, on: date) -> list[Membership]:
    """Return every member, only for the sign-in page of a demonstration."""
    return list(
        Membership.objects.on(on)
        .filter(user__is_active=True)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name", "id")
    )


@query()
def own_second_factors(*, actor: Actor) -> list[SecondFactor]:
    """Return the actor's own second factors, and their recovery codes, in the order they were added."""
    require(permissions.may_sign_in(actor))
    return _second_factors(account=actor.account)


@composed_once
def _second_factors(*, account: UUID) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(user=account).order_by("id")
