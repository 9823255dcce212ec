"""Drift: what goes on unattended until somebody is harmed; found every night and shown with its evidence.

In the guidance's example (source 002, section 5) several professionals were involved over a long time,
and nobody brought them together.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from alongside.casework.marm.rules.clocks import due, end_of
from alongside.casework.marm.rules.stages import Stage

_MOMENT = timedelta(microseconds=1)


class Drift(StrEnum):
    """What may drift. The strings are stored in the database."""

    MANY_AGENCIES = "many_agencies"
    """Many agencies are in touch, but nobody has asked them to come together."""
    CONCERNS = "concerns"
    """Concerns are adding up, but nobody has asked agencies to come together."""
    NOT_ANSWERED = "not_answered"
    """It was asked for, but the co-ordinator has not answered in time."""
    NO_LEAD = "no_lead"
    """A case is open, but nobody leads it."""
    LEAD_AWAY = "lead_away"
    """The lead of a case is away or has left, and nobody present is covering."""
    NO_MEETING = "no_meeting"
    """Many agencies take part in an open case, but no meeting has been held or set."""
    NOT_REVIEWED = "not_reviewed"
    """The day for looking at a decision or an action again has passed, and nobody has."""


@dataclass(frozen=True)
class Limits:
    """When it becomes drift; a partnership's own limits are in ``marm.yaml`` in its area pack.

    Attributes:
        agencies: how many agencies are in touch.
        without_lead: how long without a lead, as the area pack writes it.
        answer_high: how long until a request of high urgency is answered, likewise.
        answer_other: how long until any other is.
        without_meeting: how long an open case with that many agencies has no meeting, likewise.
        not_reviewed: how long after its day a decision or action is not looked at, likewise.
    """

    agencies: int = 3
    without_lead: str = "5 working days"
    answer_high: str = "4 hours"
    answer_other: str = "2 working days"
    without_meeting: str = "15 working days"
    not_reviewed: str = "10 working days"


@dataclass(frozen=True)
class OfCase:
    """What is known about a current case.

    Attributes:
        stage: asked for, or open.
        urgent: whether serious harm may come within days, according to whoever asked for it.
        asked_at: when it was asked for.
        opened_at: when it was opened; None until then.
        without_lead_since: since when nobody has led it; None if somebody does.
        lead_away_since: since when the lead, or whoever acts, is away or has left, uncovered; else None.
        lead: their agency.
        agencies: names of the agencies that take part.
        met: whether a meeting has been held or set.
        overdue: the day each decision or action was due to be looked at again, if it was not.
    """

    stage: Stage
    asked_at: datetime
    urgent: bool = False
    opened_at: datetime | None = None
    without_lead_since: datetime | None = None
    lead_away_since: datetime | None = None
    lead: str = ""
    agencies: Collection[str] = ()
    met: bool = False
    overdue: Collection[date] = ()


@dataclass(frozen=True)
class Known:
    """What is known about one person, across all their records.

    Attributes:
        agencies: names of the agencies in touch.
        concerns: names of agencies whose concerns add up; empty if they do not.
        cases: current ones; more than one if records were joined.
    """

    agencies: Collection[str] = ()
    concerns: Collection[str] = ()
    cases: Collection[OfCase] = ()


@dataclass(frozen=True)
class Found:
    """Something drifting: what, since when if known, the agencies it is about, and how many."""

    drift: Drift
    since: datetime | None = None
    agencies: tuple[str, ...] = field(default=())
    count: int | None = None


def drifting(known: Known, *, at: datetime, limits: Limits) -> list[Found]:
    """Return what is drifting about a person at a moment, each thing once; nothing if all is in time."""
    if known.cases:
        found: dict[Drift, Found] = {}
        for case in known.cases:
            for each in _drifting_case(case, at, limits):
                found.setdefault(each.drift, each)
        return list(found.values())
    nobody = []
    if len(set(known.agencies)) >= limits.agencies:
        nobody.append(Found(Drift.MANY_AGENCIES, agencies=tuple(sorted(set(known.agencies)))))
    if known.concerns:
        nobody.append(Found(Drift.CONCERNS, agencies=tuple(sorted(set(known.concerns)))))
    return nobody


def _drifting_case(case: OfCase, at: datetime, limits: Limits) -> list[Found]:
    if case.stage is Stage.ASKED:
        limit = limits.answer_high if case.urgent else limits.answer_other
        return [Found(Drift.NOT_ANSWERED, case.asked_at)] if at >= due(case.asked_at, limit) else []
    found = []
    since = case.without_lead_since
    if since is not None and at >= due(since, limits.without_lead):
        found.append(Found(Drift.NO_LEAD, since))
    if case.lead_away_since is not None:
        found.append(Found(Drift.LEAD_AWAY, case.lead_away_since, (case.lead,)))
    many = tuple(sorted(set(case.agencies)))
    opened = case.opened_at
    if not case.met and len(many) >= limits.agencies and opened and at >= due(opened, limits.without_meeting):
        found.append(Found(Drift.NO_MEETING, opened, many))
    late = [day for day in case.overdue if at >= due(end_of(day) - _MOMENT, limits.not_reviewed)]
    if late:
        found.append(Found(Drift.NOT_REVIEWED, end_of(min(late)) - _MOMENT, count=len(late)))
    return found
