"""Hand-overs offered to somebody who is away since: who can answer for them, or that nobody can."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.outreach.models import HandOver
from alongside.casework.outreach.models.work import HandOverQuerySet


@dataclass(frozen=True)
class AskedAway:
    """Whoever was asked is away.

    Attributes:
        until: the first day they are back; None if nobody knows yet.
        cover: who can answer for them meanwhile; empty if nobody can.
    """

    until: date | None
    cover: str


def asked_away(offered: HandOver, day: date) -> AskedAway | None:
    """Return until when whoever was asked is away, and who can answer for them; None if they are there."""
    away = _absences(member=offered.to_id, day=day)
    if not away:
        return None
    covers = [each.cover.user.name for each in away if each.cover and vars(each)["answers"]]
    return AskedAway(away[0].active_to, next((name for name in covers if name != offered.by_name), ""))


@composed_once
def _absences(*, member: UUID, day: date) -> QuerySet[Absence]:
    able = _able_to_answer(day).filter(id=OuterRef("cover"))
    away = Absence.objects.on(day).filter(membership=member).annotate(answers=Exists(able))
    return away.select_related("cover__user").order_by("-active_from")


def nobody_answers(day: Any) -> HandOverQuerySet:
    """Return what waits for somebody away for whom nobody can answer, for a query that is composed once."""
    away = Absence.objects.on(day).filter(membership=OuterRef("to"))
    able = _able_to_answer(day).filter(id=OuterRef("cover"))
    answers = away.filter(Exists(able)).exclude(cover__user__name=OuterRef("by_name"))
    return HandOver.objects.open().filter(Exists(away), ~Exists(answers))


def asked_of(user: Any, organisation: Any, covers: Any, name: Any) -> HandOverQuerySet:
    """Return what a member is asked to take over, and what those are for whom they cover.

    What they offered themself is not theirs to answer. For a query that is composed once.
    """
    asked = Q(to__user_id=user) | (Q(among("to_id", covers)) & ~Q(by_name=name))
    return HandOver.objects.open().filter(asked, to__organisation_id=organisation)


def _able_to_answer(day: Any) -> MembershipQuerySet:
    return Membership.objects.present_on(day).who_may(Permission.WORKLIST_WORK)
