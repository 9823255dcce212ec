"""Referrals that were taken back before they were answered, and those that still can be."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.deaths import died_since
from alongside.casework.outreach.rules import ReferralState

SHOWN_FOR = timedelta(days=7)
"""How long whoever was asked is shown that a referral was taken back."""
MOST_SHOWN = 100


class ReferralTakenBackError(AlreadyDoneError):
    """Whoever made the referral has taken it back."""


class ReferralNotOpenError(AlreadyDoneError):
    """The referral was answered, and cannot be taken back any more."""


@query(records=True)
def referral_to_take_back(*, actor: Actor, referral_id: UUID) -> tuple[Referral, bool]:
    """Return a referral that the actor may take back, and whether the person has died since.

    It is recorded that the actor looked.

    Raises:
        NotFoundError: there is no such referral, or another organisation made it.
        NotAllowedError: the actor's role refers nobody, or the item it was made from is not the actor's.
        ReferralTakenBackError, ReferralNotOpenError: it was taken back, or answered.
    """
    require(permissions.may_make_referrals(actor))
    made = Referral.objects.select_related("to_organisation", "from_organisation")
    referral = made.filter(id=referral_id, from_organisation_id=actor.member_of).first()
    if referral is None:
        raise NotFoundError(_("There is no such referral from your organisation."))
    require(permissions.may_take_back(actor, referral, item_it_was_made_from(actor, referral)))
    must_be_unanswered(referral)
    record(events.REFERRALS_SEEN, actor=actor, referrals=1)
    return referral, bool(died_since(actor, [referral.id]))


def item_it_was_made_from(actor: Actor, referral: Referral) -> WorkItem:
    """Return the item of a referral of the actor's organisation, even if they no longer see the person.

    It says no more than whose it is: whether they may take the referral back hangs on that.
    """
    with beyond_reach(actor):
        return WorkItem.objects.select_related("assigned_to__user").get(id=referral.item_id)


def must_not_be_taken_back(referral: Referral) -> None:
    """Say that there is nothing to answer any more, and why.

    Raises:
        ReferralTakenBackError: whoever made it has taken it back.
    """
    if referral.state == ReferralState.TAKEN_BACK:
        raise ReferralTakenBackError(
            _("%(name)s took this referral back: “%(why)s”. There is nothing left to answer.")
            % {"name": referral.taken_back_by, "why": referral.taken_back_why}
        )


def must_be_unanswered(referral: Referral) -> None:
    """Check that a referral still waits for its answer.

    Raises:
        ReferralTakenBackError: it was taken back already.
        ReferralNotOpenError: it was answered.
    """
    if referral.state == ReferralState.TAKEN_BACK:
        raise ReferralTakenBackError(
            _("%(name)s has already taken this referral back.") % {"name": referral.taken_back_by}
        )
    if referral.state != ReferralState.ASKED:
        raise ReferralNotOpenError(
            _("%(organisation)s has answered this referral, so it can no longer be taken back. Phone them.")
            % {"organisation": referral.to_organisation.name}
        )


def may_be_taken_back(actor: Actor, referrals: Iterable[Referral]) -> frozenset[UUID]:
    """Return those of the referrals of the actor's organisation that the actor may take back."""
    asked = {each.id: each.item_id for each in referrals if each.state == ReferralState.ASKED}
    if not asked or not permissions.may_make_referrals(actor).allowed:
        return frozenset()
    with beyond_reach(actor):
        items = {each.id: each for each in _items(ids=list(set(asked.values())))}
    return frozenset(
        referral for referral, item in asked.items() if permissions.may_refer(actor, items[item]).allowed
    )


@composed_once
def _items(*, ids: list[UUID]) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(among("id", ids)).select_related("assigned_to__user")


def taken_back_of(organisation: UUID, at: datetime) -> list[Referral]:
    """Return what was asked of an organisation and lately taken back, the newest first."""
    return _taken_back(organisation=organisation, since=at - SHOWN_FOR)


@composed_once
def _taken_back(*, organisation: UUID, since: datetime) -> QuerySet[Referral]:
    to_them = Referral.objects.filter(to_organisation=organisation, state=ReferralState.TAKEN_BACK)
    lately = to_them.filter(taken_back_at__gte=since).select_related("to_organisation", "from_organisation")
    return lately.order_by("-taken_back_at", "id")[:MOST_SHOWN]
