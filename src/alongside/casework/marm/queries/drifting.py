"""What the nightly check for drift reads: about everybody, in sets of rows, whatever their agency."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Absence, Membership
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.marm.models import (
    Action,
    Case,
    CaseAgency,
    CaseDecision,
    Concern,
    DeclineReview,
    DriftFound,
    Lead,
    Meeting,
)
from alongside.casework.marm.permissions import LEADS
from alongside.casework.marm.queries.pack import adding_up_limits
from alongside.casework.marm.rules.adding_up import Raised, adds_up
from alongside.casework.marm.rules.clocks import start_of
from alongside.casework.marm.rules.drift import Known, OfCase
from alongside.casework.marm.rules.leading import Away, nobody_covers_since
from alongside.casework.marm.rules.reviews import Outcome
from alongside.casework.marm.rules.stages import STANDING, Stage, Urgency
from alongside.casework.people.models import Involvement, Person, Reach

Root = Callable[[UUID], UUID]


def known_of_everybody(at: datetime) -> dict[UUID, Known]:
    """Return what is known about each person about whom anything is, by the record that is read.

    For the nightly command, which checked that it is the system that asks.
    """
    root = Person.objects.who_is_read()
    known: dict[UUID, Known] = {}
    agencies: dict[UUID, set[str]] = defaultdict(set)
    died = {root(each) for each in Person.objects.exclude(died_on=None).values_list("id", flat=True)}
    lines = Involvement.objects.filter(until=None)
    for person, name in lines.values_list("person", "organisation__name").distinct():
        if root(person) not in died:
            agencies[root(person)].add(name)
    for person, names in agencies.items():
        known[person] = Known(agencies=names)
    for person, worried in _concerned(root, at).items():
        if person not in died:
            known[person] = replace(known.get(person, Known()), concerns=worried)
    of_person: dict[UUID, list[OfCase]] = defaultdict(list)
    for person, case in _cases(at):
        of_person[root(person)].append(case)
    for person, cases in of_person.items():
        known[person] = replace(known.get(person, Known()), cases=cases)
    return known


def co_ordinating_within_reach(found_at: datetime) -> dict[UUID, set[UUID]]:
    """Return, for each person about whom something was found then, who co-ordinates and can see it.

    Nobody who co-ordinates sees those who are left out. For the nightly command.
    """
    able = Membership.objects.on(timezone.localdate(found_at)).who_may(Permission.CASE_COORDINATE)
    reach = Reach.objects.filter(
        person__in=DriftFound.objects.filter(found_at=found_at).values("person"),
        organisation__in=able.values("organisation_id"),
        until=None,
    )
    see: dict[UUID, set[UUID]] = defaultdict(set)
    for person, organisation in reach.values_list("person_id", "organisation_id"):
        see[person].add(organisation)
    return dict(see)


def _concerned(root: Root, at: datetime) -> dict[UUID, tuple[str, ...]]:
    concerns: dict[UUID, list[Raised]] = defaultdict(list)
    raised = Concern.objects.order_by("raised_at")
    for key, person, name, when in raised.values_list("id", "person", "organisation__name", "raised_at"):
        concerns[root(person)].append(Raised(key, name, timezone.localdate(when)))
    limits, day = adding_up_limits(), timezone.localdate(at)
    adding = {person: adds_up(each, day=day, limits=limits) for person, each in concerns.items()}
    return {person: found.agencies for person, found in adding.items() if found}


@dataclass
class _Facts:
    """What is known about all current cases, by case."""

    agencies: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))
    overdue: dict[UUID, list[date]] = field(default_factory=lambda: defaultdict(list))
    met: set[UUID] = field(default_factory=set)
    opened: dict[UUID, datetime] = field(default_factory=dict)


def _cases(at: datetime) -> list[tuple[UUID, OfCase]]:
    """Each current case, with the person it is about."""
    facts, without, away = _facts(at), _without_lead(), _leads_away(timezone.localdate(at))
    rows = Case.objects.filter(stage__in=STANDING).values_list(
        "id", "person", "stage", "urgency", "asked_at", "settled_at"
    )
    return [
        (
            person,
            OfCase(
                stage=Stage(stage),
                asked_at=asked_at,
                urgent=urgency == Urgency.HIGH,
                opened_at=facts.opened.get(key, settled_at),
                without_lead_since=without.get(key),
                lead_away_since=away[key][0] if key in away else None,
                lead=away[key][1] if key in away else "",
                agencies=facts.agencies.get(key, ()),
                met=key in facts.met,
                overdue=facts.overdue.get(key, ()),
            ),
        )
        for key, person, stage, urgency, asked_at, settled_at in rows
    ]


def _facts(at: datetime) -> _Facts:
    facts, today = _Facts(), timezone.localdate(at)
    taking_part = CaseAgency.objects.filter(until=None, case__stage=Stage.OPEN)
    for case, name in taking_part.values_list("case", "organisation__name"):
        facts.agencies[case].add(name)
    set_or_held = Meeting.objects.filter(cancelled_at=None, case__stage=Stage.OPEN)
    facts.met = set(set_or_held.values_list("case", flat=True))
    newest = CaseDecision.objects.filter(case__stage=Stage.OPEN, review_on__lt=today)
    followed = CaseDecision.objects.exclude(follows=None).values("follows")
    for case, day in newest.exclude(id__in=followed).values_list("case", "review_on"):
        facts.overdue[case].append(day)
    actions = Action.objects.filter(case__stage=Stage.OPEN, ended_at=None, review__lt=today)
    for case, day in actions.values_list("case", "review"):
        facts.overdue[case].append(day)
    after_all = DeclineReview.objects.filter(outcome=Outcome.OPENED).values_list("case", "answered_at")
    facts.opened = {case: opened for case, opened in after_all if opened}
    return facts


def _without_lead() -> dict[UUID, datetime]:
    """Since when nobody has led each case: the end of the last lead, else when the first began to act."""
    led = Lead.objects.filter(acting=False, accepted_at__isnull=False, case__stage=Stage.OPEN)
    leads_now = set(led.filter(until=None).values_list("case", flat=True))
    begun = dict(
        Lead.objects.filter(acting=True, case__stage=Stage.OPEN)
        .values_list("case")
        .annotate(Min("asked_at"))
        .order_by()
    )
    begun |= dict(led.exclude(until=None).order_by("until").values_list("case", "until"))
    return {case: since for case, since in begun.items() if case not in leads_now}


def _leads_away(day: date) -> dict[UUID, tuple[datetime, str]]:
    """For each case, since when the lead or whoever acts is away with nobody covering, and their agency."""
    leads = Lead.objects.filter(
        until=None, declined_at=None, accepted_at__isnull=False, case__stage=Stage.OPEN
    )
    away = away_on(day)
    found = {}
    rows = leads.values_list("case", "member", "member__active_to", "member__organisation__name")
    for case, member, left_on, agency in rows:
        since = nobody_covers_since(left_on, away.get(member, ()), day=day, away=away.keys())
        if since is not None:
            found[case] = (start_of(since), agency)
    return found


def away_on(day: date) -> dict[UUID, list[Away]]:
    """Return, by membership, who is away on a day, since when, and who covers and may lead a case."""
    away: dict[UUID, list[Away]] = defaultdict(list)
    absences = Absence.objects.on(day)
    able = Membership.objects.on(day).who_may(LEADS).trained_on(day, course=NEEDED)
    may_lead = set(able.filter(covers__in=absences).values_list("id", flat=True))
    for member, since, cover in absences.values_list("membership", "active_from", "cover"):
        away[member].append(Away(since, cover if cover in may_lead else None))
    return away
