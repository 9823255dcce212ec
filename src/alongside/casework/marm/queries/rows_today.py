"""Rows of what waits in cases, all of one shape, so that one query gets all of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import (
    Action,
    AgencyReport,
    Case,
    CaseDecision,
    DeclineReview,
    DisputeRung,
    HarmNoted,
    Invitation,
    Invited,
    Lead,
    Meeting,
    MeetingAsked,
    Minutes,
    SharedRisk,
    SteppedBack,
)
from alongside.casework.marm.permissions import LEADS
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.rules.actions import Status
from alongside.casework.marm.rules.invitations import Answered
from alongside.casework.marm.rules.meetings import Coming
from alongside.casework.marm.rules.stages import HAPPENS, STANDING, Stage, Urgency
from alongside.casework.people.models import Person

_LEADS = Q(until=None, declined_at=None, accepted_at__isnull=False)


@composed_once
def rows_of_the_day(
    *,
    organisation: UUID,
    account: UUID,
    covers: list[UUID],
    day: date,
    lately: datetime,
    begun: datetime,
    soon: datetime,
) -> QuerySet[Any, Any]:
    """The same columns from every table: what kind, id, who is meant, when, and why it waits.

    ``covers``: the memberships of those whom the reader covers for. ``lately``: what was answered since is
    told to whoever asked, and what was cancelled since to those invited. ``begun`` and ``soon``: meetings
    between; before ``begun``, what agencies differ about is late.
    """
    every = _cases(organisation, account, day, lately).union(
        _invitations(organisation), _actions(organisation, account, covers, day),
        _decisions(organisation, account, covers, day), _reviews(organisation, account, lately),
        _asked(organisation, account, lately), _meetings(organisation, account, lately, begun, soon),
        _called_off(organisation, begun), _disputes(organisation, account, begun), _remains(organisation),
        all=True,
    )  # fmt: skip
    return every.order_by("moment", "row_id")


def _alike(rows: QuerySet[Any], kind: str, name: Combinable, when: str, **facts: Any) -> QuerySet[Any, Any]:
    alike: QuerySet[Any] = rows.order_by().annotate(
        of_kind=Value(kind),
        row_id=F("id"),
        whom=name,
        moment=Cast(when, DateTimeField()),
        facts=JSONObject(**facts),
    )
    return alike.values_list("of_kind", "row_id", "whom", "moment", "facts")


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
    check_back = Q(
        ~Person.objects.has_died("person_id"), ending__check_back_on__lte=day, ending__checked_on=None
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
    return _alike(
        cases, "case", Person.objects.goes_by("person"), "asked_at", stage="stage", urgency="urgency",
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


def _invitations(organisation: UUID) -> QuerySet[Any, Any]:
    waiting = Invitation.objects.filter(organisation_id=organisation, state=Answered.ASKED)
    return _alike(waiting, "invitation", F("who"), "invited_at", **{"from": "from_organisation__name"})


def _actions(organisation: UUID, account: UUID, covers: Any, day: date) -> QuerySet[Any, Any]:
    """Actions of the actor, of those they manage, and of cases they lead or cover the lead of.

    Owners and dates are given as lists, without a join, so that PostgreSQL applies them before it checks the
    wall, row by row, for actions that nobody waits for.
    """
    whose = Membership.objects.filter(Q(user_id=account) | Q(manager__user_id=account))
    left = Membership.objects.filter(active_to__lte=day)
    leads = Membership.objects.filter(Q(user_id=account) | Q(among("id", covers)))
    led = Lead.objects.filter(_LEADS, among("member_id", ArraySubquery(leads.values("id"))))
    pressing = Action.objects.filter(
        Q(among("owner_id", ArraySubquery(whose.values("id"))))
        | Q(among("case_id", ArraySubquery(led.values("case_id")))),
        Q(due__lt=day) | Q(review__lt=day) | Q(status=Status.PROPOSED)
        | Q(among("owner_id", ArraySubquery(left.values("id")))),
        ~about_themself(account, "case__person"), ended_at=None,
        case__stage__in=HAPPENS, case__taking_part__contains=[organisation],
    )  # fmt: skip
    return _alike(
        pressing, "action", Person.objects.goes_by("case__person"), "due", owner="owner__user__name",
        owner_id="owner__user_id", manager="owner__manager__user_id", left="owner__active_to", due="due",
        review="review", status="status",
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
    return _alike(
        overdue, "decision", Person.objects.goes_by("case__person"), "review_on", review_on="review_on"
    )


def _reviews(organisation: UUID, account: UUID, lately: datetime) -> QuerySet[Any, Any]:
    found = DeclineReview.objects.filter(
        ~about_themself(account, "person"),
        Q(answered_at=None, organisation_id=organisation)
        | Q(answered_at__gte=lately, asked_by_ids__contains=[account]),
    )
    return _alike(
        found, "review", Person.objects.goes_by("person"), "raised_at",
        answered="answered_at", outcome="outcome", not_they=F("declined_by_ids"), asked="asked_by_ids",
    )  # fmt: skip


def _asked(organisation: UUID, account: UUID, lately: datetime) -> QuerySet[Any, Any]:
    """Requests for a meeting that wait, and the actor's own that were recently declined."""
    unmet = MeetingAsked.objects.filter(
        Q(meeting=None) | Q(meeting__cancelled_at__isnull=False),
        ~about_themself(account, "case__person"), case__stage=Stage.OPEN,
        case__taking_part__contains=[organisation],
    ).filter(
        Q(declined_at=None)
        | Q(urgency=Urgency.HIGH, stands_at=None)
        | Q(declined_at__gte=lately, asked_by_id=account)
    )  # fmt: skip
    return _alike(
        unmet, "asked", Person.objects.goes_by("case__person"), "asked_at", case="case_id", urgency="urgency",
        asked_by="asked_by_id", declined="declined_at", stands="stands_at",
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
    return _alike(
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
    return _alike(gone, "called_off", Value("", output_field=CharField()), "would_have_begun_at")


def _disputes(organisation: UUID, account: UUID, begun: datetime) -> QuerySet[Any, Any]:
    stands = DisputeRung.objects.filter(
        Q(due_at__lte=begun) | Q(dispute__against_id=organisation),
        ~about_themself(account, "dispute__case__person"), came="",
        dispute__case__taking_part__contains=[organisation],
    )  # fmt: skip
    return _alike(
        stands, "dispute", Person.objects.goes_by("dispute__case__person"), "due_at", dispute="dispute_id",
        against="dispute__against_id",
        raised_by="dispute__raised_by_id", coordinating="dispute__case__coordinating_id",
        leads=_who_leads("dispute__case_id"),
    )  # fmt: skip


def _remains(organisation: UUID) -> QuerySet[Any, Any]:
    waiting = SharedRisk.objects.filter(organisation_id=organisation, answered_at=None)
    return _alike(waiting, "remains", F("who"), "put_at", **{"from": "put_from__name"})


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
