"""What cases ask of a member's day: all of it in one question, since it is asked on every visit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, JSONObject

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm import permissions
from alongside.casework.marm.models import (
    Action,
    Case,
    CaseDecision,
    DisputeRung,
    HarmNoted,
    Invitation,
    Lead,
    SharedRisk,
    SteppedBack,
)
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.clocks import end_of, last_day
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.stages import HAPPENS, STANDING, Stage
from alongside.casework.operations import query


class Waits(StrEnum):
    """Why a case waits for somebody, the more pressing first."""

    TO_ANSWER = "to_answer"
    """It was asked for, and the co-ordinator has not answered."""
    TO_LEAD = "to_lead"
    """The actor is asked to lead."""
    HARM = "harm"
    """The person died or was seriously harmed, and nobody has said whether a review is asked for."""
    STEPPED_BACK = "stepped_back"
    """An agency stepped back, and the actor, who leads, acts or co-ordinates, is to answer that."""
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


class Asks(StrEnum):
    """What an action asks of somebody's day, the more pressing first."""

    TO_ACCEPT = "to_accept"
    LATE = "late"
    """The actor's own."""
    TO_LOOK_AT = "to_look_at"
    """The actor's own, whose day of being looked at is over."""
    WITHOUT_OWNER = "without_owner"
    """Its owner has left, and the actor leads."""
    LATE_IN_CASE = "late_in_case"
    """The actor leads."""
    LATE_OF_TEAM = "late_of_team"
    """The actor manages its owner."""


@dataclass(frozen=True)
class AskedToday:
    """One action that asks something of the actor's day, and about whom."""

    asks: Asks
    action_id: UUID
    known_as: str
    owner: str
    due: date


@dataclass(frozen=True)
class ToSettle:
    """What agencies differ about: which, about whom, until when its step has time, and whether it is late."""

    dispute_id: UUID
    known_as: str
    by: date
    late: bool


@dataclass(frozen=True)
class Invited:
    """That the actor's organisation is asked something: about whom, by which other and when."""

    id: UUID
    who: str
    from_organisation: str
    invited_at: datetime


@dataclass(frozen=True)
class WaitingInCases:
    """What of cases waits for the actor, the most pressing of each first.

    Attributes:
        invitations: to their organisation, without an answer.
        cases: that wait for their answer, to be led, or for somebody to ask how it goes.
        actions: that ask something of them.
        decisions: of cases they lead that were to be looked at again: which, about whom, and by which day.
        remains: what remains of a risk after a case, put to their organisation and not answered.
        disputes: with their organisation; and late ones that they raised, or of cases they steer.
    """

    invitations: list[Invited]
    cases: list[Waiting]
    actions: list[AskedToday]
    decisions: list[tuple[UUID, str, date]]
    disputes: list[ToSettle]
    remains: list[Invited]


@query(shows_people=True)
def waiting_in_cases(*, actor: Actor, day: date) -> WaitingInCases:
    """Return what of cases waits for the actor, in one question; the page of the day records the look."""
    require(permissions.may_take_part(actor))
    found: dict[str, list[tuple[UUID, str, datetime, dict[str, Any]]]] = {}
    begun = end_of(day - timedelta(days=1))
    for kind, *row in _rows(organisation=actor.member_of, account=actor.account, day=day, begun=begun):
        found.setdefault(kind, []).append(tuple(row))
    works = permissions.may_work_on_cases(actor).allowed
    order, pressing = list(Waits), list(Asks)
    cases = [
        Waiting(why, key, name, facts["urgency"], when)
        for key, name, when, facts in found.get("case", [])
        if (why := _why_case(actor, facts))
    ]
    actions = [
        AskedToday(asks, key, name, facts["owner"], date.fromisoformat(facts["due"]))
        for key, name, _when, facts in (found.get("action", []) if works else [])
        if (asks := _why_action(actor, facts, day))
    ]
    return WaitingInCases(
        invitations=[
            Invited(key, name, facts["from"], when) for key, name, when, facts in found.get("invitation", [])
        ],
        cases=sorted(cases, key=lambda each: (order.index(each.waits), each.asked_at)),
        actions=sorted(actions, key=lambda each: (pressing.index(each.asks), each.due)),
        decisions=[
            (key, name, date.fromisoformat(facts["review_on"]))
            for key, name, _when, facts in (found.get("decision", []) if works else [])
        ],
        disputes=[
            ToSettle(UUID(facts["dispute"]), name, last_day(when), late=when <= begun)
            for _key, name, when, facts in found.get("dispute", [])
            if _settles(actor, facts, late=when <= begun)
        ],
        remains=[
            Invited(key, name, facts["from"], when) for key, name, when, facts in found.get("remains", [])
        ],
    )


def _why_case(actor: Actor, facts: dict[str, Any]) -> Waits | None:
    account = str(actor.account)
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    steers = theirs or account in (*facts["leads"], *facts["acting"])
    if facts["harm"] and (steers or account in facts["harm"]):
        return Waits.HARM
    if facts["stage"] == Stage.ENDED and not facts["check_back"]:
        return None
    if facts["stage"] == Stage.ENDED:
        return Waits.CHECK_BACK if theirs or facts["ended_by"] == account else None
    if facts["stage"] == Stage.ASKED:
        return Waits.TO_ANSWER if theirs and facts["asked_by"] != account else None
    if account in facts["asked"]:
        return Waits.TO_LEAD
    if facts["stepped_back"] and steers:
        return Waits.STEPPED_BACK
    if not facts["leads"] and not facts["asked"] and (theirs or account in facts["acting"]):
        return Waits.WITHOUT_LEAD
    return None


def _why_action(actor: Actor, facts: dict[str, Any], day: date) -> Asks | None:
    account, today = str(actor.account), day.isoformat()
    own, leads = facts["owner_id"] == account, account in facts["leads"]
    late, gone = facts["due"] < today, facts["left"] is not None and facts["left"] <= today
    holds = {
        Asks.TO_ACCEPT: own and facts["status"] == Status.PROPOSED,
        Asks.LATE: own and late,
        Asks.TO_LOOK_AT: own and facts["review"] < today,
        Asks.WITHOUT_OWNER: leads and gone,
        Asks.LATE_IN_CASE: leads and late,
        Asks.LATE_OF_TEAM: facts["manager"] == account and late,
    }
    return next((asks for asks, so in holds.items() if so), None)


def _settles(actor: Actor, facts: dict[str, Any], *, late: bool) -> bool:
    """Whether it is the actor's to see to: it is with their agency; or late, and they raised it or steer."""
    if facts["against"] == str(actor.member_of) and permissions.may_work_on_cases(actor).allowed:
        return True
    if not late:
        return False
    if permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of):
        return True
    return str(actor.account) in (facts["raised_by"], *facts["leads"])


@composed_once
def _rows(*, organisation: UUID, account: UUID, day: date, begun: datetime) -> QuerySet[Any, Any]:
    """Rows of all tables alike: what kind, id, who is meant, when, and what says why it waits."""
    asked = [
        _cases(organisation, day),
        _invitations(organisation),
        _actions(organisation, day),
        _disputes(organisation, begun),
        _remains(organisation),
    ]
    every = asked[0].union(*asked[1:], _decisions(organisation, account, day), all=True)
    return every.order_by("moment", "row_id")


def _alike(rows: QuerySet[Any], kind: str, name: str, when: str, **facts: Any) -> QuerySet[Any, Any]:
    alike: QuerySet[Any] = rows.order_by().annotate(
        of_kind=Value(kind),
        row_id=F("id"),
        whom=F(name),
        moment=Cast(when, DateTimeField()),
        facts=JSONObject(**facts),
    )
    return alike.values_list("of_kind", "row_id", "whom", "moment", "facts")


def _cases(organisation: UUID, day: date) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(case=OuterRef("id"), until=None, declined_at=None)
    to_lead = leads.filter(acting=False)
    check_back = Q(ending__check_back_on__lte=day, ending__checked_on=None)
    harm = HarmNoted.objects.filter(case=OuterRef("id"), answered_at=None)
    cases = Case.objects.filter(
        Q(stage__in=STANDING) | check_back | Exists(harm),
        agencies__organisation_id=organisation,
        agencies__until=None,
    )
    return _alike(
        cases, "case", "person__known_as", "asked_at", stage="stage", urgency="urgency",
        asked_by="asked_by_id", coordinating="coordinating_id", ended_by="ending__ended_by_id",
        leads=ArraySubquery(to_lead.exclude(accepted_at=None).values("member__user_id")),
        harm=ArraySubquery(harm.values("noted_by_id")),
        check_back=ExpressionWrapper(check_back, output_field=BooleanField()),
        stepped_back=Exists(SteppedBack.objects.filter(case=OuterRef("id"), answered_at=None)),
        asked=ArraySubquery(to_lead.filter(accepted_at=None).values("member__user_id")),
        acting=ArraySubquery(leads.filter(acting=True).values("member__user_id")),
    )  # fmt: skip


def _invitations(organisation: UUID) -> QuerySet[Any, Any]:
    waiting = Invitation.objects.filter(organisation_id=organisation, state=Answered.ASKED)
    return _alike(waiting, "invitation", "who", "invited_at", **{"from": "from_organisation__name"})


def _actions(organisation: UUID, day: date) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(
        case=OuterRef("case_id"), until=None, declined_at=None, accepted_at__isnull=False
    )
    pressing = Action.objects.filter(
        Q(due__lt=day) | Q(review__lt=day) | Q(status=Status.PROPOSED) | Q(owner__active_to__lte=day),
        ended_at=None, case__stage__in=HAPPENS, case__agencies__organisation_id=organisation,
        case__agencies__until=None,
    )  # fmt: skip
    return _alike(
        pressing, "action", "case__person__known_as", "due", owner="owner__user__name",
        owner_id="owner__user_id", manager="owner__manager__user_id", left="owner__active_to", due="due",
        review="review", status="status", leads=ArraySubquery(leads.values("member__user_id")),
    )  # fmt: skip


def _decisions(organisation: UUID, account: UUID, day: date) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(
        case=OuterRef("case_id"), member__user_id=account, member__organisation_id=organisation, until=None,
        declined_at=None, accepted_at__isnull=False,
    )  # fmt: skip
    newer = CaseDecision.objects.filter(follows=OuterRef("id"))
    overdue = CaseDecision.objects.filter(
        ~Exists(newer), Exists(leads), review_on__lt=day, case__stage=Stage.OPEN
    )
    return _alike(overdue, "decision", "case__person__known_as", "review_on", review_on="review_on")


def _disputes(organisation: UUID, begun: datetime) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(
        case=OuterRef("dispute__case_id"), until=None, declined_at=None, accepted_at__isnull=False
    )
    stands = DisputeRung.objects.filter(
        Q(due_at__lte=begun) | Q(dispute__against_id=organisation), came="",
        dispute__case__agencies__organisation_id=organisation, dispute__case__agencies__until=None,
    )  # fmt: skip
    return _alike(
        stands, "dispute", "dispute__case__person__known_as", "due_at", dispute="dispute_id",
        against="dispute__against_id",
        raised_by="dispute__raised_by_id", coordinating="dispute__case__coordinating_id",
        leads=ArraySubquery(leads.values("member__user_id")),
    )  # fmt: skip


def _remains(organisation: UUID) -> QuerySet[Any, Any]:
    waiting = SharedRisk.objects.filter(organisation_id=organisation, answered_at=None)
    return _alike(waiting, "remains", "who", "put_at", **{"from": "put_from__name"})
