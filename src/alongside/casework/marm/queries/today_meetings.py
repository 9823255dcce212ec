"""What meetings ask of a member's day: those asked for, those coming, and what was declined again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.marm import permissions
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.queries.rows_today import leads_now
from alongside.casework.marm.rules.clocks import due, end_of, reports_by
from alongside.casework.marm.rules.meetings import Coming, chair_is_gone
from alongside.casework.marm.rules.meetings_asked import AskedState, answer_due, state_of
from alongside.casework.marm.rules.stages import Urgency

Row = tuple[UUID, str, datetime, dict[str, Any]]


class Meets(StrEnum):
    """What is asked of the actor, or told to them; the most pressing first."""

    TO_REVIEW = "to_review"
    """It was declined again, and the actor has to look at it."""
    TO_SET = "to_set"
    """A meeting was asked for in a case the actor leads, acts in or co-ordinates."""
    TO_SET_AFTER_ALL = "to_set_after_all"
    """The same, for a co-ordinator: it is urgent, and whoever leads declined it."""
    TO_ANSWER = "to_answer"
    """A meeting is set, and nobody in the actor's agency has said whether it is coming."""
    REPORT_OWED = "report_owed"
    """The actor's agency is coming, and has not said what it knows."""
    CHAIR_GONE = "chair_gone"
    """By then the chair no longer works in a case that the actor leads or co-ordinates."""
    CANNOT_COME = "cannot_come"
    """Agencies cannot come to a meeting that the actor chairs, or of a case they lead or co-ordinate."""
    CANCELLED = "cancelled"
    """A meeting to which the actor's agency was invited was cancelled, and would not have begun yet."""
    CALLED_OFF = "called_off"
    """The same, in a case that the actor's agency no longer sees: nobody is named, and there is no page."""
    NEXT = "next"
    SET = "set"
    """The actor asked for a meeting, and it is set; if nothing else tells them of it."""
    NOT_SET = "not_set"
    """The actor asked for a meeting, and there will be none."""
    REVIEWED = "reviewed"
    """What the actor asked for was looked at again."""


@dataclass(frozen=True)
class MeetingToday:
    """One line of the day.

    Attributes:
        meets: what it is.
        about: the id of the page: of a review, of a case or of a meeting; if there is none, of what is told.
        known_as: about whom; empty if the actor's agency no longer sees the case.
        when: when the meeting begins, or when it was asked for or declined again.
        by: when it is due; None if there is nothing to do.
        names: agencies that cannot come.
    """

    meets: Meets
    about: UUID
    known_as: str
    when: datetime
    by: datetime | None = None
    names: tuple[str, ...] = ()


def still_to_do(meeting: MeetingToday, now: datetime) -> bool:
    """Whether it still matters: nobody answers, reports or chooses a chair once it would have begun."""
    before_it = (
        Meets.TO_ANSWER, Meets.REPORT_OWED, Meets.CHAIR_GONE, Meets.CANCELLED, Meets.CALLED_OFF,
    )  # fmt: skip
    return meeting.meets not in before_it or meeting.when > now


def meetings_today(
    actor: Actor, *, reviews: list[Row], asked: list[Row], meetings: list[Row], called_off: list[Row]
) -> list[MeetingToday]:
    """Return those that ask something of the actor, the most pressing first. Part of a query."""
    lines = [line for row in reviews for line in _of_review(actor, row)]
    lines += [line for row in asked for line in _of_asked(actor, row)]
    about_meetings = [line for row in meetings for line in _of_meeting(actor, row)]
    told = {each.about for each in about_meetings}
    lines = [each for each in lines if each.meets is not Meets.SET or each.about not in told]
    lines += about_meetings
    lines += [MeetingToday(Meets.CALLED_OFF, key, name, when) for key, name, when, _facts in called_off]
    order = list(Meets)
    return sorted(lines, key=lambda each: (order.index(each.meets), each.when))


def _of_review(actor: Actor, row: Row) -> list[MeetingToday]:
    key, known_as, when, facts = row
    account = str(actor.account)
    if facts["answered"] is not None:
        return [MeetingToday(Meets.REVIEWED, key, known_as, when)]
    if not permissions.may_coordinate(actor).allowed or account in (*facts["not_they"], *facts["asked"]):
        return []
    by = due(when, marm_pack().clocks.declines_reviewed)
    return [MeetingToday(Meets.TO_REVIEW, key, known_as, when, by)]


def _of_asked(actor: Actor, row: Row) -> list[MeetingToday]:
    _key, known_as, when, facts = row
    account, case = str(actor.account), UUID(facts["case"])
    if facts["met"]:
        begins = datetime.fromisoformat(facts["begins"])
        return [MeetingToday(Meets.SET, UUID(facts["met"]), known_as, begins)]
    urgency = Urgency(facts["urgency"])
    state = state_of(
        met=False,
        urgent=urgency is Urgency.HIGH,
        declined=facts["declined"] is not None,
        stands=facts["stands"] is not None,
    )
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    by = answer_due(when, urgency, marm_pack().clocks.meeting_answered)
    if state is AskedState.WAITS and (theirs or leads_now(actor, facts)):
        return [MeetingToday(Meets.TO_SET, case, known_as, when, by)]
    if state is AskedState.TO_COORDINATOR and theirs:
        return [MeetingToday(Meets.TO_SET_AFTER_ALL, case, known_as, when, by)]
    if state is not AskedState.WAITS and facts["asked_by"] == account:
        return [MeetingToday(Meets.NOT_SET, case, known_as, when)]
    return []


def _of_meeting(actor: Actor, row: Row) -> list[MeetingToday]:
    key, known_as, when, facts = row
    account = str(actor.account)
    leads = leads_now(actor, facts)
    holds = account == facts["chair"] or leads
    theirs = permissions.may_coordinate(actor).allowed and facts["coordinating"] == str(actor.member_of)
    lines = []
    ours = [each for each in facts["invited"] if each["organisation"] == str(actor.member_of)]
    if facts["cancelled"] is not None:
        return [MeetingToday(Meets.CANCELLED, key, known_as, when)] if ours else []
    comes = [each["answered_by"] for each in ours if each["coming"] == Coming.COMES]
    apologies = tuple(each["name"] for each in facts["invited"] if each["coming"] == Coming.APOLOGY)
    if any(each["coming"] == Coming.NOT_YET for each in ours):
        lines.append(MeetingToday(Meets.TO_ANSWER, key, known_as, when, when))
    if not facts["soon"]:
        return lines
    if comes and not facts["reported"] and (holds or account in comes):
        lines.append(MeetingToday(Meets.REPORT_OWED, key, known_as, when, _reports_by(when, facts["set_at"])))
    if _chair_gone(when, facts) and (theirs or leads):
        lines.append(MeetingToday(Meets.CHAIR_GONE, key, known_as, when))
    if apologies and (holds or theirs):
        lines.append(MeetingToday(Meets.CANNOT_COME, key, known_as, when, names=apologies))
    if holds or account in comes:
        lines.append(MeetingToday(Meets.NEXT, key, known_as, when))
    return lines


def _chair_gone(when: datetime, facts: dict[str, Any]) -> bool:
    return chair_is_gone(
        date.fromisoformat(facts["chair_left"]) if facts["chair_left"] else None,
        timezone.localdate(when),
        takes_part=facts["chair_of"] in facts["taking_part"],
    )


def _reports_by(begins_at: datetime, set_at: str) -> datetime:
    limit = marm_pack().clocks.agency_reports_due
    return end_of(reports_by(begins_at, datetime.fromisoformat(set_at), limit))
