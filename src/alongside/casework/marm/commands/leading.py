"""Who leads: asked, accepted, handed over. One at a time, and any day without a lead is counted."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, Lead
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now, who_may_work
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.notices.commands import tell_named
from alongside.casework.operations import command


@command
def ask_to_lead(*, actor: Actor, at: datetime, case_id: UUID, membership_id: UUID, why: str) -> Lead:
    """Ask a member of an agency that takes part to lead. Whoever leads now carries on until they accept.

    Somebody else who was asked and has not answered is asked no longer: they may have left, or be away.

    Raises:
        NotFoundError: there is no such case, or no such member of an agency that takes part.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates it.
        AlreadyDoneError: they were asked and have not answered, or already lead, or the case is not open.
        UnsaidError: there is no reason.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    now = leading_now(case)
    require(permissions.may_steer(actor, case, now.now))
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("Nobody can be asked to lead before a case is open, or after it has ended."))
    if now.asked is not None and now.asked.member_id == membership_id:
        raise AlreadyDoneError(
            _("%(name)s has already been asked, and has not answered.") % {"name": now.asked.member.user.name}
        )
    if not why.strip():
        raise UnsaidError(_("Say why you ask them."))
    member = _member(case, membership_id, at)
    if now.lead is not None and now.lead.member_id == member.id:
        raise AlreadyDoneError(_("%(name)s already leads.") % {"name": member.user.name})
    if now.asked is not None:
        now.asked.end(at=at)
    lead = Lead.ask(case=case, member=member, why=why, by=actor.name, at=at)
    record(events.LEAD_ASKED, actor=actor, person_id=case.person_id, about=("case", case.id))
    tell_named(member.user.name, member.organisation_id, actor=actor, at=at)
    return lead


@command
def accept_lead(*, actor: Actor, at: datetime, case_id: UUID) -> Lead:
    """Lead from now on; whoever led or acted before no longer does.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NotAllowedError: somebody else was asked.
        AlreadyDoneError: nobody is being asked any more.
    """
    case, lead = _asked(actor, case_id)
    now = leading_now(case)
    for before in (now.lead, now.acting):
        if before is not None:
            before.end(at=at)
    lead.accept(at=at)
    record(events.LEAD_ACCEPTED, actor=actor, person_id=case.person_id, about=("case", case.id))
    return lead


@command
def decline_lead(*, actor: Actor, at: datetime, case_id: UUID, why: str) -> Lead:
    """Say that the actor cannot lead, and why; whoever leads or acts carries on.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        NotAllowedError: somebody else was asked.
        AlreadyDoneError: nobody is being asked any more.
        UnsaidError: there is no reason.
    """
    case, lead = _asked(actor, case_id)
    if not why.strip():
        raise UnsaidError(_("Say why you cannot, so that somebody who is free can."))
    lead.decline(why=why, at=at)
    record(events.LEAD_DECLINED, actor=actor, person_id=case.person_id, about=("case", case.id))
    return lead


def _asked(actor: Actor, case_id: UUID) -> tuple[Case, Lead]:
    require(permissions.may_work_on_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    asked = leading_now(case).asked
    if asked is None:
        raise AlreadyDoneError(_("Nobody is being asked to lead this case now."))
    require(permissions.may_answer_to_lead(actor, asked))
    return case, asked


def _member(case: Case, membership_id: UUID, at: datetime) -> Membership:
    found = who_may_work(case, timezone.localdate(at)).filter(id=membership_id).first()
    if found is None:
        raise NotFoundError(_("Choose a member of an agency in this case who could lead now."))
    return found
