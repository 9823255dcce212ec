"""Asking for, setting, changing and cancelling a meeting, and answering whether an agency is coming."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, Invited, Meeting, MeetingAsked
from alongside.casework.marm.models.meetings import Plan
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.meetings import (
    could_come,
    lock_meeting,
    minutes_are_closed,
    who_may_chair,
    who_may_not_chair,
)
from alongside.casework.marm.rules.invitations import WHY_NOT, WhyNot
from alongside.casework.marm.rules.meetings import Coming, doubt
from alongside.casework.marm.rules.meetings_asked import WAIT
from alongside.casework.marm.rules.stages import Stage, Urgency
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command


class InDoubtError(CaseworkError):
    """The day is a weekend or a bank holiday, and nobody confirmed that it is meant."""


class ChairLeadsError(CaseworkError):
    """The chair leads the case, or does what the lead does while they are away, or may not chair."""


@command
def ask_for_meeting(*, actor: Actor, at: datetime, case_id: UUID, urgency: Urgency, why: str) -> MeetingAsked:
    """Ask for a meeting: any agency that takes part, at any time.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        AlreadyDoneError: the case is not open, or the same request from the agency is still waiting.
        UnsaidError: there is no reason.
    """
    require(permissions.may_take_part(actor))
    case = _open(lock_case(actor=actor, case_id=case_id))
    if not why.strip():
        raise UnsaidError(_("Say why a meeting is needed."))
    ours = case.meetings_asked.select_related("meeting").filter(
        organisation_id=actor.member_of, why=why.strip()
    )
    if any(each.state in WAIT for each in ours):
        raise AlreadyDoneError(_("Your agency has already asked for this, and it is waiting for an answer."))
    made = MeetingAsked.ask(
        case=case, organisation_id=actor.member_of, urgency=urgency, why=why, by=actor.name,
        by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.MEETING_ASKED, actor=actor, person_id=case.person_id, about=("case", case.id),
        urgency=urgency.value,
    )  # fmt: skip
    tell_those_who_may(Permission.CASE_COORDINATE, actor=actor, at=at, organisation_id=case.coordinating_id)
    return made


@command
def set_meeting(
    *, actor: Actor, at: datetime, case_id: UUID, plan: Plan, invited: Collection[str], meant: bool = False
) -> Meeting:
    """Set a meeting, and invite agencies that take part and people in the person's life.

    It answers whoever asked for one. An agency that takes no part yet has to be brought in first.

    Args:
        actor: whoever leads, acts or co-ordinates.
        at: when.
        case_id: about which case.
        plan: when, where, who chairs and how the person takes part.
        invited: keys of those that ``could_come`` proposes.
        meant: whether that day is meant, although it is a weekend or a bank holiday.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: the case is not open.
        InDoubtError: it is a weekend or a bank holiday, and that was not confirmed.
        ChairLeadsError: the chair leads the case, or is the actor, who covers for whoever does; or works on
            no case of these agencies.
        UnsaidError: it is in the past, has no place, invites nobody, or lacks how the person takes part.
    """
    require(permissions.may_read_cases(actor))
    case = _open(lock_case(actor=actor, case_id=case_id))
    require(permissions.may_steer(actor, case, leading_now(case).now))
    _must_hold(case, plan, actor, at, meant=meant)
    could, _not_here = could_come(case, actor)
    coming = [(each.organisation_id, each.name, each.why) for each in could if each.key in invited]
    if not coming:
        raise UnsaidError(_("Say who is invited."))
    meeting = Meeting.hold(
        case=case, number=case.meetings.count() + 1, plan=plan, organisation_id=actor.member_of,
        by=actor.name, at=at,
    )  # fmt: skip
    meeting.invite(coming)
    for asked in case.meetings_asked.select_related("meeting"):
        if asked.state in WAIT:
            asked.meet(meeting, at=at)
            tell_named(asked.asked_by, asked.organisation_id, actor=actor, at=at)
    record(events.MEETING_SET, actor=actor, person_id=case.person_id, about=("meeting", meeting.id))
    _tell_invited(meeting, actor=actor, at=at)
    return meeting


@command
def change_meeting(
    *,
    actor: Actor,
    at: datetime,
    meeting_id: UUID,
    plan: Plan,
    opened_version: int,
    meant: bool = False,
) -> Meeting:
    """Change a meeting. If its time changes, agencies invited are told, and asked again if they had answered.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates the case.
        StaleError: somebody else changed it since it was opened.
        AlreadyDoneError: it was cancelled, its minutes are closed, or the case is not open.
        InDoubtError, ChairLeadsError, UnsaidError: as for ``set_meeting``.
    """
    meeting = _steered(actor, meeting_id)
    if meeting.version != opened_version:
        raise StaleError(
            _("%(name)s has changed this meeting since you opened it. Compare the two, then save again.")
            % {"name": meeting.set_by}
        )
    _open(meeting.case)
    _must_hold(meeting.case, plan, actor, at, meant=meant, chosen=meeting)
    if plan.begins_at != meeting.begins_at:
        for each in meeting.invited.exclude(coming=Coming.NOT_YET):
            each.ask_again(_apology(each))
        _tell_invited(meeting, actor=actor, at=at)
    meeting.change(plan, by=actor.name, at=at)
    record(
        events.MEETING_CHANGED, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id)
    )
    return meeting


@command
def cancel_meeting(*, actor: Actor, at: datetime, meeting_id: UUID, why: str) -> Meeting:
    """Cancel a meeting, with the reason, and tell the agencies invited.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates the case.
        AlreadyDoneError: it was cancelled, its minutes are closed, or it has begun.
        UnsaidError: there is no reason.
    """
    meeting = _steered(actor, meeting_id)
    if meeting.begins_at <= at:
        raise AlreadyDoneError(_("The meeting has started: write what came of it in its minutes."))
    if not why.strip():
        raise UnsaidError(_("Say why, so that the person and the others know."))
    call_off(meeting, why=why, actor=actor, at=at)
    return meeting


def call_off(meeting: Meeting, *, why: str, actor: Actor, at: datetime) -> None:
    """Cancel a meeting, record it and tell the agencies invited; part of a command that checked who asks."""
    meeting.cancel(why=why, by=actor.name, at=at)
    record(
        events.MEETING_CANCELLED, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id)
    )
    _tell_invited(meeting, actor=actor, at=at)


@command
def take_off_invitation(*, actor: Actor, at: datetime, meeting_id: UUID, invited_id: UUID) -> Invited:
    """Take somebody in the person's life off the invitation to a meeting that has not begun.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in, or
            nobody in the person's life with that id is invited to it.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates the case.
        AlreadyDoneError: it was cancelled, its minutes are closed, or it has begun.
    """
    meeting = _steered(actor, meeting_id)
    if meeting.begins_at <= at:
        raise AlreadyDoneError(_("The meeting has started: write what came of it in its minutes."))
    invited = meeting.invited.filter(id=invited_id, organisation=None).first()
    if invited is None:
        raise NotFoundError(_("Nobody in their life with that id is invited to this meeting."))
    invited.delete()
    record(
        events.MEETING_UNINVITED, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id)
    )
    return invited


@command
def answer_meeting(
    *,
    actor: Actor,
    at: datetime,
    meeting_id: UUID,
    coming: Coming,
    why_not: WhyNot | None = None,
    words: str = "",
) -> Invited:
    """Say whether the actor's agency is coming; an apology gives a reason, which stays with its name.

    Raises:
        NotFoundError: there is no such meeting to which the actor's organisation is invited.
        AlreadyDoneError: the meeting was cancelled, its minutes are closed, or the case is not open.
        UnsaidError: it cannot come, and does not say why.
    """
    require(permissions.may_take_part(actor))
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    _open(meeting.case)
    _must_stand(meeting)
    ours = meeting.invited.filter(organisation_id=actor.member_of).first()
    if ours is None:
        raise NotFoundError(_("Your organisation is not invited to this meeting."))
    apology = coming is Coming.APOLOGY
    if apology and (why_not is None or not words.strip()):
        raise UnsaidError(_("Say why your agency cannot come."))
    ours.answer(
        coming, why_not=why_not or "" if apology else "", words=words if apology else "", by=actor.name,
        by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.MEETING_ANSWERED, actor=actor, person_id=meeting.case.person_id, answer=coming.value,
        about=("meeting", meeting.id),
    )  # fmt: skip
    return ours


def _open(case: Case) -> Case:
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("You can only do this while the case is open."))
    return case


def _tell_invited(meeting: Meeting, *, actor: Actor, at: datetime) -> None:
    invited = meeting.invited.exclude(organisation=None).values_list("organisation_id", flat=True)
    for organisation_id in invited:
        tell_those_who_may(Permission.CASE_WORK, actor=actor, at=at, organisation_id=organisation_id)


def _steered(actor: Actor, meeting_id: UUID) -> Meeting:
    require(permissions.may_read_cases(actor))
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    require(permissions.may_steer(actor, meeting.case, leading_now(meeting.case).now))
    _must_stand(meeting)
    return meeting


def _must_stand(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise AlreadyDoneError(_("This meeting was cancelled."))
    if minutes_are_closed(meeting):
        raise AlreadyDoneError(_("This meeting took place, and its minutes are closed."))


def _apology(invited: Invited) -> str:
    """Say who could not come and why, whole: others may answer for the same agency after it was moved."""
    if not invited.why_not:
        return ""
    return _("%(name)s: %(why)s. %(words)s") % {
        "name": invited.answered_by,
        "why": WHY_NOT[WhyNot(invited.why_not)],
        "words": invited.words,
    }


def _must_hold(
    case: Case, plan: Plan, actor: Actor, at: datetime, *, meant: bool, chosen: Meeting | None = None
) -> None:
    if plan.begins_at <= at:
        raise UnsaidError(_("That is in the past."))
    if not plan.place.strip() and not plan.online.strip():
        raise UnsaidError(_("Say where it is, or how to join online."))
    if not plan.takes_part.strip():
        raise UnsaidError(_("Say how the person will take part."))
    if doubt(timezone.localdate(plan.begins_at)) and not meant:
        raise InDoubtError(_("That is a weekend or a bank holiday. Confirm that you mean it."))
    but = who_may_not_chair(actor, leading_now(case).now, chosen=chosen)
    if not who_may_chair(case, timezone.localdate(at), but).filter(id=plan.chair_id).exists():
        raise ChairLeadsError(
            _("Choose a chair who takes part in the case, and neither leads it nor is you while you cover.")
            if len(but) > 1
            else _("Choose a chair who takes part in the case and does not lead it.")
        )
