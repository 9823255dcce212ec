"""What capacity pages show, and what their forms start from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.models import (
    AdvanceStatement,
    AdviceNote,
    Advocate,
    AdvocateStep,
    BestInterests,
    CapacityRecord,
    CapacityView,
)
from alongside.casework.capacity.models.records import chain_of, last_written, latest_of
from alongside.casework.capacity.queries import (
    advance_of,
    advocacy_of,
    advocates_of,
    everywhere_of,
    lacks_for,
    record_among,
    records_of,
    statement_of,
)
from alongside.casework.capacity.rules.advance import BINDS, Kind
from alongside.casework.capacity.rules.assessing import Pressure, State, asks_for_advice
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.disputed import Marks, disputed


@dataclass(frozen=True)
class DecisionsPage:
    """All that is recorded about a person's decisions: the latest record of each, and what goes with them."""

    person: Person
    latest: list[CapacityRecord]
    advance: list[AdvanceStatement]
    advocates: list[Advocate]
    decided_for: frozenset[UUID]
    """Records from which a best interests decision was made."""
    disputed: Marks
    """What to show beside a record that is disputed."""


@dataclass(frozen=True)
class RecordPage:
    """One capacity record, the others of the same decision, and everything attached to it."""

    person: Person
    record: CapacityRecord
    latest: CapacityRecord
    """The record assessed last, to go by."""
    last_written: CapacityRecord
    """The record written down last, which the next one follows; mostly the same."""
    chain: list[CapacityRecord]
    """All records of the decision, last assessed first, including the one shown."""
    views: list[CapacityView]
    advice: list[AdviceNote]
    best_interests: list[BestInterests]
    binding: list[AdvanceStatement]
    """What they made in advance, if they cannot decide this: all wishes that stand; and what may decide it,
    also if it was taken back, because whether they could take it back may be in doubt."""
    advocacy_asked: bool
    """Whether somebody asked from this record about a right to an advocate."""
    disputed: Marks
    """What to show beside a record that is disputed."""


@dataclass(frozen=True)
class AdvocacyPage:
    """What was asked about a right to an advocate, and what came of it, newest first."""

    person: Person
    advocacy: Advocate
    steps: list[AdvocateStep]


@query(records=True)
def decisions_page(*, actor: Actor, person_id: UUID) -> DecisionsPage:
    """Return a person's recorded decisions, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_capacity(actor))
    person = get_person(actor=actor, person_id=person_id)
    everywhere = everywhere_of(person)
    record(events.DECISIONS_SEEN, actor=actor, person_id=person.id)
    return DecisionsPage(
        person=person,
        latest=latest_of(records_of(everywhere)),
        advance=_advance(everywhere),
        advocates=advocates_of(people=everywhere),
        decided_for=frozenset(_decided_for(people=everywhere)),
        disputed=disputed(person.id),
    )


@composed_once
def _decided_for(*, people: list[UUID]) -> QuerySet[BestInterests, UUID]:
    made = BestInterests.objects.filter(among("record__person", people))
    return made.values_list("record_id", flat=True)


@query(records=True)
def record_page(*, actor: Actor, person_id: UUID, record_id: UUID) -> RecordPage:
    """Return one capacity record, and record that the actor read it.

    Raises:
        NotFoundError: there is no such person or record, or the actor may not see them.
    """
    require(permissions.may_read_capacity(actor))
    return _record_page(actor, person_id, record_id)


@query(records=True)
def record_to_go_on_from(*, actor: Actor, person_id: UUID, record_id: UUID) -> RecordPage:
    """Return the record a form is about, if its answer would be accepted; record that the actor read it.

    Raises:
        NotAllowedError: the actor's role does not record capacity.
        NotFoundError: there is no such person or record, or the actor may not see them.
    """
    require(permissions.may_record_capacity(actor))
    return _record_page(actor, person_id, record_id)


def _record_page(actor: Actor, person_id: UUID, record_id: UUID) -> RecordPage:
    person = get_person(actor=actor, person_id=person_id)
    everywhere = everywhere_of(person)
    records = records_of(everywhere)
    shown = record_among(records, record_id)
    chain = chain_of(shown, records)
    lacks = shown.outcome == State.LACKS
    record(events.RECORD_SEEN, actor=actor, person_id=person.id, about=("capacity_record", shown.id))
    return RecordPage(
        person=person,
        record=shown,
        latest=chain[0],
        last_written=last_written(chain),
        chain=chain,
        views=_views(record=shown.id),
        advice=_advice(record=shown.id) if asks_for_advice(Pressure(shown.pressure)) else [],
        best_interests=_best_interests(record=shown.id) if lacks else [],
        binding=[
            each for each in _advance(everywhere) if each.kind in BINDS or not hasattr(each, "withdrawal")
        ]
        if lacks
        else [],
        advocacy_asked=any(each.record_id == shown.id for each in advocates_of(people=everywhere)),
        disputed=disputed(person.id),
    )


@composed_once
def _views(*, record: UUID) -> QuerySet[CapacityView]:
    said = CapacityView.objects.filter(record=record)
    return said.select_related("organisation").order_by("recorded_at")


@composed_once
def _advice(*, record: UUID) -> QuerySet[AdviceNote]:
    given = AdviceNote.objects.filter(record=record)
    return given.select_related("organisation").order_by("on", "recorded_at")


@composed_once
def _best_interests(*, record: UUID) -> QuerySet[BestInterests]:
    decided = BestInterests.objects.filter(record=record)
    return decided.select_related("organisation").order_by("-decided_on", "-recorded_at")


@query(records=True)
def statement_to_withdraw(*, actor: Actor, person_id: UUID, statement_id: UUID) -> AdvanceStatement:
    """Return the statement that a form to take it back is about, and record that the actor looked.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person or statement, or the actor may not see them.
    """
    require(permissions.may_record_capacity(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = statement_of(person, statement_id)
    record(events.DECISIONS_SEEN, actor=actor, person_id=person.id)
    return found


@query(records=True)
def advocacy_page(*, actor: Actor, person_id: UUID, advocacy_id: UUID) -> AdvocacyPage:
    """Return what was asked about a right to an advocate and what came of it; record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or no such question was asked about them.
    """
    require(permissions.may_read_capacity(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = advocacy_of(person, advocacy_id)
    record(events.DECISIONS_SEEN, actor=actor, person_id=person.id)
    return AdvocacyPage(person, found, _steps(advocacy=found.id))


@composed_once
def _steps(*, advocacy: UUID) -> QuerySet[AdvocateStep]:
    taken = AdvocateStep.objects.filter(advocacy=advocacy)
    return taken.select_related("organisation").order_by("-recorded_at")


@query()
def form_for_advocacy(*, actor: Actor, person_id: UUID, day: date) -> tuple[str, list[tuple[UUID, str]]]:
    """Return what the person likes to be called, and which decisions they cannot make on a day, by record.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_record_capacity(actor))
    person = get_person(actor=actor, person_id=person_id)
    lacking = lacks_for(person.id, day=day)
    return person.known_as, [(each.record.id, each.record.decision) for each in lacking]


def _advance(everywhere: list[UUID]) -> list[AdvanceStatement]:
    """What was made in advance: the person's own words first; within each kind, newest first."""
    return sorted(advance_of(people=everywhere), key=lambda each: list(Kind).index(Kind(each.kind)))
