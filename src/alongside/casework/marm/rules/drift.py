"""Drift: what goes on by itself until somebody is harmed, found every night and shown with its evidence.

In the example of the guidance (source 002, section 5) several professionals were involved over a long time,
and nobody brought them together.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alongside.casework.marm.rules.clocks import due
from alongside.casework.marm.rules.stages import Stage


class Drift(StrEnum):
    """What drifts. The strings stand in the database."""

    MANY_AGENCIES = "many_agencies"
    """Many agencies are in touch, and nobody asked them to come together."""
    CONCERNS = "concerns"
    """Concerns add up, and nobody asked agencies to come together."""
    NOT_ANSWERED = "not_answered"
    """It was asked for, and the co-ordinator has not answered in time."""
    NO_LEAD = "no_lead"
    """A case is open, and nobody leads it."""


@dataclass(frozen=True)
class Limits:
    """From when on it is drift; a partnership's own are in ``marm.yaml`` of its area pack.

    Attributes:
        agencies: so many agencies in touch.
        without_lead: so long without a lead, as the area pack writes it.
        answer_high: so long until a request of high urgency is answered, likewise.
        answer_other: so long until another is.
    """

    agencies: int = 3
    without_lead: str = "5 working days"
    answer_high: str = "4 hours"
    answer_other: str = "2 working days"


@dataclass(frozen=True)
class Known:
    """What is known of one person, over all their records.

    Attributes:
        agencies: names of the agencies in touch.
        concerns: names of agencies whose concerns add up; empty where they do not.
        stage: of the case that stands; None where none does.
        urgent: whether serious harm may come within days, by whoever asked for the case.
        asked_at: when the case was asked for.
        without_lead_since: since when nobody leads it; None where somebody does.
    """

    agencies: Collection[str] = ()
    concerns: Collection[str] = ()
    stage: Stage | None = None
    urgent: bool = False
    asked_at: datetime | None = None
    without_lead_since: datetime | None = None


@dataclass(frozen=True)
class Found:
    """That something drifts: what, since when where that is known, and the agencies it is about."""

    drift: Drift
    since: datetime | None = None
    agencies: tuple[str, ...] = field(default=())


def drifting(known: Known, *, at: datetime, limits: Limits) -> list[Found]:
    """Return what drifts about a person at a moment; nothing where somebody sees to it in time."""
    if known.stage is None:
        found = []
        if len(set(known.agencies)) >= limits.agencies:
            found.append(Found(Drift.MANY_AGENCIES, agencies=tuple(sorted(set(known.agencies)))))
        if known.concerns:
            found.append(Found(Drift.CONCERNS, agencies=tuple(sorted(set(known.concerns)))))
        return found
    if known.stage is Stage.ASKED and known.asked_at is not None:
        limit = limits.answer_high if known.urgent else limits.answer_other
        return [Found(Drift.NOT_ANSWERED, known.asked_at)] if at >= due(known.asked_at, limit) else []
    since = known.without_lead_since
    if known.stage is Stage.OPEN and since is not None and at >= due(since, limits.without_lead):
        return [Found(Drift.NO_LEAD, since)]
    return []
