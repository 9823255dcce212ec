"""Linking people in a person's network to a case, and ending that. They are never told of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import FamilyRisk
from alongside.casework.marm.queries.doors import lock_case, must_stand
from alongside.casework.marm.queries.family import contacts_of, get_family_risk, must_count
from alongside.casework.marm.rules.family import FamilyRiskSaid, wrong_with_family
from alongside.casework.operations import command


@command
def note_family_risk(
    *, actor: Actor, at: datetime, case_id: UUID, contact_id: UUID, said: FamilyRiskSaid
) -> FamilyRisk:
    """Write down the risk from somebody in the person's network, and the risk to them.

    Agencies may say different things about the same person: each is kept as it was said. Nobody is told.

    Raises:
        NotAllowedError: the actor does not work on cases.
        NotFoundError: there is no such case that the actor's organisation takes part in, or nobody with
            that id in the network.
        AlreadyDoneError: the case is over, or the same has already been written down.
        UnsaidError: the risk, or who says so, is missing.
    """
    require(permissions.may_work_on_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    must_stand(case)
    contact = next((each for each in contacts_of(case) if each.id == contact_id), None)
    if contact is None:
        raise NotFoundError(_("There is nobody with that id in their network."))
    if wrong := wrong_with_family(said):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    same = case.family_risks.filter(
        contact=contact, ended_at=None, from_them=said.from_them.strip(), to_them=said.to_them.strip()
    )
    if same.exists():
        raise AlreadyDoneError(_("That is already written down."))
    noted = FamilyRisk.note(
        case=case, contact=contact, organisation_id=actor.member_of, said=said, by=actor.name, at=at
    )
    record(events.FAMILY_RISK_NOTED, actor=actor, person_id=case.person_id, about=("case", case.id))
    return noted


@command
def end_family_risk(*, actor: Actor, at: datetime, family_risk_id: UUID, why: str) -> FamilyRisk:
    """Mark what was said of somebody in the network as ended, with a reason. It can still be read.

    Raises:
        NotAllowedError: the actor does not work on cases.
        NotFoundError: there is none in a case that the actor's organisation takes part in.
        AlreadyDoneError: it has ended, or the case is over and no other about the person stands.
        UnsaidError: there is no reason.
    """
    require(permissions.may_work_on_cases(actor))
    found = get_family_risk(actor=actor, family_risk_id=family_risk_id)
    lock_case(actor=actor, case_id=found.case_id)
    risk = get_family_risk(actor=actor, family_risk_id=family_risk_id)  # read again, once it is locked
    must_count(risk)
    if risk.ended_at is not None:
        raise AlreadyDoneError(_("This has already ended."))
    if not why.strip():
        raise UnsaidError(_("Say why."))
    risk.end(why=why, by=actor.name, at=at)
    record(events.FAMILY_RISK_ENDED, actor=actor, person_id=risk.case.person_id, about=("case", risk.case_id))
    return risk
