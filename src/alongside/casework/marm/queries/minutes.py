"""What agencies say before a meeting, who knows what, and minutes beside the previous ones."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Addendum, AgencyReport, FamilyView, Invited, Meeting, Minutes
from alongside.casework.marm.queries.family import without_risk_from_them
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.marked import marks_in
from alongside.casework.marm.queries.meetings import get_meeting, invited_to, reports_due
from alongside.casework.marm.rules.reports import GridRow, Topic, grid
from alongside.casework.operations import query
from alongside.casework.people.models import Contact, Involvement, Person
from alongside.casework.people.queries.disputed import Marks


@dataclass(frozen=True)
class ReportsPage:
    """What agencies say before a meeting.

    Attributes:
        meeting: before which.
        reports: the newest from each agency, by name.
        waiting: names of invited agencies that have said nothing.
        grid: who knows what, with a column for each report.
        due: the last day on which they are in time.
        around: who is in touch with the person, the longest first.
        may_send: whether the reader's agency is invited, and the reader speaks for it.
        disputed: what to show beside reports that the person disputes.
    """

    meeting: Meeting
    reports: list[AgencyReport]
    waiting: list[str]
    grid: list[GridRow]
    due: date
    around: list[Involvement]
    may_send: bool
    disputed: Marks


@dataclass(frozen=True)
class MinutesPage:
    """Minutes of a meeting.

    Attributes:
        meeting: of which.
        minutes: as they stand; None if nobody has written any.
        invited: who was invited, and whether they came.
        family: what people in the person's life say.
        addenda: what was added after they were closed.
        previous: the minutes of the previous meeting; None if there are none.
        contacts: for those who may write: family and friends, and what the person said about asking them.
        may_write: whether the reader may write and close them.
        may_add: whether the reader may add to them once they are closed.
        disputed: what to show beside these and the previous ones if the person disputes them.
    """

    meeting: Meeting
    minutes: Minutes | None
    invited: list[Invited]
    family: list[FamilyView]
    addenda: list[Addendum]
    previous: Minutes | None
    contacts: list[Contact]
    may_write: bool
    may_add: bool
    disputed: Marks


@query(records=True)
def reports_page(*, actor: Actor, meeting_id: UUID) -> ReportsPage:
    """Return what agencies say before a meeting, and record that the actor looked.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    reports = sorted(_newest_reports(meeting=meeting.id), key=lambda each: each.organisation.name)
    said = {each.organisation_id for each in reports}
    invited = [each for each in invited_to(meeting=meeting.id) if each.organisation_id]
    record(events.REPORTS_SEEN, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    return ReportsPage(
        meeting=meeting,
        reports=reports,
        waiting=[each.name for each in invited if each.organisation_id not in said],
        grid=grid({each.organisation.name: {Topic(topic) for topic in each.topics} for each in reports}),
        due=reports_due(meeting),
        around=_in_touch(person=meeting.case.person_id),
        may_send=meeting.cancelled_at is None
        and permissions.may_take_part(actor).allowed
        and actor.organisation_id in {each.organisation_id for each in invited},
        disputed=marks_in(meeting.case),
    )


@composed_once
def _newest_reports(*, meeting: UUID) -> QuerySet[AgencyReport]:
    sent = AgencyReport.objects.filter(meeting=meeting).select_related("organisation")
    return sent.order_by("organisation_id", "-sent_at", "-id").distinct("organisation_id")


@composed_once
def _in_touch(*, person: UUID) -> QuerySet[Involvement]:
    around = Involvement.objects.filter(person__in=Person.objects.all_of(person), until=None)
    return around.select_related("organisation").order_by("since", "organisation__name", "id")


@query(records=True)
def minutes_page(*, actor: Actor, meeting_id: UUID) -> MinutesPage:
    """Return the minutes of a meeting, and record that the actor looked.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    writes = permissions.may_minute(actor, meeting, leading_now(meeting.case).now).allowed
    return _page(actor, meeting, writes=writes)


@query(records=True)
def minutes_to_write(*, actor: Actor, meeting_id: UUID) -> MinutesPage:
    """Return the same for the form that writes in them.

    Raises:
        NotAllowedError: what is written would not be accepted.
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    require(permissions.may_minute(actor, meeting, leading_now(meeting.case).now))
    return _page(actor, meeting, writes=True)


def _page(actor: Actor, meeting: Meeting, *, writes: bool) -> MinutesPage:
    record(events.MINUTES_SEEN, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    return minutes_of(actor, meeting, writes=writes)


def minutes_of(actor: Actor, meeting: Meeting, *, writes: bool) -> MinutesPage:
    """Return the minutes of a meeting. For a query that has checked who asks, and records the look.

    Args:
        actor: who reads.
        meeting: of which.
        writes: whether they may write in them while they are open.
    """
    both = _own_and_previous(meeting=meeting.id, case=meeting.case_id, begins=meeting.begins_at)
    minutes = next((each for each in both if each.meeting_id == meeting.id), None)
    closed = minutes is not None and minutes.closed_at is not None
    may_write = writes and not closed and meeting.cancelled_at is None
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        invited=invited_to(meeting=meeting.id),
        family=_family_views(minutes=minutes.id) if minutes else [],
        addenda=_addenda(minutes=minutes.id) if minutes and closed else [],
        previous=next((each for each in both if each.meeting_id != meeting.id), None),
        contacts=list(without_risk_from_them(meeting.case, actor).order_by("name", "id"))
        if may_write
        else [],
        may_write=may_write,
        may_add=closed and permissions.may_take_part(actor).allowed,
        disputed=marks_in(meeting.case),
    )


@composed_once
def _own_and_previous(*, meeting: UUID, case: UUID, begins: datetime) -> QuerySet[Minutes]:
    """Those of a meeting, and of the last one before it that was not cancelled."""
    before = Minutes.objects.filter(
        meeting__case=case, meeting__begins_at__lt=begins, meeting__cancelled_at=None
    ).exclude(meeting=meeting)
    newest = before.order_by("-meeting__begins_at", "-meeting__number").values("id")[:1]
    own_or_previous = Q(meeting=meeting) | Q(id=Subquery(newest))
    return Minutes.objects.filter(own_or_previous).select_related("meeting")


@composed_once
def _family_views(*, minutes: UUID) -> QuerySet[FamilyView]:
    return FamilyView.objects.filter(minutes=minutes).order_by("at", "id")


@composed_once
def _addenda(*, minutes: UUID) -> QuerySet[Addendum]:
    return Addendum.objects.filter(minutes=minutes).select_related("organisation").order_by("at", "id")
