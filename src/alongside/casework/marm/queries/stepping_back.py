"""What an agency that steps back holds, and what it said about it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Action, Case, CaseAgency, CaseDecision, SteppedBack
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import query


@dataclass(frozen=True)
class Held:
    """What an agency holds in a case: actions to do, decisions it took a position on, and what it brings."""

    actions: list[Action]
    decisions: list[CaseDecision]
    brings: str


@dataclass(frozen=True)
class ToLeave:
    """A case, what the reader's own agency holds in it, and whether a risk is open."""

    case: Case
    held: Held
    is_open: bool


@dataclass(frozen=True)
class SteppedBackPage:
    """What an agency said when it stepped back, and whether the reader may answer that."""

    stepped_back: SteppedBack
    first_title: str
    may_answer: bool


def held_by(case: Case, agency: CaseAgency) -> Held:
    """Return what an agency holds in a case. For a query or command that checked who asks."""
    of_case = CaseDecision.objects.filter(
        case=case, followed_by=None, positions__organisation_id=agency.organisation_id
    )
    return Held(
        actions=list(
            Action.objects.to_do()
            .filter(case=case, owner__organisation_id=agency.organisation_id)
            .select_related("owner__user", "owner__organisation")
            .order_by("due", "id")
        ),
        decisions=list(of_case.order_by("-written_at", "id")),
        brings=agency.brings,
    )


def get_stepped_back(*, actor: Actor, stepped_back_id: UUID) -> SteppedBack:
    """Return what an agency said when it stepped back.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: the two are answered alike.
    """
    found = row_of_case(SteppedBack, stepped_back_id, "case__person", "agency__organisation", actor=actor)
    if found is None:
        raise NotFoundError(_("No such agency has left a case that your organisation takes part in."))
    return found


@query(records=True)
def to_leave(*, actor: Actor, case_id: UUID) -> ToLeave:
    """Return what the actor's agency holds in a case it is stepping back from, and record that they looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_take_part(actor))
    case = get_case(actor=actor, case_id=case_id)
    agency = case.agencies.get(organisation_id=actor.member_of, until=None)
    found = ToLeave(case, held_by(case, agency), case.stage == Stage.OPEN)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return found


@query(records=True)
def stepped_back_page(*, actor: Actor, stepped_back_id: UUID) -> SteppedBackPage:
    """Return what an agency said when it stepped back, and record that the actor looked.

    Raises:
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, get_stepped_back(actor=actor, stepped_back_id=stepped_back_id))


@query(records=True)
def stepped_back_to_answer(*, actor: Actor, stepped_back_id: UUID) -> SteppedBackPage:
    """Return the same for a form that answers it.

    Raises:
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates.
        NotFoundError: there is none in a case that the actor's organisation takes part in.
    """
    found = get_stepped_back(actor=actor, stepped_back_id=stepped_back_id)
    require(permissions.may_steer(actor, found.case, leading_now(found.case).now))
    return _page(actor, found)


def _page(actor: Actor, found: SteppedBack) -> SteppedBackPage:
    ladder = marm_pack().dispute_ladder
    record(events.CASE_SEEN, actor=actor, person_id=found.case.person_id, about=("case", found.case_id))
    return SteppedBackPage(
        stepped_back=found,
        first_title=ladder[0].title if ladder else "",
        may_answer=found.answered_at is None
        and permissions.may_steer(actor, found.case, leading_now(found.case).now).allowed,
    )
