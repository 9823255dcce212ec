"""What a case's papers are filled in from: what its pages show the same reader, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from alongside.area.models import Purpose
from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.purposes import declared
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import (
    Action,
    Case,
    CaseAgency,
    CaseDecision,
    DecisionPosition,
    Invitation,
    Invited,
    Meeting,
)
from alongside.casework.marm.queries.decisions import DecisionPage
from alongside.casework.marm.queries.doors import TO_NAME, get_case
from alongside.casework.marm.queries.leading import Leading, leading_now
from alongside.casework.marm.queries.meetings import get_meeting
from alongside.casework.marm.queries.minutes import MinutesPage, ReportsPage, minutes_of, reports_page
from alongside.casework.marm.rules.actions import OPEN
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.papers import Form, Paper
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.operations import query
from alongside.casework.people.queries.disputed import Marks, mark_of

OVER_SHOWN = 50
"""How many closed actions the plan shows, the newest first."""


@dataclass(frozen=True)
class PapersPage:
    """A case, and those of its meetings that have papers, the newest first."""

    case: Case
    meetings: list[Meeting]


@dataclass(frozen=True)
class Expecting:
    """What is filled into the paper for the person: who leads, and the meeting that comes next."""

    case: Case
    leading: Leading
    next_meeting: Meeting | None


@dataclass(frozen=True)
class Planning:
    """A case with everything still to do, by due date, and the latest of what is closed."""

    case: Case
    to_do: list[Action]
    over: list[Action]


@dataclass(frozen=True)
class Reporting:
    """What agencies said before a meeting, and which organisation reads."""

    page: ReportsPage
    organisation: str


@dataclass(frozen=True)
class Confiding:
    """Who is bound by the confidentiality statement.

    Attributes:
        meeting: at which meeting.
        agencies: those that take part, and those that no longer do.
        accepted: invitations that were accepted, by the id of the organisation: the last counts.
        invited: who is invited to the meeting.
        purpose: what the reader works for, as the area pack declares it; None where it declares none.
    """

    meeting: Meeting
    agencies: list[CaseAgency]
    accepted: dict[UUID, Invitation]
    invited: list[Invited]
    purpose: Purpose | None


@dataclass(frozen=True)
class Recording:
    """A meeting whole.

    Attributes:
        page: its minutes.
        decisions: what was decided from its beginning until the next meeting, with options and positions.
        actions: what was written down to be done in that time.
    """

    page: MinutesPage
    decisions: list[DecisionPage]
    actions: list[Action]


@query(records=True)
def papers_page(*, actor: Actor, case_id: UUID) -> PapersPage:
    """Return which papers a case has, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return PapersPage(case, list(case.meetings.filter(cancelled_at=None).order_by("-begins_at", "-number")))


@query(records=True)
def expecting(*, actor: Actor, case_id: UUID, form: Form, at: datetime) -> Expecting:
    """Return what is filled into the paper for the person, and record that it was taken.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    to_come = case.meetings.filter(cancelled_at=None, begins_at__gt=at, case__stage=Stage.OPEN)
    _taken(actor, case, Paper.WHAT_TO_EXPECT, form, ("case", case.id))
    return Expecting(case, leading_now(case), to_come.order_by("begins_at").first())


@query(records=True)
def planning(*, actor: Actor, case_id: UUID, form: Form) -> Planning:
    """Return what there is to do in a case, for its action plan, and record that it was taken.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    of_case = Action.objects.filter(case=case).select_related("owner__user", "owner__organisation")
    _taken(actor, case, Paper.ACTION_PLAN, form, ("case", case.id))
    return Planning(
        case=case,
        to_do=list(of_case.to_do().order_by("due", "written_at", "id")),
        over=list(of_case.exclude(status__in=OPEN).order_by("-ended_at", "id")[:OVER_SHOWN]),
    )


@query(records=True)
def reporting(*, actor: Actor, meeting_id: UUID, form: Form) -> Reporting:
    """Return what agencies said before a meeting, and record that the paper was taken.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    page = reports_page(actor=actor, meeting_id=meeting_id)
    _taken(actor, page.meeting.case, Paper.AGENCY_REPORT, form, ("meeting", meeting_id))
    return Reporting(page, actor.organisation_name)


@query(records=True)
def confiding(*, actor: Actor, meeting_id: UUID, form: Form) -> Confiding:
    """Return who is bound by the confidentiality statement, and record that it was taken.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    accepted = Invitation.objects.filter(case=meeting.case_id, state=Answered.ACCEPTED)
    _taken(actor, meeting.case, Paper.CONFIDENTIALITY, form, ("meeting", meeting.id))
    return Confiding(
        meeting=meeting,
        agencies=list(
            CaseAgency.objects.filter(case=meeting.case_id)
            .select_related("organisation")
            .order_by("organisation__name", "since")
        ),
        accepted={each.organisation_id: each for each in accepted.order_by("answered_at", "id")},
        invited=list(meeting.invited.order_by("organisation__name", "name")),
        purpose=next((each for each in declared() if each.code == actor.purpose), None),
    )


@query(records=True)
def recording(*, actor: Actor, meeting_id: UUID, form: Form) -> Recording:
    """Return a meeting with its minutes, decisions and actions, and record that the paper was taken.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    then = _from_then_on(meeting)
    _taken(actor, meeting.case, Paper.RECORD, form, ("meeting", meeting.id))
    page = minutes_of(actor, meeting, writes=False)
    return Recording(
        page=page,
        decisions=_decisions(meeting.case_id, then, page.disputed),
        actions=list(
            Action.objects.filter(then, case=meeting.case_id)
            .select_related("owner__user", "owner__organisation")
            .order_by("due", "id")
        ),
    )


def _from_then_on(meeting: Meeting) -> Q:
    """What is written from a meeting's beginning until that of the next one that was not cancelled."""
    begun = Meeting.objects.filter(
        case=meeting.case_id, cancelled_at=None, begins_at__lte=OuterRef("written_at")
    )
    after = begun.filter(begins_at__gt=meeting.begins_at)
    return Q(~Exists(after), written_at__gte=meeting.begins_at)


def _decisions(case_id: UUID, then: Q, disputed: Marks) -> list[DecisionPage]:
    with_agency = DecisionPosition.objects.select_related("organisation")
    found = (
        CaseDecision.objects.filter(then, case=case_id)
        .select_related(f"case__{TO_NAME}", "capacity_record", "followed_by")
        .prefetch_related("options", Prefetch("positions", with_agency))
        .order_by("written_at", "id")
    )
    return [
        DecisionPage(
            decision=each,
            options=sorted(each.options.all(), key=lambda option: option.number),
            positions=sorted(each.positions.all(), key=lambda position: position.organisation.name),
            followed_by=each.followed_by.id if hasattr(each, "followed_by") else None,
            may_follow=False,
            disputed=mark_of(each, disputed),
        )
        for each in found
    ]


def _taken(actor: Actor, case: Case, paper: Paper, form: Form, about: tuple[str, UUID]) -> None:
    record(
        events.PAPER_TAKEN,
        actor=actor,
        person_id=case.person_id,
        paper=paper.value,
        form=form.value,
        about=about,
    )
