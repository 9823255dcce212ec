"""What cases ask of a member's day, all in one query, since it runs on every visit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.marm import permissions
from alongside.casework.marm.queries.pack import answered_by
from alongside.casework.marm.queries.rows_today import leads_now, rows_of_the_day, stands_for
from alongside.casework.marm.queries.today_besides import (
    Audit,
    Drifting,
    Reply,
    audit_today,
    drifting,
    out_of_sight,
    replies_today,
)
from alongside.casework.marm.queries.today_meetings import MeetingToday, Row, meetings_today
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.clocks import end_of, last_day, start_of
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE, OWNER_MANAGER
from alongside.casework.marm.rules.stages import Stage, Urgency
from alongside.casework.operations import query

LATELY = timedelta(days=14)
"""How long whoever asked is shown the answer on their day."""
SOON = timedelta(days=14)
"""How far ahead meetings are shown."""


class Waits(StrEnum):
    """Why a case waits for somebody, the most pressing first."""

    TO_ANSWER = "to_answer"
    """It was asked for, and the co-ordinator has not answered."""
    TO_LEAD = "to_lead"
    """The actor is asked to lead."""
    HARM = "harm"
    """The person died or was seriously harmed, and nobody has said whether a review is asked for."""
    STEPPED_BACK = "stepped_back"
    """An agency stepped back, and the actor, who leads, acts or co-ordinates, has to answer it."""
    LEAD_AWAY = "lead_away"
    """Whoever leads or acts is away and nobody covers: for co-ordinators, and the lead's manager."""
    WITHOUT_LEAD = "without_lead"
    """Nobody leads, and nobody who could answer is asked to; the actor acts or co-ordinates."""
    CHECK_BACK = "check_back"
    """It ended some time ago and nobody has asked how things are: for whoever ended it, and co-ordinators."""
    DECLINED = "declined"
    """The actor asked for it, and it was recently declined, with advice and where to go next."""


@dataclass(frozen=True)
class Waiting:
    """One case that waits: what for, who it is about, when it was asked for, and when it is due."""

    waits: Waits
    case_id: UUID
    known_as: str
    urgency: str
    asked_at: datetime
    away: str = ""
    """Whoever leads and is away."""
    by: datetime | None = None


class Asks(StrEnum):
    """What an action asks of somebody's day, the most pressing first."""

    TO_ACCEPT = "to_accept"
    LATE = "late"
    """The actor's own."""
    TO_LOOK_AT = "to_look_at"
    """The actor's own, overdue to be looked at."""
    WITHOUT_OWNER = "without_owner"
    """Its owner has left, and the actor leads."""
    LATE_IN_CASE = "late_in_case"
    """The actor leads."""
    LATE_OF_TEAM = "late_of_team"
    """The actor manages its owner, or its owner has no manager who is there."""
    TO_CHASE = "to_chase"
    """It is so late that the co-ordinators of the case were told, and the actor is one."""
    DUE = "due"
    """The actor's own, due today."""
    WITH_CASE = "with_case"
    """The actor's own: the case has recently ended, and it was said what becomes of it."""


@dataclass(frozen=True)
class AskedToday:
    """One action that asks something of the actor's day, and who it is about."""

    asks: Asks
    action_id: UUID
    known_as: str
    owner: str
    due: date
    by: date | None
    """When what it asks was due; None where it asks nothing by a day."""


@dataclass(frozen=True)
class ToSettle:
    """A dispute between agencies.

    Attributes:
        dispute_id: which.
        known_as: who it is about.
        by: when its step is due.
        late: whether that is past.
        with_us: whether it is with the actor's own agency.
        over_at: when it was settled or decided; None while it stands.
    """

    dispute_id: UUID
    known_as: str
    by: date
    late: bool
    with_us: bool = False
    over_at: datetime | None = None


@dataclass(frozen=True)
class Invited:
    """Something the actor's organisation is asked: about whom, by which other, and when."""

    id: UUID
    who: str
    from_organisation: str
    invited_at: datetime


@dataclass(frozen=True)
class WaitingInCases:
    """What in cases waits for the actor, the most pressing of each kind first.

    Attributes:
        invitations: to their organisation, without an answer.
        cases: that wait for their answer, for a lead, or for somebody to ask how things are.
        actions: those that ask something of them.
        decisions: in cases they lead, overdue to be looked at again: which, about whom, and when due.
        meetings: requested ones, coming ones, and what was declined again.
        remains: what remains of a risk after a case, put to their organisation and not answered.
        disputes: with their organisation, and in cases they steer; those they raised, once a step is late
            or was taken; and what recently came of them.
        replies: recent answers to what they asked of other agencies.
        audits: case audits, for them to look into cases or to see to a change.
        drift: for co-ordinators, what drifts about people within reach; None if nothing does.
        out_of_sight: likewise, about people no co-ordinator can see.
    """

    invitations: list[Invited]
    cases: list[Waiting]
    actions: list[AskedToday]
    decisions: list[tuple[UUID, str, date]]
    meetings: list[MeetingToday]
    disputes: list[ToSettle]
    remains: list[Invited]
    replies: list[Reply]
    audits: list[Audit]
    drift: Drifting | None
    out_of_sight: Drifting | None


@query(shows_people=True)
def waiting_in_cases(*, actor: Actor, day: date) -> WaitingInCases:
    """Return what in cases waits for the actor, in one query; the page of the day records the look.

    Co-ordinators have a second, about what drifts beyond everybody's reach. Whoever takes part in no case may
    be named to look into some: they are shown the audits alone.
    """
    require(permissions.may_have_a_day(actor))
    found: dict[str, list[Row]] = {}
    begun, coordinates = start_of(day), permissions.may_coordinate(actor).allowed
    rows = rows_of_the_day(
        permissions.may_take_part(actor).allowed, coordinates,
        organisation=actor.member_of, account=actor.account, covers=list(actor.covers), name=actor.name,
        day=day, lately=begun - LATELY, begun=begun, soon=begun + SOON,
    )  # fmt: skip
    for kind, *row in rows:
        found.setdefault(kind, []).append(tuple(row))
    works = permissions.may_work_on_cases(actor).allowed
    order, pressing = list(Waits), list(Asks)
    cases = [
        Waiting(
            why,
            key,
            name,
            facts["urgency"],
            when,
            ", ".join(each["name"] for each in facts["away"]),
            _until_when(why, facts, when),
        )
        for key, name, when, facts in found.get("case", [])
        if (why := _why_case(actor, facts))
    ]
    actions = [
        AskedToday(
            asks,
            key,
            name,
            facts["owner"],
            date.fromisoformat(facts["due"]),
            None
            if asks is Asks.WITH_CASE
            else date.fromisoformat(facts["review" if asks is Asks.TO_LOOK_AT else "due"]),
        )
        for key, name, _when, facts in found.get("action", [])
        if (asks := _why_action(actor, facts, day))
    ]
    return WaitingInCases(
        invitations=[
            Invited(key, name, facts["from"], when)
            for key, name, when, facts in found.get("invitation", [])
            if facts["state"] == Answered.ASKED
        ],
        cases=sorted(cases, key=lambda each: (order.index(each.waits), each.asked_at)),
        actions=sorted(actions, key=lambda each: (pressing.index(each.asks), each.due)),
        decisions=[
            (key, name, date.fromisoformat(facts["review_on"]))
            for key, name, _when, facts in (found.get("decision", []) if works else [])
        ],
        meetings=meetings_today(
            actor,
            reviews=found.get("review", []),
            asked=found.get("asked", []),
            meetings=found.get("meeting", []),
            called_off=found.get("called_off", []),
        ),
        disputes=[
            ToSettle(
                UUID(facts["dispute"]),
                name,
                last_day(when),
                late=when <= begun,
                with_us=facts["against"] == str(actor.member_of),
                over_at=datetime.fromisoformat(facts["came_at"]) if facts["came_at"] else None,
            )
            for _key, name, when, facts in found.get("dispute", [])
            if _settles(actor, facts, late=when <= begun)
        ],
        remains=[
            Invited(key, name, facts["from"], when)
            for key, name, when, facts in found.get("remains", [])
            if not facts["agrees"]
        ],
        replies=replies_today(found.get("invitation", []), found.get("remains", [])),
        audits=[each for row in found.get("audit", []) if (each := audit_today(actor, row))],
        drift=drifting(found.get("drift", [])),
        out_of_sight=out_of_sight(actor, day) if coordinates else None,
    )


def _why_case(actor: Actor, facts: dict[str, Any]) -> Waits | None:
    account = str(actor.account)
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    leads = [each for each in facts["leads"] if each["accepted"] and not each["acting"]]
    acting = [each for each in facts["leads"] if each["acting"]]
    asked = {
        each["user"]: each["there"] for each in facts["leads"] if not each["acting"] and not each["accepted"]
    }
    awaited = any(asked.values())  # nobody accepts for somebody who left or is away
    acts = any(stands_for(actor, each) for each in acting)
    steers = theirs or acts or any(stands_for(actor, each) for each in leads)
    if facts["harm"] and (steers or account in facts["harm"]):
        return Waits.HARM
    if facts["stage"] == Stage.DECLINED:
        return Waits.DECLINED if facts["asked_by"] == account and facts["lately"] else None
    if facts["stage"] == Stage.ENDED and not facts["check_back"]:
        return None
    if facts["stage"] == Stage.ENDED:
        return Waits.CHECK_BACK if theirs or facts["ended_by"] == account else None
    if facts["stage"] == Stage.ASKED:
        return Waits.TO_ANSWER if theirs and facts["asked_by"] != account else None
    if account in asked:
        return Waits.TO_LEAD
    if facts["stepped_back"] and steers:
        return Waits.STEPPED_BACK
    if facts["away"] and (theirs or account in (each["manager"] for each in facts["away"])):
        return Waits.LEAD_AWAY
    if not leads and not awaited and (theirs or acts):
        return Waits.WITHOUT_LEAD
    return None


def _until_when(why: Waits, facts: dict[str, Any], asked_at: datetime) -> datetime | None:
    """When an answer is due, or when somebody is to ask how things are."""
    if why is Waits.TO_ANSWER:
        return answered_by(asked_at, Urgency(facts["urgency"]))
    if why is Waits.CHECK_BACK:
        return end_of(date.fromisoformat(facts["check_back_on"]))
    return None


def _why_action(actor: Actor, facts: dict[str, Any], day: date) -> Asks | None:
    account, today = str(actor.account), day.isoformat()
    works = permissions.may_work_on_cases(actor).allowed
    own, leads = works and facts["owner_id"] == account, works and leads_now(actor, facts)
    late, gone = facts["due"] < today, facts["left"] is not None and facts["left"] <= today
    with_case = own and facts["with_case"] and facts["ended_by"] != account
    if with_case and facts["status"] == Status.PROPOSED:  # nobody accepts it any more
        return Asks.WITH_CASE
    if facts["ended"] is not None:
        return Asks.WITH_CASE if with_case else None
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    holds = {
        Asks.TO_ACCEPT: own and facts["status"] == Status.PROPOSED,
        Asks.LATE: own and late,
        Asks.TO_LOOK_AT: own and facts["review"] < today,
        Asks.WITHOUT_OWNER: leads and gone,
        Asks.LATE_IN_CASE: leads and late,
        Asks.LATE_OF_TEAM: works and late and (facts["manager"] == account or _manages(actor, facts)),
        Asks.TO_CHASE: theirs and DISPUTE_ROUTE in facts["told"],
        Asks.DUE: own and facts["due"] == today,
        Asks.WITH_CASE: with_case,
    }
    return next((asks for asks, so in holds.items() if so), None)


def _manages(actor: Actor, facts: dict[str, Any]) -> bool:
    """Whether the actor was told in place of a manager: none of the owner's own is there."""
    if facts["manager_there"] or OWNER_MANAGER not in facts["told"]:
        return False
    ours = facts["owner_of"] == str(actor.member_of)
    return ours and (actor.may(Permission.WORKLIST_MANAGE).allowed or not facts["managed"])


def _settles(actor: Actor, facts: dict[str, Any], *, late: bool) -> bool:
    """Whether the actor has to see to it, or to know what came of it.

    It is with their agency, or in a case they steer; or they raised it, and it is late or was taken further.
    """
    account = str(actor.account)
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    with_us = facts["against"] == str(actor.member_of) and permissions.may_work_on_cases(actor).allowed
    if facts["came_by"] == account:  # whoever ended it knows what came of it
        return False
    if theirs or with_us or leads_now(actor, facts):
        return True
    moved: bool = late or facts["number"] > 1 or facts["came_at"] is not None
    return moved and bool(facts["raised_by"] == account)
