"""What is counted from the record of the cases looked into, for all of them in a few queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from alongside.casework.marm.models import (
    Action,
    AgencyReport,
    Case,
    CaseDecision,
    DecisionPosition,
    Ending,
    Invited,
    Lead,
    Minutes,
)
from alongside.casework.marm.rules.actions import OPEN, Status
from alongside.casework.marm.rules.case_audits import Fact, SoMany, days_led
from alongside.casework.marm.rules.minutes import TookPart
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.people.models import Person

Counts = dict[UUID, SoMany]


def cases_of_period(first: date, last: date) -> list[UUID]:
    """Return the cases that were open on a day of a period, whoever takes part in them.

    For the command that draws from them, which lets this one step see all.
    """
    opened = Case.objects.filter(stage__in=(Stage.OPEN, Stage.ENDED), settled_at__date__lte=last)
    then = opened.filter(Q(ending=None) | Q(ending__ended_at__date__gte=first))
    return list(then.order_by("id").values_list("id", flat=True))


def facts_of(cases: Collection[UUID], at: datetime) -> dict[UUID, dict[Fact, SoMany]]:
    """Return what is counted for each of these cases, up to a moment."""
    today = timezone.localdate(at)
    by_fact = {
        Fact.TOOK_PART: _took_part(cases), Fact.LED: _led(cases, today), Fact.IN_TIME: _in_time(cases, today),
        Fact.REPORTS: _reports(cases, at), Fact.CHECKED_BACK: _checked_back(cases, today),
    }  # fmt: skip
    by_fact |= _decisions(cases)
    return {
        case: {fact: counts.get(case, SoMany(0, 0)) for fact, counts in by_fact.items()} for case in cases
    }


def _tally(rows: Collection[tuple[UUID, bool]]) -> Counts:
    found: Counts = defaultdict(lambda: SoMany(0, 0))
    for case, done in rows:
        found[case] = SoMany(found[case].done + done, found[case].of + 1)
    return found


def _took_part(cases: Collection[UUID]) -> Counts:
    closed = Minutes.objects.filter(meeting__case__in=cases, closed_at__isnull=False)
    rows = closed.values_list("meeting__case", "took_part")
    return _tally([(case, how != TookPart.DECLINED) for case, how in rows])


def _led(cases: Collection[UUID], today: date) -> Counts:
    led: dict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
    leads = Lead.objects.filter(case__in=cases, acting=False, accepted_at__isnull=False)
    for case, since, until in leads.values_list("case", "accepted_at", "until"):
        led[case].append((timezone.localdate(since), timezone.localdate(until) if until else None))
    rows = Case.objects.filter(id__in=cases).values_list("id", "settled_at", "ending__ended_at")
    return {
        case: days_led(
            led[case],
            first=timezone.localdate(opened),
            last=timezone.localdate(ended) if ended else today,
        )
        for case, opened, ended in rows
        if opened
    }


def _in_time(cases: Collection[UUID], today: date) -> Counts:
    counts = Q(status__in=(Status.DONE, Status.DONE_LATE)) | Q(status__in=OPEN, due__lt=today)
    rows = Action.objects.filter(counts, case__in=cases).values_list("case", "status")
    return _tally([(case, status == Status.DONE) for case, status in rows])


def _reports(cases: Collection[UUID], at: datetime) -> Counts:
    sent = set(
        AgencyReport.objects.filter(
            meeting__case__in=cases, sent_at__lte=F("meeting__begins_at")
        ).values_list("meeting", "organisation")
    )
    invited = Invited.objects.filter(
        meeting__case__in=cases,
        meeting__cancelled_at=None,
        meeting__begins_at__lte=at,
        organisation__isnull=False,
    ).values_list("meeting__case", "meeting", "organisation")
    return _tally([(case, (meeting, agency) in sent) for case, meeting, agency in invited])


def _decisions(cases: Collection[UUID]) -> dict[Fact, Counts]:
    agencies: dict[UUID, set[UUID]] = defaultdict(set)
    wrote = DecisionPosition.objects.filter(decision__case__in=cases)
    for decision, agency in wrote.values_list("decision", "organisation"):
        agencies[decision].add(agency)
    decisions = list(CaseDecision.objects.filter(case__in=cases).values_list("case", "id", "own_view"))
    return {
        Fact.OWN_VIEW: _tally([(case, bool(own_view)) for case, _key, own_view in decisions]),
        Fact.POSITIONS: _tally([(case, len(agencies[key]) > 1) for case, key, _view in decisions]),
    }


def _checked_back(cases: Collection[UUID], today: date) -> Counts:
    to_ask = Q(~Person.objects.has_died("case__person_id"), check_back_on__lte=today)
    owed = Ending.objects.filter(to_ask | Q(checked_on__isnull=False), case__in=cases)
    return _tally([(case, day is not None) for case, day in owed.values_list("case", "checked_on")])
