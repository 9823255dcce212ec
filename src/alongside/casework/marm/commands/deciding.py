"""Decisions about risk: stored whole, and replaced by newer ones."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Case, CaseDecision
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.decisions import Decided, Stance, wrong_with_decision
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import command
from alongside.casework.people.models import Person


@command
def keep_decision(
    *,
    actor: Actor,
    at: datetime,
    case_id: UUID,
    decided: Decided,
    follows_id: UUID | None = None,
    follows_why: str = "",
) -> CaseDecision:
    """Record a decision. It is never changed: a newer one, which says why, corrects it or looks again.

    Raises:
        NotFoundError: there is no such case, decision of it, record of capacity, or law of the pack.
        AlreadyDoneError: the case is not open, or another decision has already replaced that one.
        UnsaidError: something is missing, such as the person's view, one of two options or a date.
    """
    require(permissions.may_work_on_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("You can only record a decision while the case is open."))
    follows = _followed(case, follows_id, follows_why)
    _must_be_known(case, decided)
    day = timezone.localdate(at)
    if wrong := wrong_with_decision(decided, agencies=case.taking_part, day=day):
        raise UnsaidError(f"{next(iter(wrong.values())).removesuffix('.')}.")
    made = CaseDecision.keep(
        case=case, decided=decided, follows=follows, follows_why=follows_why, by=actor.name,
        by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.DECIDED, actor=actor, person_id=case.person_id, about=("decision", made.id),
        agencies=len(decided.positions),
        dissent=sum(each.stance is Stance.DISSENTS for each in decided.positions),
    )  # fmt: skip
    return made


def _followed(case: Case, follows_id: UUID | None, why: str) -> CaseDecision | None:
    if follows_id is None:
        return None
    found = CaseDecision.objects.filter(id=follows_id, case=case).first()
    if found is None:
        raise NotFoundError(_("There is no such decision in this case."))
    if CaseDecision.objects.filter(follows=found).exists():
        raise AlreadyDoneError(_("A newer decision has already replaced this one. Look at that one."))
    if not why.strip():
        raise UnsaidError(_("Say why it is being decided again."))
    return found


def _must_be_known(case: Case, decided: Decided) -> None:
    if set(decided.levers) - {each.code for each in marm_pack().legal_levers}:
        raise NotFoundError(_("The area pack does not list that law or guidance."))
    records = Person.objects.records_of(case.person_id)
    if (
        decided.capacity_record_id is not None
        and not CapacityRecord.objects.filter(id=decided.capacity_record_id, person__in=records).exists()
    ):
        raise NotFoundError(_("There is no such capacity record for this person."))
