"""Ending a case so that nobody is left holding risk alone, and asking how it goes afterwards."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Ending
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import closure_reason, marm_pack
from alongside.casework.marm.rules.clocks import due, last_day
from alongside.casework.marm.rules.ending import Closing, wrong_with
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import command
from alongside.casework.people.commands.reaching import end_all_reach_by_case


@command
def end_case(*, actor: Actor, at: datetime, case_id: UUID, closing: Closing) -> Ending:
    """End a case. Agencies that came to see the person by it alone see them no longer.

    Raises:
        NotFoundError: there is no such case, or the area pack has no such reason.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: it is not open.
        UnsaidError: something is missing.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    require(permissions.may_steer(actor, case, leading_now(case).account))
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("Only an open case can end; this one is not, or has ended."))
    reason = closure_reason(closing.reason)
    asked = replace(closing, needs={need: closing.needs.get(need, "") for need in reason.needs})
    if wrong := wrong_with(asked, reason):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    ending = Ending.keep(
        case=case, closing=asked, title=reason.title, by=actor.name, by_id=actor.account, at=at,
        check_back_on=last_day(due(at, marm_pack().clocks.closure_checkback)),
    )  # fmt: skip
    for lead in case.leads.filter(until=None):
        lead.end(at=at)
    case.end()
    record(
        events.CASE_ENDED, actor=actor, person_id=case.person_id, about=("case", case.id),
        reason=reason.code, risk=closing.risk.value,
    )  # fmt: skip
    end_all_reach_by_case(actor=actor, at=at, person_id=case.person_id, case_id=case.id)
    return ending


@command
def note_check_back(*, actor: Actor, at: datetime, case_id: UUID, on: date, words: str) -> Ending:
    """Write down how it goes, some time after a case ended.

    Raises:
        NotFoundError: there is no such case, or it has not ended.
        AlreadyDoneError: somebody checked back.
        UnsaidError: it says nothing, or the day is still to come.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    ending = Ending.objects.filter(case=case).first()
    if ending is None:
        raise NotFoundError(_("This case has not ended."))
    if ending.checked_on is not None:
        raise AlreadyDoneError(_("Somebody asked how it goes, and wrote it down."))
    if not words.strip():
        raise UnsaidError(_("Say how it goes."))
    if on > timezone.localdate(at):
        raise UnsaidError(_("That day is still to come."))
    ending.note_check_back(on=on, words=words, by=actor.name)
    record(events.CHECKED_BACK, actor=actor, person_id=case.person_id, about=("case", case.id))
    return ending
