"""Who takes part in a case, what each brings, and who has which role."""

from dataclasses import dataclass
from uuid import UUID

from alongside.area.marm_models import Role
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, CaseAgency
from alongside.casework.marm.queries.agencies import taking_part
from alongside.casework.marm.queries.doors import get_case
from alongside.casework.marm.queries.leading import Leading, leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query


@dataclass(frozen=True)
class BringingPage:
    """Who does what in a case.

    Attributes:
        case: which.
        agencies: those that take part.
        leading: who leads, acts and is asked.
        roles: the roles in the area pack, each with its duties.
        may_say: whether the reader may say what their own agency brings.
        reader: who reads.
    """

    case: Case
    agencies: list[CaseAgency]
    leading: Leading
    roles: list[Role]
    may_say: bool
    reader: Actor


@query(records=True)
def bringing_page(*, actor: Actor, case_id: UUID) -> BringingPage:
    """Return who does what in a case, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, case_id)


@query(records=True)
def to_say_what_we_bring(*, actor: Actor, case_id: UUID) -> tuple[Case, str]:
    """Return a case and what the actor's own agency brings, as it now says, and record that the actor looked.

    Raises:
        NotAllowedError: the actor does not work on cases.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_work_on_cases(actor))
    page = _page(actor, case_id)
    ours = [each.brings for each in page.agencies if each.organisation_id == actor.organisation_id]
    return page.case, next(iter(ours), "")


def _page(actor: Actor, case_id: UUID) -> BringingPage:
    case = get_case(actor=actor, case_id=case_id)
    agencies = taking_part(case=case.id)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return BringingPage(
        case=case,
        agencies=agencies,
        leading=leading_now(case),
        roles=marm_pack().roles,
        may_say=case.stage in STANDING
        and permissions.may_work_on_cases(actor).allowed
        and any(each.organisation_id == actor.organisation_id for each in agencies),
        reader=actor,
    )
