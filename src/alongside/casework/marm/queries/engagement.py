"""The engagement log of a case."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import within
from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, EngagementTry
from alongside.casework.marm.queries.doors import get_case, must_stand
from alongside.casework.marm.rules.engagement import IN_TOUCH
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query

TRIES_AT_ONCE = 20
"""How many tries are on a page."""
WORKED_AT_ONCE = 5
"""How many of those that worked are shown above."""
_NEWEST = ("-on", "-noted_at", "id")


@dataclass(frozen=True)
class EngagementPage:
    """What was tried to get in touch with the person a case is about.

    Attributes:
        case: whose.
        tries: a page of the ``count``, after ``passed_over``, newest first.
        worked: the newest tries for which somebody said what worked.
        agencies: how many agencies tried.
        in_touch: how often the person was reached, whatever they said.
        may_add: whether the reader may write down another.
    """

    case: Case
    tries: list[EngagementTry]
    worked: list[EngagementTry]
    count: int
    agencies: int
    in_touch: int
    passed_over: int
    may_add: bool


@query(records=True)
def engagement_page(*, actor: Actor, case_id: UUID, begins: int = 0) -> EngagementPage:
    """Return a page of what was tried, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    counted = _counted(case=case.id)  # no row where nothing was tried
    count, agencies, in_touch = counted[0] if counted else (0, 0, 0)
    passed_over = within(begins, count)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return EngagementPage(
        case=case,
        tries=_tries(passed_over, TRIES_AT_ONCE, case=case.id) if counted else [],
        worked=_worked(case=case.id) if counted else [],
        count=count,
        agencies=agencies,
        in_touch=in_touch,
        passed_over=passed_over,
        may_add=case.stage in STANDING and permissions.may_take_part(actor).allowed,
    )


@query(records=True)
def engagement_to_note(*, actor: Actor, case_id: UUID) -> Case:
    """Return a case for a form that writes down a try, and record that the actor looked.

    Raises:
        NotAllowedError: the actor does not take part in cases.
        AlreadyDoneError: the case is over.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_take_part(actor))
    case = get_case(actor=actor, case_id=case_id)
    must_stand(case)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return case


@composed_once
def _counted(*, case: UUID) -> QuerySet[EngagementTry, tuple[int, int, int]]:
    tries = EngagementTry.objects.filter(case=case).values("case")
    reached = Count("id", filter=Q(came__in=sorted(IN_TOUCH)))
    counted = tries.annotate(
        tries=Count("id"), agencies=Count("organisation", distinct=True), reached=reached
    )
    return counted.values_list("tries", "agencies", "reached")


@composed_once
def _tries(passed_over: int, at_once: int, /, *, case: UUID) -> QuerySet[EngagementTry]:
    tries = EngagementTry.objects.filter(case=case).select_related("organisation").order_by(*_NEWEST)
    return tries[passed_over : passed_over + at_once]


@composed_once
def _worked(*, case: UUID) -> QuerySet[EngagementTry]:
    worked = EngagementTry.objects.filter(case=case).exclude(worked="").select_related("organisation")
    return worked.order_by(*_NEWEST)[:WORKED_AT_ONCE]
