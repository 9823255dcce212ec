"""What asks something of a member's day beside cases themselves: answers, case audits, and what drifts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.marm import permissions
from alongside.casework.marm.queries.drift import how_many_out_of_sight
from alongside.casework.marm.queries.today_meetings import Row
from alongside.casework.marm.rules.ending import Agreed
from alongside.casework.marm.rules.invitations import Answered


class Replied(StrEnum):
    """What another agency has recently answered to what the actor asked it."""

    COMES = "comes"
    DOES_NOT_COME = "does_not_come"
    """To an invitation into a case."""
    AGREES = "agrees"
    DOES_NOT_AGREE = "does_not_agree"
    """About the risk that remains after one."""


@dataclass(frozen=True)
class Reply:
    """An answer from another agency: in which case, who is meant, which agency, and when."""

    replied: Replied
    case_id: UUID
    who: str
    organisation: str
    at: datetime


class Learns(StrEnum):
    """What a case audit asks of somebody's day."""

    TO_LOOK = "to_look"
    """The actor is named, and has a case still to look into."""
    TO_CHANGE = "to_change"
    """The actor sees to the change, and has not written down what has changed."""
    NOT_CHANGED = "not_changed"
    """The same, late: for co-ordinators of the organisation that began it."""


@dataclass(frozen=True)
class Audit:
    """A case audit that asks something of the actor's day: what, which, of which days, and by when."""

    learns: Learns
    audit_id: UUID
    first: date
    last: date
    by: date | None


@dataclass(frozen=True)
class Drifting:
    """How many things drift, and when the newest of them was found; out of sight, the oldest."""

    count: int
    found_at: datetime


def replies_today(invitations: list[Row], remains: list[Row]) -> list[Reply]:
    """Return the answers among them. Part of a query."""
    said = {
        Answered.ACCEPTED: Replied.COMES,
        Answered.DECLINED: Replied.DOES_NOT_COME,
        Agreed.AGREED: Replied.AGREES,
        Agreed.NOT_AGREED: Replied.DOES_NOT_AGREE,
    }
    answered = [(facts["state"], name, when, facts) for _, name, when, facts in invitations]
    answered += [(facts["agrees"], name, when, facts) for _, name, when, facts in remains]
    return [
        Reply(said[answer], UUID(facts["case"]), name, facts["to"], when)
        for answer, name, when, facts in answered
        if answer in said
    ]


def audit_today(actor: Actor, row: Row) -> Audit | None:
    """Return what an audit asks of the actor, if it does. Part of a query."""
    key, _nobody, _when, facts = row
    learns: Learns | None = Learns.TO_LOOK
    if facts["closed"] is not None:
        own = (facts["owner"], facts["owner_of"]) == (str(actor.account), str(actor.member_of))
        late = Learns.NOT_CHANGED if permissions.may_coordinate(actor).allowed else None
        learns = Learns.TO_CHANGE if own else late
    if learns is None:
        return None
    first, last = date.fromisoformat(facts["first"]), date.fromisoformat(facts["last"])
    return Audit(learns, key, first, last, date.fromisoformat(facts["by"]) if facts["by"] else None)


def drifting(rows: list[Row]) -> Drifting | None:
    """Return how much drifts within reach, of the one row that says so. Part of a query."""
    return next((Drifting(facts["of_all"], when) for _key, _nobody, when, facts in rows), None)


def out_of_sight(actor: Actor, day: date) -> Drifting | None:
    """Return how much drifts about people no co-ordinator can see. Part of a query."""
    found = how_many_out_of_sight(actor, day=day)
    return Drifting(*found) if found else None
