"""Note who has something waiting: other commands call these, in their own transaction. They decide nothing.

Nobody is told of what they did themselves. A request to an organisation is told to its managers who may
answer it or, if none is there, to everybody who may: a notice to forty people is one that nobody reads.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.background.worker import run_soon
from alongside.casework.notices.models import Notice
from alongside.casework.notices.rules import TOGETHER, Asked, whom_to_tell
from alongside.casework.operations.running import last_of_all

SENDING = "notices"
"""The line of the schedule that sends them."""


def tell_members(membership_ids: Iterable[UUID | None], *, actor: Actor, at: datetime) -> None:
    """Note that something is waiting for these members; None is skipped."""
    if settings.MAIL is not None and (ids := {each for each in membership_ids if each}):
        _tell(Membership.objects.filter(id__in=ids).values_list("user_id", flat=True), actor, at)


def tell_holders(membership_ids: Iterable[UUID | None], *, actor: Actor, at: datetime) -> None:
    """Note that something waits for whoever has an item or leads a case, and whoever covers for them today.

    A notice waits until its member is back, and what they hold is on the page of the day of whoever covers.
    """
    if settings.MAIL is None:
        return
    holders = {each for each in membership_ids if each}
    day = timezone.localdate(at)
    covers = Absence.objects.on(day).filter(
        membership__in=holders, cover__in=Membership.objects.present_on(day)
    )
    tell_members([*holders, *covers.values_list("cover_id", flat=True)], actor=actor, at=at)


def tell_named(name: str, organisation_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Note that something is waiting for the member with this name, if the organisation has exactly one."""
    if settings.MAIL is None:
        return
    found = (
        Membership.objects.on(timezone.localdate(at))
        .filter(organisation_id=organisation_id, user__name=name)
        .values_list("user_id", flat=True)[:2]
    )
    if len(found) == 1:
        _tell(found, actor, at)


def tell_those_who_may(
    permission: Permission, *, actor: Actor, at: datetime, organisation_id: UUID | None = None
) -> None:
    """Note that something waits for an organisation's managers who may do this, or else for all who may.

    Whoever is away is only told if everybody is (``rules.whom_to_tell``).

    Args:
        permission: what they must be permitted to do.
        actor: who did what they are told about.
        at: when.
        organisation_id: whose; None for each of the partnership's.
    """
    if settings.MAIL is None:
        return
    day = timezone.localdate(at)
    absent = Exists(Absence.objects.on(day).filter(membership=OuterRef("id")))
    able = Membership.objects.on(day).who_may(permission)
    if organisation_id is not None:
        able = able.filter(organisation_id=organisation_id)
    found = able.annotate(absent=absent).values_list("user_id", "organisation_id", "roles", "absent")
    asked = [
        Asked(account, organisation, manages="manager" in roles, away=away)
        for account, organisation, roles, away in found
        # left out here already: where whoever did it is the only manager there, another must hear of it
        if account != actor.user_id
    ]
    _tell(whom_to_tell(asked), actor, at)


def tell_of_own_account(user_id: UUID, *, at: datetime) -> None:
    """Note that the owner of an account must be told that what they sign in with was changed."""
    if settings.MAIL is not None:
        Notice.account_changed(user_id, at=at)
        transaction.on_commit(lambda: run_soon(SENDING, at=at, after=timedelta()), robust=True)


def _tell(user_ids: Iterable[UUID], actor: Actor, at: datetime) -> None:
    if others := [each for each in user_ids if each != actor.user_id]:
        last_of_all(lambda: Notice.something_waits(others, at=at))
        # after the commit: nobody is told about what was rolled back, and a failing queue undoes nothing
        transaction.on_commit(lambda: run_soon(SENDING, at=at, after=TOGETHER), robust=True)
