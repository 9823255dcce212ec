"""Which record of a decision is gone by: the one assessed last, whenever and on whichever record written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.casework.capacity.conftest import DAY, LACKS, REASONED

from alongside.casework.access.actors import Actor
from alongside.casework.capacity.commands.assessing import UnsoundError, record_capacity
from alongside.casework.capacity.commands.best_interests import TheirsToDecideError, record_best_interests
from alongside.casework.capacity.models import BestInterests, CapacityRecord
from alongside.casework.capacity.queries import lacks_for
from alongside.casework.capacity.queries.due import waiting
from alongside.casework.capacity.queries.pages import decisions_page, record_page, record_to_go_on_from
from alongside.casework.capacity.rules.assessing import Able, State
from alongside.casework.kernel.errors import StaleError
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person
from alongside.casework.people.rules import ReachWhy

CAN: dict[str, Any] = {"outcome": State.HAS, "understand": Able.YES, "next_check": None}
BEFORE, AFTER = DAY - timedelta(days=8), DAY - timedelta(days=2)
Finder = Callable[..., CapacityRecord]


@pytest.fixture
def found(practitioner: Actor, person: Person, at: datetime) -> Finder:
    """Record what was found, each record a minute after the one before, of one person or another.

    ``ago`` is how long before ``at`` it is written down.
    """
    minutes = iter(range(1, 60))

    def find(
        of: Person = person,
        *,
        follows: CapacityRecord | None = None,
        ago: timedelta = timedelta(0),
        **said: Any,
    ) -> CapacityRecord:
        return record_capacity(
            actor=practitioner,
            at=at - ago + timedelta(minutes=next(minutes)),
            person_id=of.id,
            given=replace(LACKS, **said),
            follows_id=follows.id if follows else None,
        )

    return find


@pytest.fixture
def other(practitioner: Actor, at: datetime) -> Person:
    """A second record, of somebody called Beatrice."""
    return admit_person(
        actor=practitioner, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"}
    )


def lacking(actor: Actor, person: Person, day: date = DAY) -> list[CapacityRecord]:
    with transaction.atomic():
        tell_database(actor)
        return [each.record for each in lacks_for(person.id, day=day)]


def decided(actor: Actor, about: CapacityRecord, at: datetime, on: date) -> BestInterests:
    return record_best_interests(
        actor=actor, at=at, person_id=about.person_id, record_id=about.id,
        given=replace(REASONED, decided_on=on),
    )  # fmt: skip


@pytest.mark.proves("MARM-06")
def test_an_earlier_visit_written_down_late_does_not_undo_that_they_can_decide(
    found: Finder, practitioner: Actor, person: Person, at: datetime
) -> None:
    can = found(assessed_on=AFTER, **CAN)
    late = found(assessed_on=BEFORE, follows=can)
    assert lacking(practitioner, person) == []
    assert decisions_page(actor=practitioner, person_id=person.id).latest == [can]
    page = record_page(actor=practitioner, person_id=person.id, record_id=late.id)
    assert (page.latest, page.chain, page.last_written) == (can, [can, late], late)
    assert waiting(actor=practitioner, day=DAY) == []
    with pytest.raises(TheirsToDecideError, match="newer record"):
        decided(practitioner, late, at, DAY)


def test_a_visit_written_down_late_is_followed_by_what_is_written_next_and_nothing_is_followed_twice(
    found: Finder, practitioner: Actor, person: Person
) -> None:
    can = found(assessed_on=AFTER, **CAN)
    late = found(assessed_on=BEFORE, follows=can)
    with pytest.raises(StaleError):
        found(follows=can)
    again = found(follows=late)
    assert (again.follows, lacking(practitioner, person)) == (late, [again])
    assert [each.id for each in waiting(actor=practitioner, day=DAY)] == [again.id]


@pytest.mark.proves("MARM-06")
def test_of_two_records_joined_the_one_assessed_last_is_gone_by_until_they_are_parted(
    found: Finder, practitioner: Actor, manager: Actor, person: Person, other: Person, at: datetime
) -> None:
    lacks = found(assessed_on=BEFORE)
    can = found(other, assessed_on=AFTER, decision=f"{LACKS.decision.upper()}.", **CAN)
    assert lacking(practitioner, person) == [lacks]
    assert [each.id for each in waiting(actor=practitioner, day=DAY)] == [lacks.id]
    when = at + timedelta(hours=1)
    joined = merge_people(actor=manager, at=when, kept_id=other.id, absorbed_id=person.id, reason="The same.")
    assert lacking(practitioner, person) == []
    assert decisions_page(actor=practitioner, person_id=person.id).latest == [can]
    page = record_to_go_on_from(actor=practitioner, person_id=other.id, record_id=lacks.id)
    assert (page.latest, page.chain) == (can, [can, lacks])
    assert waiting(actor=practitioner, day=DAY) == []
    with pytest.raises(TheirsToDecideError, match="newer record"):
        decided(practitioner, lacks, when, DAY)
    assert found(follows=page.last_written).follows == can
    part_people(actor=manager, at=at + timedelta(hours=2), merge_id=joined.id, why="Two people.")
    assert lacking(practitioner, person) == [lacks]


def test_a_decision_rests_on_what_was_found_by_the_day_it_was_made_not_the_day_it_is_written_down(
    found: Finder, practitioner: Actor, at: datetime
) -> None:
    check = DAY - timedelta(days=1)
    lacks = found(assessed_on=BEFORE, next_check=check, ago=DAY - BEFORE)
    for on in (check + timedelta(days=1), DAY):
        with pytest.raises(TheirsToDecideError, match="looked at again"):
            decided(practitioner, lacks, at + timedelta(hours=1), on)
    with pytest.raises(UnsoundError):
        decided(practitioner, lacks, at + timedelta(hours=1), BEFORE - timedelta(days=1))
    found(follows=lacks, **CAN)
    assert decided(practitioner, lacks, at + timedelta(hours=1), check).record == lacks
