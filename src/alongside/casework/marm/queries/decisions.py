"""Decisions: of a case, a single one, and those overdue to be looked at again."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import (
    Case,
    CaseDecision,
    DecisionOption,
    DecisionPosition,
)
from alongside.casework.marm.queries.agencies import agencies_of
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.marked import marks_in
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import query
from alongside.casework.people.models import Person
from alongside.casework.people.queries.disputed import Marks, mark_of


@dataclass(frozen=True)
class DecisionsPage:
    """The decisions of a case, the newest first; those that another replaced are separate.

    Attributes:
        disputed: what to show beside those that the person disputes.
    """

    case: Case
    standing: list[CaseDecision]
    followed: list[CaseDecision]
    may_add: bool
    disputed: Marks


@dataclass(frozen=True)
class DecisionPage:
    """One whole decision.

    Attributes:
        decision: which.
        options: what was weighed.
        positions: what each agency said.
        followed_by: id of the newer one that replaced it, if any.
        may_follow: whether the reader may decide again.
        disputed: what to show beside it if the person disputes it.
    """

    decision: CaseDecision
    options: list[DecisionOption]
    positions: list[DecisionPosition]
    followed_by: UUID | None
    may_follow: bool
    disputed: str


@dataclass(frozen=True)
class ToDecide:
    """A case in which a decision is made: who takes part, and what is recorded about the person's capacity.

    Attributes:
        case: which.
        agencies: id and name of each that takes part.
        left: id and name of each that no longer does.
        capacity: records of capacity of the person that the actor may see, the newest first.
        follows: the decision that is looked at again or corrected; None for a new one.
        options: what was weighed then.
    """

    case: Case
    agencies: list[tuple[UUID, str]]
    left: dict[UUID, str]
    capacity: list[CapacityRecord]
    follows: CaseDecision | None
    options: list[DecisionOption]


@query(records=True)
def decisions_page(*, actor: Actor, case_id: UUID) -> DecisionsPage:
    """Return the decisions of a case, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    found = [(each, vars(each)["is_followed"]) for each in _decisions(case=case.id)]
    record(events.DECISIONS_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return DecisionsPage(
        case=case,
        standing=[each for each, is_followed in found if not is_followed],
        followed=[each for each, is_followed in found if is_followed],
        may_add=case.stage == Stage.OPEN and permissions.may_work_on_cases(actor).allowed,
        disputed=marks_in(case),
    )


@composed_once
def _decisions(*, case: UUID) -> QuerySet[CaseDecision]:
    newer = CaseDecision.objects.filter(follows=OuterRef("id"))
    decided = CaseDecision.objects.filter(case=case).order_by("-written_at", "id")
    return decided.annotate(is_followed=Exists(newer))


@query(records=True)
def decision_page(*, actor: Actor, decision_id: UUID) -> DecisionPage:
    """Return a whole decision, and record that the actor looked.

    Raises:
        NotFoundError: there is no such decision of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    decision = row_of_case(CaseDecision, decision_id, "case__person", "capacity_record", actor=actor)
    if decision is None:
        raise NotFoundError(_("There is no such decision in a case that your organisation takes part in."))
    newer = next(iter(_following(decision=decision.id)), None)
    record(
        events.DECISIONS_SEEN, actor=actor, person_id=decision.case.person_id, about=("decision", decision.id)
    )
    return DecisionPage(
        decision=decision,
        options=_options(decision=decision.id),
        positions=_positions(decision=decision.id),
        followed_by=newer,
        may_follow=newer is None
        and decision.case.stage == Stage.OPEN
        and permissions.may_work_on_cases(actor).allowed,
        disputed=mark_of(decision, marks_in(decision.case)),
    )


@composed_once
def _following(*, decision: UUID) -> QuerySet[CaseDecision, UUID]:
    return CaseDecision.objects.filter(follows=decision).values_list("id", flat=True)


@composed_once
def _options(*, decision: UUID) -> QuerySet[DecisionOption]:
    return DecisionOption.objects.filter(decision=decision).order_by("number")


@composed_once
def _positions(*, decision: UUID) -> QuerySet[DecisionPosition]:
    said = DecisionPosition.objects.filter(decision=decision).select_related("organisation")
    return said.order_by("organisation__name")


@query(records=True)
def to_decide(*, actor: Actor, case_id: UUID, follows_id: UUID | None = None) -> ToDecide:
    """Return what a form for a decision needs, and record that the actor looked.

    Raises:
        NotAllowedError: the actor may not record decisions.
        NotFoundError: there is no such case that the actor's organisation takes part in, or no such decision.
        AlreadyDoneError: a newer decision has replaced that one.
    """
    require(permissions.may_work_on_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    follows = None
    if follows_id is not None:
        follows = row_of_case(CaseDecision, follows_id, actor=actor)
        if follows is None or follows.case_id != case.id:
            raise NotFoundError(_("There is no such decision in this case."))
        if _following(decision=follows.id):
            raise AlreadyDoneError(_("A newer decision has already replaced this one. Look at that one."))
    there = sorted(agencies_of(case), key=lambda each: each.organisation.name.casefold())
    agencies = {each.organisation_id: each.organisation.name for each in there if each.until is None}
    records = Person.objects.records_of(case.person_id)
    record(events.DECISIONS_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return ToDecide(
        case=case,
        agencies=list(agencies.items()),
        left={
            each.organisation_id: each.organisation.name
            for each in there
            if each.organisation_id not in agencies
        },
        capacity=list(CapacityRecord.objects.filter(person__in=records).order_by("-assessed_on", "id")),
        follows=follows,
        options=_options(decision=follows.id) if follows else [],
    )
