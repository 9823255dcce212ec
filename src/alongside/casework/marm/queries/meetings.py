"""Meetings of a case, who could be invited to one and why, and when the first is due."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import leaf, rows_between
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, Invited, Lead, Meeting, MeetingAsked, Minutes
from alongside.casework.marm.queries.agencies import in_touch_with, taking_part
from alongside.casework.marm.queries.diary import clashes_of
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.family import who_may_come
from alongside.casework.marm.queries.leading import leading_now, names_of_who_may_work, who_may_work
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.clocks import due, reports_by
from alongside.casework.marm.rules.diary import Clash
from alongside.casework.marm.rules.meetings import chair_is_gone
from alongside.casework.marm.rules.stages import Stage, Urgency
from alongside.casework.operations import query
from alongside.casework.people.models import Involvement, Whole
from alongside.casework.people.queries.whole import whole

MEETINGS_AT_ONCE = 20
"""How many meetings of a case a page shows."""


@dataclass(frozen=True)
class MeetingsPage:
    """Some of the ``count`` meetings of a case, after ``passed_over``, the newest first.

    Attributes:
        case: whose.
        asked: requests for a meeting.
        meetings: those of this page.
        first_due: when the first was or is due.
        first: the earliest that was not cancelled, if any.
        may_ask: whether the reader may ask for one.
        may_set: whether the reader may set one.
        answers_urgent: whether the reader may answer an urgent request that whoever leads declined.
    """

    case: Case
    asked: list[MeetingAsked]
    meetings: list[Meeting]
    first_due: datetime
    first: Meeting | None
    may_ask: bool
    may_set: bool
    answers_urgent: bool
    count: int
    passed_over: int


@dataclass(frozen=True)
class CouldCome:
    """Who could be invited, and why: an agency by its id, or somebody in the person's life by their name."""

    organisation_id: UUID | None
    name: str
    why: str
    permission: str = ""
    """What the person said of speaking with them; empty for an agency."""
    permission_words: str = ""

    @property
    def key(self) -> str:
        """What a form calls them."""
        return str(self.organisation_id or self.name)


@dataclass(frozen=True)
class ToSet:
    """What a form for a meeting needs to know.

    Attributes:
        case: about which case.
        person: around whom, by all their records.
        could_come: agencies taking part, and people in the person's life the person lets us speak with.
        not_here: agencies in touch that take no part: they are brought in first.
        chairs: who may chair: membership and name; never whoever leads, nor the reader if they cover.
        chair: the manager of whoever leads or acts, if they may chair.
    """

    case: Case
    person: Whole
    could_come: list[CouldCome]
    not_here: list[str]
    chairs: list[tuple[UUID, str]]
    chair: UUID | None


@dataclass(frozen=True)
class MeetingToChange:
    """A meeting as it is set, and who may chair it: membership and name."""

    meeting: Meeting
    chairs: list[tuple[UUID, str]]


@dataclass(frozen=True)
class MeetingPage:
    """One meeting.

    Attributes:
        meeting: which.
        invited: who is invited, with their answers.
        reports_by: by when agencies send what they know.
        clashes: who of those needed is away that day, or at another meeting then.
        chair_leads: whether the chair has come to lead since it was set.
        chair_gone: whether, on that day, the chair no longer works in the case.
        not_to_come: names of those in the person's life who are invited, and would not be today.
        ours: the invitation of the reader's agency, if it has one.
        may_set: whether the reader may change or cancel it.
        stands: whether it has not been cancelled, its minutes are still open, and so is the case.
    """

    meeting: Meeting
    invited: list[Invited]
    reports_by: date
    clashes: list[Clash]
    chair_leads: bool
    chair_gone: bool
    not_to_come: frozenset[str]
    ours: Invited | None
    may_set: bool
    stands: bool


@query(records=True)
def meetings_page(*, actor: Actor, case_id: UUID, begins: int = 0) -> MeetingsPage:
    """Return a page of the meetings of a case, after an offset, and record that the actor looked.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    shown = leaf(partial(_meetings, case.id), begins, MEETINGS_AT_ONCE)
    held = _earliest(case=case.id) if shown.rows else []
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return MeetingsPage(
        case=case,
        asked=_asked(case=case.id),
        answers_urgent=permissions.may_coordinate_case(actor, case).allowed,
        meetings=shown.rows,
        first_due=first_due(case),
        first=next(iter(held), None),
        may_ask=case.stage == Stage.OPEN and permissions.may_take_part(actor).allowed,
        may_set=case.stage == Stage.OPEN
        and permissions.may_steer(actor, case, leading_now(case).now).allowed,
        count=shown.count,
        passed_over=shown.passed_over,
    )


def _meetings(case: UUID, after: int, until: int) -> list[Meeting]:
    return _some_meetings(case=case, after=after, until=until)


@composed_once
def _some_meetings(*, case: UUID, after: int, until: int) -> QuerySet[Meeting]:
    newest = Meeting.objects.filter(case=case).select_related("chair__user").order_by("-begins_at", "-number")
    return rows_between(newest, after=after, until=until)


@composed_once
def _earliest(*, case: UUID) -> QuerySet[Meeting]:
    return Meeting.objects.filter(case=case, cancelled_at=None).order_by("begins_at", "number")[:1]


@composed_once
def _asked(*, case: UUID) -> QuerySet[MeetingAsked]:
    asked = MeetingAsked.objects.filter(case=case).select_related("organisation", "meeting")
    return asked.order_by("-asked_at", "-id")


def first_due(case: Case) -> datetime:
    """Return when the first meeting is due, counted from when the case was asked for."""
    limits = marm_pack().clocks.first_meeting
    return due(case.asked_at, limits.high if case.urgency == Urgency.HIGH else limits.other)


@query(records=True)
def to_set(*, actor: Actor, case_id: UUID, day: date) -> ToSet:
    """Return what is needed to set a meeting, and record that the actor looked.

    Raises:
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates the case.
        NotFoundError: there is no such case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    case = get_case(actor=actor, case_id=case_id)
    now = leading_now(case)
    require(permissions.may_steer(actor, case, now.now))
    named = _chairs(case, day, who_may_not_chair(actor, now.now))
    manager = now.now.member.manager_id if now.now else None
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    could, not_here = could_come(case, actor)
    return ToSet(
        case=case,
        person=whole(case.person),
        could_come=could,
        not_here=not_here,
        chairs=named,
        chair=manager if manager in dict(named) else None,
    )


def _chairs(case: Case, day: date, but: list[UUID]) -> list[tuple[UUID, str]]:
    chairs = names_of_who_may_work(case, day, but=but)
    return [(id_, f"{name}, {organisation}") for id_, name, organisation in chairs]


def who_may_chair(case: Case, day: date, but: list[UUID]) -> MembershipQuerySet:
    """Return the members who may chair: all in the case's agencies who work on cases, but some accounts."""
    return who_may_work(case, day).exclude(user_id__in=but)


def who_may_not_chair(actor: Actor, leader: Lead | None, *, chosen: Meeting | None = None) -> list[UUID]:
    """Return the accounts that the actor may not choose to chair: of the lead, and theirs if they cover.

    In the guidance the lead's manager chairs (source 002), since nobody judges their own work alone. Whoever
    does that work for a lead who is away may not name themself either; if others chose them, they stay.
    """
    if leader is None:
        return []
    stays = chosen is not None and chosen.chair.user_id == actor.user_id
    themself = [actor.account] if leader.member_id in actor.covers and not stays else []
    return [leader.member.user_id, *themself]


@query(records=True)
def meeting_page(*, actor: Actor, meeting_id: UUID) -> MeetingPage:
    """Return one meeting, and record that the actor looked.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    return _page(actor, get_meeting(actor=actor, meeting_id=meeting_id))


@query(records=True)
def meeting_to_steer(*, actor: Actor, meeting_id: UUID) -> MeetingPage:
    """Return the same for the form that cancels it.

    Raises:
        NotAllowedError: the form would not be accepted.
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    require(permissions.may_steer(actor, meeting.case, leading_now(meeting.case).now))
    return _page(actor, meeting)


@query(records=True)
def meeting_to_change(*, actor: Actor, meeting_id: UUID, day: date) -> MeetingToChange:
    """Return a meeting for the form that changes it, and record that the actor looked.

    Raises:
        NotAllowedError: the form would not be accepted.
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
    """
    require(permissions.may_read_cases(actor))
    meeting = get_meeting(actor=actor, meeting_id=meeting_id)
    now = leading_now(meeting.case)
    require(permissions.may_steer(actor, meeting.case, now.now))
    record(events.MEETING_SEEN, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    but = who_may_not_chair(actor, now.now, chosen=meeting)
    return MeetingToChange(meeting, _chairs(meeting.case, day, but))


def _page(actor: Actor, meeting: Meeting) -> MeetingPage:
    invited = invited_to(meeting=meeting.id)
    now = leading_now(meeting.case)
    leader = now.now
    closed = any(vars(each)["minutes_closed"] for each in invited)
    stands = meeting.cancelled_at is None and not closed and meeting.case.stage == Stage.OPEN
    record(events.MEETING_SEEN, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    return MeetingPage(
        meeting=meeting,
        invited=invited,
        reports_by=reports_due(meeting),
        clashes=clashes_of(meeting, invited=invited, leader=leader, actor=actor)
        if meeting.cancelled_at is None
        else [],
        chair_leads=now.lead is not None and now.lead.member.user_id == meeting.chair.user_id,
        chair_gone=stands and _chair_is_gone(meeting),
        not_to_come=_not_to_come(actor, meeting, invited) if stands else frozenset(),
        ours=next((each for each in invited if each.organisation_id == actor.organisation_id), None),
        may_set=stands and permissions.may_steer(actor, meeting.case, now.now).allowed,
        stands=stands,
    )


def _chair_is_gone(meeting: Meeting) -> bool:
    return chair_is_gone(
        meeting.chair.active_to,
        timezone.localdate(meeting.begins_at),
        takes_part=meeting.chair.organisation_id in meeting.case.taking_part,
    )


def _not_to_come(actor: Actor, meeting: Meeting, invited: list[Invited]) -> frozenset[str]:
    family = frozenset(each.name for each in invited if each.organisation_id is None)
    return family - {each.name for each in who_may_come(meeting.case, actor)} if family else family


def minutes_are_closed(meeting: Meeting) -> bool:
    """Whether its minutes are closed: then nobody may move or cancel the meeting, or answer it.

    For a query or command that has checked who asks.
    """
    return bool(_closed(meeting=meeting.id))


@composed_once
def _closed(*, meeting: UUID) -> QuerySet[Minutes]:
    return Minutes.objects.filter(meeting=meeting, closed_at__isnull=False)


def reports_due(meeting: Meeting) -> date:
    """Return by when agencies send what they know: the day the meeting was set, if it is that soon."""
    return reports_by(meeting.begins_at, meeting.set_at, marm_pack().clocks.agency_reports_due)


def get_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """Return a meeting.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part in its case.
    """
    found = row_of_case(
        Meeting, meeting_id, "case__person", "chair__user", "chair__organisation", actor=actor
    )
    if found is None:
        raise NotFoundError(_("There is no such meeting about a case that your organisation takes part in."))
    return found


@composed_once
def invited_to(*, meeting: UUID) -> QuerySet[Invited]:
    """Return who was invited to a meeting, by agency, each with whether its minutes are closed.

    For a query that has checked who asks; without it the page of a meeting makes one query more.
    """
    closed = Minutes.objects.filter(meeting=OuterRef("meeting"), closed_at__isnull=False)
    theirs = Invited.objects.filter(meeting=meeting).annotate(minutes_closed=Exists(closed))
    return theirs.order_by("organisation__name", "name")


def lock_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """Return a meeting as ``get_meeting`` does, locked until the transaction ends."""
    get_meeting(actor=actor, meeting_id=meeting_id)
    Meeting.objects.select_for_update(of=("self",), no_key=True).get(id=meeting_id)
    return get_meeting(actor=actor, meeting_id=meeting_id)  # read again, once it is locked


def could_come(case: Case, actor: Actor) -> tuple[list[CouldCome], list[str]]:
    """Return who could be invited, and the names of agencies in touch that take no part.

    For a query or command that has checked who asks.
    """
    in_touch = {each.organisation_id: each for each in in_touch_with(person=case.person_id)}
    agencies = [
        CouldCome(each.organisation_id, each.organisation.name, _why(in_touch.get(each.organisation_id)))
        for each in taking_part(case=case.id)
    ]
    family = [
        CouldCome(None, each.name, each.relationship, each.permission, each.permission_words)
        for each in who_may_come(case, actor)
    ]
    not_here = {
        each.organisation.name for each in in_touch.values() if each.organisation_id not in case.taking_part
    }
    return agencies + family, sorted(not_here)


def _why(involvement: Involvement | None) -> str:
    if involvement is None:
        return "takes part"
    said = ", ".join(filter(None, [involvement.service, involvement.how_often]))
    return f"in touch: {said}" if said else "in touch"
