"""Whose session, account and second factor it is: what is asked of whoever signs in, or has."""

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
    """Return what is kept of a browser's session; nothing where it is over or never was."""
    return Session.objects.filter(session_key=key, expire_date__gt=now)


@composed_once
def accounts_of(*, account: UUID) -> QuerySet[User]:
    """Return the account of this id; nothing where there is none any more."""
    return User.objects.filter(id=account)


def active_account(*, user_id: str) -> User | None:
    """Return the account of somebody whose password was right and whose code is still to come."""
    return User.objects.filter(id=user_id, is_active=True).first()


@dataclass(frozen=True)
class SigningOn:
    """Whose account somebody signs in to who came from a provider.

    Attributes:
        user: theirs; None where they have none, or it is closed.
        known: whether they were found by what the provider calls them.
        another: whether the provider called the owner of this account otherwise: then it is not theirs.
    """

    user: User | None
    known: bool = False
    another: bool = False


def who_signs_on(*, issuer: str, subject: str, email: str) -> SigningOn:
    """Return whose account it is: whose was found once is found by the provider's own name for them alone.

    Args:
        issuer: the provider's address.
        subject: what it calls them.
        email: their address, which it has verified; looked at only where nobody is known by that name.
    """
    bound = BoundSubject.objects.filter(issuer=issuer, subject=subject).select_related("user").first()
    if bound is not None:
        return SigningOn(bound.user if bound.user.is_active else None, known=True)
    user = User.objects.filter(email=email, is_active=True).first()
    another = user is not None and BoundSubject.objects.filter(user=user, issuer=issuer).exists()
    return SigningOn(user, another=another)


def has_second_factor(*, user: User) -> bool:
    """Say whether a code or passkey is asked for when this account signs in."""
    return bool(_asked_for(account=user.id))


@composed_once
def _asked_for(*, account: UUID) -> QuerySet[SecondFactor, Any]:
    return SecondFactor.objects.asked_for().filter(user=account).values_list("id", flat=True)


def passkeys_of(*, user: User) -> list[AttestedCredentialData]:
    """Return the public keys of somebody's passkeys: of oneself, or who waits to show one."""
    return [each.credential for each in SecondFactor.objects.passkeys().filter(user=user)]


def demonstration_members(*, on: date) -> list[Membership]:
    """Return every member, for the sign-in page of a demonstration and nowhere else."""
    return list(
        Membership.objects.on(on)
        .filter(user__is_active=True)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name", "id")
    )


@query()
def own_second_factors(*, actor: Actor) -> list[SecondFactor]:
    """Return the actor's own second factors, and their recovery codes, in the order in which they came."""
    require(permissions.may_sign_in(actor))
    return _second_factors(account=actor.account)


@composed_once
def _second_factors(*, account: UUID) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(user=account).order_by("id")
