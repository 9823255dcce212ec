"""Rows of a member's day beside those of cases their organisation takes part in: asked, answered, learnt."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from alongside.casework.marm.models import (
    AuditAnswer,
    AuditLooker,
    CaseAudit,
    DriftFound,
    Invitation,
    SampledCase,
    SharedRisk,
)
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.queries.rows_alike import NOBODY, alike
from alongside.casework.marm.rules.invitations import Answered


def invitations(organisation: UUID, name: str, lately: datetime) -> QuerySet[Any, Any]:
    """Those to the organisation without an answer, and recent answers to those the actor sent."""
    answered = Q(
        from_organisation_id=organisation,
        invited_by=name,
        answered_at__gte=lately,
        state__in=[Answered.ACCEPTED, Answered.DECLINED],
    )
    found = Invitation.objects.filter(Q(organisation_id=organisation, state=Answered.ASKED) | answered)
    when = Coalesce("answered_at", "invited_at")
    return alike(
        found, "invitation", F("who"), when, case="case_id", state="state", to="organisation__name",
        **{"from": "from_organisation__name"},
    )  # fmt: skip


def remains(organisation: UUID, name: str, lately: datetime) -> QuerySet[Any, Any]:
    """What remains of a risk, put to the organisation; and recent answers to what the actor put to others."""
    answered = Q(put_from_id=organisation, put_by=name, answered_at__gte=lately) & ~Q(
        organisation_id=organisation
    )
    found = SharedRisk.objects.filter(Q(organisation_id=organisation, answered_at=None) | answered)
    when = Coalesce("answered_at", "put_at")
    return alike(
        found, "remains", F("who"), when, case="case_id", agrees="agrees", to="organisation__name",
        **{"from": "put_from__name"},
    )  # fmt: skip


def audits(organisation: UUID, account: UUID, day: date) -> QuerySet[Any, Any]:
    """Case audits with a case that the actor has still to look into, or a change that is not made.

    A change is for its owner from the day it is theirs; once it is late, also for those who began the audit.
    """
    named = AuditLooker.objects.filter(
        audit=OuterRef("id"), member__user_id=account, member__organisation_id=organisation
    )
    said = AuditAnswer.objects.filter(
        sampled=OuterRef("id"), looker__member__user_id=account, looker__member__organisation_id=organisation
    )
    to_look_into = SampledCase.objects.filter(~Exists(said), audit=OuterRef("id"))
    own = Q(owner__user_id=account, owner__organisation_id=organisation)
    late = Q(change_by__lt=day, organisation_id=organisation)
    found = CaseAudit.objects.filter(
        Q(Exists(named), Exists(to_look_into), closed_at=None)
        | (own | late) & Q(closed_at__isnull=False, changed_at=None)
    )
    return alike(
        found, "audit", NOBODY, "begun_at", first="first_on", last="last_on", closed="closed_at",
        by="change_by", owner="owner__user_id", owner_of="owner__organisation_id",
    )  # fmt: skip


def drift(account: UUID) -> QuerySet[Any, Any]:
    """One row, if anything drifts about people within reach: the newest, with how many there are."""
    found = DriftFound.objects.filter(~about_themself(account, "person"), gone_at=None)
    newest = alike(found, "drift", NOBODY, "found_at", of_all=Window(Count("*")))
    return newest.order_by("-found_at", "id")[:1]
