"""What agencies in a case disagree about, and how it is being settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.area.marm_models import LadderStep
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Action, Case, CaseDispute, DisputeRung
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.operations import query


@dataclass(frozen=True)
class DisputesPage:
    """What agencies in a case disagree about, newest first, each with its steps.

    Attributes:
        case: which case.
        disputes: all of them; the steps of each are in ``rungs``, lowest first.
        ladder: the steps of the area pack.
        may_raise: whether the reader may say that their agency disagrees.
    """

    case: Case
    disputes: list[CaseDispute]
    ladder: Sequence[LadderStep]
    may_raise: bool


@dataclass(frozen=True)
class DisputePage:
    """One dispute.

    Attributes:
        dispute: which.
        rungs: its steps so far, lowest first.
        now: the current step; None once it is over.
        next_title: what the next step is called; empty if there is none.
        may_answer: whether the reader may write what came of it.
    """

    dispute: CaseDispute
    rungs: list[DisputeRung]
    now: DisputeRung | None
    next_title: str
    may_answer: bool


@dataclass(frozen=True)
class ToRaise:
    """A case in which a dispute is raised: with which agencies it may be, and about which action."""

    case: Case
    others: list[tuple[UUID, str]]
    action: Action | None
    first_title: str


def with_whom(case: Case, organisation_id: UUID) -> QuerySet[Organisation]:
    """Return the agencies an agency may disagree with: those that take or took part, or were invited.

    An agency's not taking part may be the dispute itself. For a query or command that checked who asks.
    """
    ids = {each.organisation_id for each in case.agencies.all()}
    ids |= set(case.invitations.values_list("organisation_id", flat=True))
    return Organisation.objects.filter(id__in=ids - {organisation_id}).order_by("name")


def action_of(case: Case, action_id: UUID | None) -> Action | None:
    """Return an action in a case; None if none is named.

    Raises:
        NotFoundError: the case has no such action.
    """
    if action_id is None:
        return None
    found = Action.objects.filter(id=action_id, case=case).select_related("owner").first()
    if found is None:
        raise NotFoundError(_("There is no such action in this case."))
    return found


def get_dispute(*, actor: Actor, case_dispute_id: UUID) -> CaseDispute:
    """Return a dispute with its case and both agencies.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part: the two are answered alike.
    """
    found = row_of_case(
        CaseDispute, case_dispute_id, "case__person", "organisation", "against", "action", actor=actor
    )
    if found is None:
        raise NotFoundError(_("There is no such dispute in a case that your organisation takes part in."))
    return found


def late_rungs(*, at: datetime) -> list[DisputeRung]:
    """Return all late steps that nobody was told of, locked. For the nightly command."""
    return list(
        DisputeRung.objects.filter(came="", due_at__lte=at, told_late_at=None)
        .select_related("dispute__case")
        .select_for_update(of=("self",), no_key=True)
        .order_by("due_at", "id")
    )


@query(records=True)
def disputes_page(*, actor: Actor, case_id: UUID) -> DisputesPage:
    """Return what agencies in a case disagree about, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    record(events.DISPUTES_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    ladder = marm_pack().dispute_ladder
    return DisputesPage(
        case=case,
        disputes=_disputes(case=case.id),
        ladder=ladder,
        may_raise=bool(ladder) and permissions.may_take_part(actor).allowed,
    )


@composed_once
def _disputes(*, case: UUID) -> QuerySet[CaseDispute]:
    raised = CaseDispute.objects.filter(case=case).select_related("organisation", "against")
    return raised.prefetch_related("rungs").order_by("-raised_at", "id")


@query(records=True)
def to_raise(*, actor: Actor, case_id: UUID, action_id: UUID | None = None) -> ToRaise:
    """Return a case for a form that says the actor's agency disagrees, and record that they looked.

    Raises:
        NotAllowedError: the actor does not speak for their organisation.
        NotFoundError: there is no such case that the actor's organisation takes part in, or action of it.
    """
    require(permissions.may_take_part(actor))
    case = get_case(actor=actor, case_id=case_id)
    ladder = marm_pack().dispute_ladder
    found = ToRaise(
        case=case,
        others=list(with_whom(case, actor.member_of).values_list("id", "name")),
        action=action_of(case, action_id),
        first_title=ladder[0].title if ladder else "",
    )
    record(events.DISPUTES_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return found


@query(records=True)
def dispute_page(*, actor: Actor, case_dispute_id: UUID) -> DisputePage:
    """Return a dispute with its steps, and record that the actor looked.

    Raises:
        NotFoundError: there is no such dispute in a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, get_dispute(actor=actor, case_dispute_id=case_dispute_id))


@query(records=True)
def dispute_to_answer(*, actor: Actor, case_dispute_id: UUID) -> DisputePage:
    """Return the same for a form that says what came of a step.

    Raises:
        NotAllowedError: the actor is of neither agency, and neither leads nor co-ordinates.
        NotFoundError: there is no such dispute in a case that the actor's organisation takes part in.
    """
    dispute = get_dispute(actor=actor, case_dispute_id=case_dispute_id)
    require(permissions.may_answer_dispute(actor, dispute, leading_now(dispute.case).now))
    return _page(actor, dispute)


@composed_once
def _rungs(*, dispute: UUID) -> QuerySet[DisputeRung]:
    steps = DisputeRung.objects.filter(dispute=dispute)
    return steps.select_related("came_from").order_by("number")


def _page(actor: Actor, dispute: CaseDispute) -> DisputePage:
    rungs = _rungs(dispute=dispute.id)
    now = next((each for each in rungs if not each.came), None)
    ladder = marm_pack().dispute_ladder
    record(events.DISPUTES_SEEN, actor=actor, person_id=dispute.case.person_id, about=("dispute", dispute.id))
    return DisputePage(
        dispute=dispute,
        rungs=rungs,
        now=now,
        next_title=ladder[now.number].title if now and now.number < len(ladder) else "",
        may_answer=now is not None
        and permissions.may_answer_dispute(actor, dispute, leading_now(dispute.case).now).allowed,
    )
