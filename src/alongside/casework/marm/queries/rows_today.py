"""Rows of what waits in cases, all of one shape, so that one query gets all of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Case as Match
from django.db.models.functions import JSONObject

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import (
    Action,
    ActionNudge,
    AgencyReport,
    Case,
    CaseDecision,
    DeclineReview,
    DisputeRung,
    HarmNoted,
    Invited,
    Lead,
    Meeting,
    MeetingAsked,
    Minutes,
    SteppedBack,
)
from alongside.casework.marm.permissions import LEADS
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.queries.rows_alike import NOBODY, alike
from alongside.casework.marm.queries.rows_besides import audits, drift, invitations, remains
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.disputes import CameOf
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE, OWNER_MANAGER
from alongside.casework.marm.rules.stages import HAPPENS, STANDING, Stage, Urgency
from alongside.casework.people.models import Person

_LEADS = Q(until=None, declined_at=None, accepted_at__isnull=False)


@composed_once
def rows_of_the_day(
    takes_part: bool,
    coordinates: bool,
    /,
    *,
    organisation: UUID,
    account: UUID,
    covers: list[UUID],
    name: str,
    day: date,
    lately: datetime,
    begun: datetime,
    soon: datetime,
) -> QuerySet[Any, Any]:
    """The same columns from every table: what kind, id, who is meant, when, and why it waits.

    Whoever takes part in no case may still be named to look into some, and co-ordinators see what drifts.

    ``covers``: the memberships of those whom the reader covers for. ``lately``: what was answered since is
    told to whoever asked, and what was cancelled since to those invited. ``begun`` and ``soon``: meetings
    between; before ``begun``, what agencies differ about is late.
    """
    looked_into = audits(organisation, account, day)
    if not takes_part:
        return looked_into.order_by("moment", "row_id")
    parts = [
        invitations(organisation, name, lately), _actions(organisation, account, covers, day, lately),
        _decisions(organisation, account, covers, day), _reviews(organisation, account, lately),
        _asked(organisation, account, lately, begun), _meetings(organisation, account, lately, begun, soon),
        _called_off(organisation, begun), _disputes(organisation, account, lately),
        remains(organisation, name, lately), looked_into,
    ]  # fmt: skip
    if coordinates:
        parts.append(drift(account))
    every = _cases(organisation, account, day, lately).union(*parts, all=True)
    return every.order_by("moment", "row_id")


def _cases(organisation: UUID, account: UUID, day: date, lately: datetime) -> QuerySet[Any, Any]:
    leads = Lead.objects.filter(case=OuterRef("id"), until=None, declined_at=None)
    away = Absence.objects.on(day).filter(membership=OuterRef("member"))
    able = Membership.objects.present_on(day).who_may(LEADS).trained_on(day, course=NEEDED)
    covers = away.filter(cover__in=able.values("id"))
    not_there = (
        leads.exclude(accepted_at=None)
        .filter(Exists(away) | Q(member__active_to__lte=day))
        .filter(~Exists(covers) | Q(member__active_to__lte=day))
    )
    there = ExpressionWrapper(
        ~Exists(away) & (Q(member__active_to=None) | Q(member__active_to__gt=day)),
        output_field=BooleanField(),
    )
    # the days first: whether somebody died is looked up in all their records
    check_back = Q(ending__check_back_on__lte=day, ending__checked_on=None) & ~Q(
        Person.objects.has_died("person_id")
    )
    harm = HarmNoted.objects.filter(case=OuterRef("id"), answered_at=None)
    cases = Case.objects.filter(
        Q(stage__in=STANDING)
        | check_back
        | Exists(harm)
        | Q(stage=Stage.DECLINED, settled_at__gte=lately, asked_by_id=account),
        ~about_themself(account, "person"),
        taking_part__contains=[organisation],
    )
    return alike(
        cases, "case", Person.objects.goes_by("person"), "asked_at", stage="stage", urgency="urgency",
        lately=ExpressionWrapper(Q(settled_at__gte=lately), output_field=BooleanField()),
        asked_by="asked_by_id", coordinating="coordinating_id", ended_by="ending__ended_by_id",
        leads=ArraySubquery(leads.values(of=JSONObject(
            user="member__user_id", member="member_id", acting="acting", accepted="accepted_at", there=there,
        ))),
        harm=ArraySubquery(harm.values("noted_by_id")),
        check_back=ExpressionWrapper(check_back, output_field=BooleanField()),
        check_back_on="ending__check_back_on",
        stepped_back=Exists(SteppedBack.objects.filter(case=OuterRef("id"), answered_at=None)),
        away=ArraySubquery(not_there.values(
            of=JSONObject(name="member__user__name", manager="member__manager__user_id"))),
    )  # fmt: skip


def _actions(
    organisation: UUID, account: UUID, covers: Any, day: date, lately: datetime
) -> QuerySet[Any, Any]:
    """Actions of the actor, of those they manage, and of cases they lead or cover the lead of.

    Also those so late that the night's work told others in the organisation: managers, where the owner has
    none who is there, and co-ordinators.

    Owners and dates are given as lists, without a join, so that PostgreSQL applies them before it checks the
    wall, row by row, for actions that nobody waits for.
    """
    whose = Membership.objects.filter(Q(user_id=account) | Q(manager__user_id=account))
    left = Membership.objects.filter(active_to__lte=day)
    leads = Membership.objects.filter(Q(user_id=account) | Q(among("id", covers)))
    led = Lead.objects.filter(_LEADS, among("member_id", ArraySubquery(leads.values("id"))))
    told = ActionNudge.objects.filter(
        Q(to=OWNER_MANAGER, action__owner__organisation_id=organisation)
        | Q(to=DISPUTE_ROUTE, action__case__coordinating_id=organisation),
        action__ended_at=None,
    )
    # with the case an action goes on, or stops at the same moment
    with_case = Q(case__ending__ended_at__gte=lately) & (
        Q(ended_at=None) | Q(ended_at=F("case__ending__ended_at"))
    )
    presses = (
        Q(due__lte=day)
        | Q(review__lt=day)
        | Q(status=Status.PROPOSED)
        | Q(among("owner_id", ArraySubquery(left.values("id"))))
    )
    pressing = Action.objects.filter(
        Q(among("owner_id", ArraySubquery(whose.values("id"))))
        | Q(among("case_id", ArraySubquery(led.values("case_id"))))
        | Q(among("id", ArraySubquery(told.values("action_id")))),
        Q(ended_at=None) & presses | with_case,
        ~about_themself(account, "case__person"),
        case__stage__in=HAPPENS, case__taking_part__contains=[organisation],
    )  # fmt: skip
    manager = Membership.objects.present_on(day).filter(id=OuterRef("owner__manager_id"))
    manages = Membership.objects.on(day).filter(
        organisation_id=OuterRef("owner__organisation_id"), roles__contains=["manager"]
    )
    return alike(
        pressing, "action", Person.objects.goes_by("case__person"), "due", owner="owner__user__name",
        owner_id="owner__user_id", manager="owner__manager__user_id", left="owner__active_to", due="due",
        review="review", status="status", ended="ended_at",
        with_case=ExpressionWrapper(with_case, output_field=BooleanField()),
        ended_by="case__ending__ended_by_id", owner_of="owner__organisation_id",
        coordinating="case__coordinating_id", manager_there=Exists(manager), managed=Exists(manages),
        told=ArraySubquery(ActionNudge.objects.filter(action=OuterRef("id")).values("to")),
        leads=_who_leads("case_id"),
    )  # fmt: skip


def _decisions(organisation: UUID, account: UUID, covers: Any, day: date) -> QuerySet[Any, Any]:
    theirs = Q(member__user_id=account, member__organisation_id=organisation)
    leads = _leads("case_id").filter(theirs | Q(among("member_id", covers)))
    newer = CaseDecision.objects.filter(follows=OuterRef("id"))
    overdue = CaseDecision.objects.filter(
        ~Exists(newer),
        ~about_themself(account, "case__person"),
        Exists(leads),
        review_on__lt=day,
        case__stage=Stage.OPEN,
    )
    return alike(
        overdue, "decision", Person.objects.goes_by("case__person"), "review_on", review_on="review_on"
    )


def _reviews(organisation: UUID, account: UUID, lately: datetime) -> QuerySet[Any, Any]:
    found = DeclineReview.objects.filter(
        ~about_themself(account, "person"),
        Q(answered_at=None, organisation_id=organisation)
        | Q(answered_at__gte=lately, asked_by_ids__contains=[account]),
    )
    return alike(
        found, "review", Person.objects.goes_by("person"), "raised_at",
        answered="answered_at", outcome="outcome", not_they=F("declined_by_ids"), asked="asked_by_ids",
    )  # fmt: skip


def _asked(organisation: UUID, account: UUID, lately: datetime, begun: datetime) -> QuerySet[Any, Any]:
    """Requests for a meeting that wait, and the actor's own that were recently met or declined."""
    is_set = Q(meeting__isnull=False, meeting__cancelled_at=None)
    waits = (
        Q(declined_at=None)
        | Q(urgency=Urgency.HIGH, stands_at=None)
        | Q(declined_at__gte=lately, asked_by_id=account)
    )
    own = Q(met_at__gte=lately, meeting__begins_at__gte=begun, asked_by_id=account)
    found = MeetingAsked.objects.filter(
        ~is_set & waits | is_set & own,
        ~about_themself(account, "case__person"), case__stage=Stage.OPEN,
        case__taking_part__contains=[organisation],
    )  # fmt: skip
    return alike(
        found, "asked", Person.objects.goes_by("case__person"), "asked_at", case="case_id", urgency="urgency",
        asked_by="asked_by_id", declined="declined_at", stands="stands_at",
        met=Match(When(is_set, then=F("meeting_id"))), begins="meeting__begins_at",
        coordinating="case__coordinating_id",
        leads=_who_leads("case_id"),
    )  # fmt: skip


def _meetings(
    organisation: UUID, account: UUID, lately: datetime, begun: datetime, soon: datetime
) -> QuerySet[Any, Any]:
    invited = Invited.objects.filter(meeting=OuterRef("id")).order_by("name")
    closed = Minutes.objects.filter(meeting=OuterRef("id"), closed_at__isnull=False)
    reports = AgencyReport.objects.filter(meeting=OuterRef("id"), organisation_id=organisation)
    unanswered = invited.filter(organisation_id=organisation, coming=Coming.NOT_YET)
    is_soon = Q(begins_at__lt=soon)
    # what waits for an answer waits however far off it is; a cancelled one is told until it would have begun
    stands = Q(is_soon | Exists(unanswered), cancelled_at=None, case__stage=Stage.OPEN)
    meetings = Meeting.objects.filter(
        stands | Q(cancelled_at__gte=lately),
        ~about_themself(account, "case__person"), ~Exists(closed),
        begins_at__gte=begun, case__taking_part__contains=[organisation],
    )  # fmt: skip
    return alike(
        meetings, "meeting", Person.objects.goes_by("case__person"), "begins_at",
        set_at="set_at", chair="chair__user_id", chair_left="chair__active_to",
        chair_of="chair__organisation_id", taking_part="case__taking_part",
        coordinating="case__coordinating_id",
        leads=_who_leads("case_id"),
        reported=Exists(reports), cancelled="cancelled_at",
        soon=ExpressionWrapper(is_soon, output_field=BooleanField()),
        invited=ArraySubquery(invited.values(of=JSONObject(
            organisation="organisation_id", name="name", coming="coming", answered_by="answered_by_id"))),
    )  # fmt: skip


def _called_off(organisation: UUID, begun: datetime) -> QuerySet[Any, Any]:
    """Cancelled meetings of cases that the agency no longer sees: when they were to be, and no more."""
    seen = Meeting.objects.filter(id=OuterRef("meeting_id"), case__taking_part__contains=[organisation])
    gone = Invited.objects.filter(~Exists(seen), organisation_id=organisation, would_have_begun_at__gte=begun)
    return alike(gone, "called_off", NOBODY, "would_have_begun_at")


def _disputes(organisation: UUID, account: UUID, lately: datetime) -> QuerySet[Any, Any]:
    """Steps that are not over, and disputes that recently were: for some of those who see the case."""
    over = Q(came__in=[CameOf.SETTLED, CameOf.DECIDED], came_at__gte=lately)
    found = DisputeRung.objects.filter(
        Q(came="") | over, ~about_themself(account, "dispute__case__person"),
        dispute__case__taking_part__contains=[organisation],
    )  # fmt: skip
    return alike(
        found, "dispute", Person.objects.goes_by("dispute__case__person"), "due_at", dispute="dispute_id",
        against="dispute__against_id", number="number", came_at="came_at", came_by="came_by_id",
        raised_by="dispute__raised_by_id", coordinating="dispute__case__coordinating_id",
        leads=_who_leads("dispute__case_id"),
    )  # fmt: skip


def _leads(case: str) -> QuerySet[Lead]:
    """Who leads a case, or acts until somebody does."""
    return Lead.objects.filter(_LEADS, case=OuterRef(case))


def _who_leads(case: str) -> ArraySubquery:
    """The same, as ``leads_now`` reads it."""
    who = JSONObject(user="member__user_id", member="member_id")
    return ArraySubquery(_leads(case).values(of=who))


def stands_for(actor: Actor, lead: dict[str, Any]) -> bool:
    """Whether this lead is the actor, or away with the actor covering."""
    return lead["user"] == str(actor.account) or UUID(lead["member"]) in actor.covers


def leads_now(actor: Actor, facts: dict[str, Any]) -> bool:
    """Whether the actor leads the case of a row or acts, or covers for whoever does."""
    return any(stands_for(actor, each) for each in facts["leads"])
