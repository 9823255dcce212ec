"""A person, who works with them, and an assessment that holds together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.casework.people.conftest import charity, council, manager, peer, person, practitioner

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.commands.assessing import record_capacity
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.capacity.rules.assessing import (
    Able,
    Assessment,
    Confidence,
    Help,
    Pressure,
    State,
)
from alongside.casework.capacity.rules.best_interests import Imca, Reasoning, Regain, Serious
from alongside.casework.people.models import Person

__all__ = ["charity", "council", "manager", "peer", "person", "practitioner"]
DAY = date(2026, 11, 2)
"""The day that ``at`` is on."""
LACKS = Assessment(
    decision="Whether to have the wound dressed this week", why_now="It spreads.", chosen_by="Bee and Asha",
    assessed_on=DAY, outcome=State.LACKS, reasons="Today she does not follow.", confidence=Confidence.SURE,
    role="Social worker", information="It may go to the blood.", help=(Help.TIME,), help_words="At noon.",
    understand=Able.NO, understand_seen="“Which leg?”", retain=Able.YES, weigh=Able.YES, communicate=Able.YES,
    impairment="Delirium", because="It came with the fever.", pressure=Pressure.NONE_SEEN,
    next_check=date(2026, 11, 9),
)  # fmt: skip
REASONED = Reasoning(
    past_wishes="“I want my leg.”", present_wishes="She pulls away.", beliefs="Her own door.",
    consulted="Dee: at home.", nobody_to_consult=False, regain=Regain.LIKELY, can_wait=False,
    regain_words="The wound cannot wait.", options="Home or hospital.", less_restrictive="Home.",
    serious=Serious.NEITHER, imca=Imca.NOT_NEEDED, imca_words="", decision="Dressed at home.",
    why="It is how she wanted it.", decided_by="Asha Patel, social worker", decided_on=DAY,
)  # fmt: skip
Recorder = Callable[..., CapacityRecord]


@pytest.fixture
def recorded(practitioner: Actor, person: Person, at: datetime) -> Recorder:
    """Record capacity as the practitioner: ``LACKS``, but for what is said otherwise."""

    def record(*, follows: UUID | None = None, **said: Any) -> CapacityRecord:
        return record_capacity(
            actor=practitioner, at=at, person_id=person.id, given=replace(LACKS, **said), follows_id=follows
        )

    return record
