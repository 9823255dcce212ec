"""Ending a case so that nobody is left holding risk alone, and asking afterwards how things are going."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.commands.meetings import call_off
from alongside.casework.marm.models import Action, Case, Ending, Minutes, SharedRisk
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.ending import get_shared_risk, lock_still_to_do
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import closure_reason, marm_pack
from alongside.casework.marm.rules.actions import Agrees, Stands, Status
from alongside.casework.marm.rules.clocks import due, last_day
from alongside.casework.marm.rules.ending import (
    Agreed,
    Becomes,
    Closing,
    Risk,
    wrong_with,
    wrong_with_actions,
)
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.notices.commands import tell_members, tell_named, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.people.commands.reaching import end_all_reach_by_case
from alongside.casework.people.queries.whole import whole


@command
def end_case(*, actor: Actor, at: datetime, case_id: UUID, closing: Closing) -> Ending:
    """End a case. Agencies that could see the person only because of it no longer can.

    Each action still to do goes on with somebody, or stops for a reason; an unanswered invitation
    ends with it, and a meeting to come is cancelled. What remains is put to each agency that takes
    part, which holds nothing up.

    Raises:
        NotFoundError: there is no such case, or the area pack has no such reason.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: it is not open, or an action it says something about is no longer to do.
        UnsaidError: something is missing.
        UnfinishedError: a conversation is half written, which nobody in the actor's organisation could finish
            any more.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("Only an open case can end. This one is not open, or has already ended."))
    reason = closure_reason(closing.reason)
    asked = replace(closing, needs={need: closing.needs.get(need, "") for need in reason.needs})
    to_do = lock_still_to_do(case)
    if set(asked.actions) - {each.id for each in to_do}:  # what was said about it must not be lost
        raise AlreadyDoneError(
            _("An action that you wrote about is no longer to do, so the case has not ended. Look again.")
        )
    wrong = wrong_with(asked, reason) | wrong_with_actions(asked, [each.id for each in to_do])
    if wrong:
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    gone = reason.died or whole(case.person).has_died
    ending = Ending.keep(
        case=case, closing=asked, title=reason.title, by=actor.name, by_id=actor.account, at=at,
        check_back_on=None if gone else last_day(due(at, marm_pack().clocks.closure_checkback)),
    )  # fmt: skip
    for lead in case.leads.filter(until=None):
        lead.end(at=at)
    for action in to_do:
        _say_what_becomes(action, asked.actions[action.id], actor=actor, at=at)
    for invitation in case.invitations.filter(state=Answered.ASKED).select_for_update(
        of=("self",), no_key=True
    ):
        invitation.end(by=actor.name, at=at)
    # whatever its time says, a meeting whose minutes are closed was held
    held = Minutes.objects.filter(meeting=OuterRef("id"), closed_at__isnull=False)
    to_come = case.meetings.filter(~Exists(held), cancelled_at=None, begins_at__gt=at)
    for meeting in to_come.select_for_update(of=("self",), no_key=True):
        why = _("The case ended: %(reason)s") % {"reason": reason.title}
        call_off(meeting, why=why, actor=actor, at=at)
    if closing.risk is not Risk.REMOVED:
        _put_what_remains(case, ending, actor=actor, at=at)
    case.end()
    record(
        events.CASE_ENDED, actor=actor, person_id=case.person_id, about=("case", case.id),
        reason=reason.code, risk=closing.risk.value,
    )  # fmt: skip
    end_all_reach_by_case(actor=actor, at=at, person_id=case.person_id, case_id=case.id)
    return ending


@command
def note_check_back(*, actor: Actor, at: datetime, case_id: UUID, on: date, words: str) -> Ending:
    """Write down how things are going, some time after a case ended.

    Raises:
        NotFoundError: there is no such case, or it has not ended.
        NotAllowedError: the actor only reads cases.
        AlreadyDoneError: somebody has already checked back, or the person had died.
        UnsaidError: it says nothing, or the day is still to come, or before the case ended.
    """
    require(permissions.may_take_part(actor))
    case = lock_case(actor=actor, case_id=case_id)
    ending = Ending.objects.filter(case=case).first()
    if ending is None:
        raise NotFoundError(_("This case has not ended."))
    if ending.checked_on is not None:
        raise AlreadyDoneError(_("Somebody has already asked how things are going, and written it down."))
    if ending.check_back_on is None:
        raise AlreadyDoneError(_("The person had died when this case ended, so nobody asks how things are."))
    if not words.strip():
        raise UnsaidError(_("Say how things are going."))
    if on > timezone.localdate(at):
        raise UnsaidError(_("The day must be today or in the past."))
    if on < timezone.localdate(ending.ended_at):
        raise UnsaidError(_("The day must be on or after the day the case ended."))
    ending.note_check_back(on=on, words=words, by=actor.name)
    record(events.CHECKED_BACK, actor=actor, person_id=case.person_id, about=("case", case.id))
    return ending


@command
def answer_what_remains(
    *, actor: Actor, at: datetime, shared_risk_id: UUID, agrees: Agreed, words: str
) -> SharedRisk:
    """Say, for the actor's agency, whether it agrees with what remains of a risk.

    Raises:
        NotFoundError: nothing with this id was put to the actor's organisation.
        AlreadyDoneError: somebody answered for it.
        UnsaidError: it does not agree, and does not say why.
    """
    get_shared_risk(actor=actor, shared_risk_id=shared_risk_id)
    SharedRisk.objects.select_for_update(of=("self",), no_key=True).get(id=shared_risk_id)
    found = get_shared_risk(actor=actor, shared_risk_id=shared_risk_id)  # read again, once it is locked
    require(permissions.may_answer_what_remains(actor, found))
    if found.answered_at is not None:
        raise AlreadyDoneError(_("%(name)s has already answered this.") % {"name": found.answered_by})
    if agrees is Agreed.NOT_AGREED and not words.strip():
        raise UnsaidError(_("Say why your organisation does not agree."))
    found.take_answer(agrees, words=words, by=actor.name, by_id=actor.account, at=at)
    record(
        events.SHARED_RISK_ANSWERED, actor=actor, person_id=found.person_id,
        about=("shared_risk", found.id), answer=agrees.value,
    )  # fmt: skip
    tell_named(found.put_by, found.put_from_id, actor=actor, at=at)
    return found


def _say_what_becomes(action: Action, becomes: Becomes, *, actor: Actor, at: datetime) -> None:
    """Note it in the action's history: one that goes on keeps its status, one that stops is not possible."""
    status = Status(action.status) if becomes.goes_on else Status.NOT_POSSIBLE
    stands = Stands(status, becomes.words, Agrees(action.agrees), action.review)
    action.go_on(stands, by=actor.name, by_id=actor.account, at=at)
    tell_members([action.owner_id], actor=actor, at=at)


def _put_what_remains(case: Case, ending: Ending, *, actor: Actor, at: datetime) -> None:
    """Put it to each agency that takes part; whoever ends the case has already answered for their own."""
    who = whole(case.person).told_to_others
    for organisation_id in case.taking_part:
        put = SharedRisk.put(
            ending=ending, who=who, organisation_id=organisation_id, put_from_id=actor.member_of,
            by=actor.name,
        )  # fmt: skip
        if organisation_id == actor.member_of:
            put.take_answer(Agreed.AGREED, words="", by=actor.name, by_id=actor.account, at=at)
        else:
            tell_those_who_may(Permission.CASE_WORK, organisation_id=organisation_id, actor=actor, at=at)
