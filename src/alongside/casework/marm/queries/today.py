"""What cases ask of a member's day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm import permissions
from alongside.casework.marm.models import Case, Lead
from alongside.casework.marm.rules.stages import STANDING, Stage
from alongside.casework.operations import query


class Waits(StrEnum):
    """Why a case waits for somebody, the more pressing first."""

    TO_ANSWER = "to_answer"
    """It was asked for, and the co-ordinator has not answered."""
    TO_LEAD = "to_lead"
    """The actor is asked to lead."""
    WITHOUT_LEAD = "without_lead"
    """Nobody leads, and the actor acts or co-ordinates."""
    CHECK_BACK = "check_back"
    """It ended some time ago, and nobody has asked how it goes: of whoever ended it, and co-ordinators."""


@dataclass(frozen=True)
class Waiting:
    """One case that waits, for what, about whom, and since when it was asked for."""

    waits: Waits
    case_id: UUID
    known_as: str
    urgency: str
    asked_at: datetime


@query(shows_people=True)
def cases_today(*, actor: Actor, day: date) -> list[Waiting]:
    """Return which cases wait for the actor, in one question to the database; the page records the look."""
    require(permissions.may_read_cases(actor))
    co_ordinates = permissions.may_coordinate(actor).allowed
    found = []
    for case_id, known_as, urgency, asked_at, stage, asked_by, coordinating, *leads in _waiting(
        organisation=actor.member_of, day=day
    ):
        theirs = co_ordinates and coordinating == actor.organisation_id
        if stage == Stage.ENDED:
            why = Waits.CHECK_BACK if theirs or leads[-1] == actor.user_id else None
        else:
            why = _why(actor, stage, theirs and asked_by != actor.user_id, theirs, *leads[:-1])
        if why is not None:
            found.append(Waiting(why, case_id, known_as, urgency, asked_at))
    order = list(Waits)
    return sorted(found, key=lambda each: (order.index(each.waits), each.asked_at))


def _why(
    actor: Actor, stage: str, settles: bool, co_ordinates: bool, led: bool, asked: Any, acting: Any
) -> Waits | None:
    if stage == Stage.ASKED:
        return Waits.TO_ANSWER if settles else None
    if actor.user_id in asked:
        return Waits.TO_LEAD
    if not led and not asked and (co_ordinates or actor.user_id in acting):
        return Waits.WITHOUT_LEAD
    return None


@composed_once
def _waiting(*, organisation: UUID, day: date) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(case=OuterRef("id"), until=None, declined_at=None)
    to_lead = leads.filter(acting=False)
    return (
        Case.objects.filter(
            Q(stage__in=STANDING) | Q(ending__check_back_on__lte=day, ending__checked_on=None),
            agencies__organisation_id=organisation,
            agencies__until=None,
        )
        .annotate(
            led=Exists(to_lead.exclude(accepted_at=None)),
            asked=ArraySubquery(to_lead.filter(accepted_at=None).values("member__user_id")),
            acting=ArraySubquery(leads.filter(acting=True).values("member__user_id")),
        )
        .order_by("asked_at", "id")
        .values_list(
            "id", "person__known_as", "urgency", "asked_at", "stage", "asked_by_id", "coordinating_id", "led",
            "asked", "acting", "ending__ended_by_id",
        )
    )  # fmt: skip
