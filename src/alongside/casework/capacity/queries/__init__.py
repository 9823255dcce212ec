"""Reading capacity: what is in force for a person, and finding one record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.capacity.models import AdvanceStatement, Advocate, BestInterests, CapacityRecord
from alongside.casework.capacity.models.records import chain_of, latest_of
from alongside.casework.capacity.rules.assessing import State, holds_on
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.people.models import Person


@dataclass(frozen=True)
class Lacking:
    """A decision the person cannot make now, and what was last decided for them, if anything was."""

    record: CapacityRecord
    best_interests: BestInterests | None


def lacks_for(person_id: UUID, *, day: date) -> list[Lacking]:
    """Return the decisions a person cannot make on a day, each with the decision made for them, if any.

    Takes the record of each decision that was assessed last, across all the person's joined records, if it
    says that they cannot make it and the day of its next check has not passed.

    For use in a query or command that has checked the actor.

    Args:
        person_id: the id of any of the person's records.
        day: the day that matters.
    """
    everywhere = Person.objects.records_of(person_id)
    lacking = [
        each
        for each in latest_of(records_of(everywhere))
        if each.outcome == State.LACKS and holds_on(each.next_check, day)
    ]
    made = _decided_for(records=[each.id for each in lacking]) if lacking else []
    newest = {each.record_id: each for each in made}
    return [Lacking(each, newest.get(each.id)) for each in lacking]


@composed_once
def _decided_for(*, records: list[UUID]) -> QuerySet[BestInterests]:
    return BestInterests.objects.filter(among("record", records)).order_by("decided_on", "recorded_at")


def everywhere_of(person: Person) -> list[UUID]:
    """Return the ids of the person's record and of all those joined with it."""
    return list(Person.objects.records_of(person.id))


def records_of(everywhere: Iterable[UUID]) -> list[CapacityRecord]:
    """Return every capacity record of a person, by the ids of their records."""
    return _records(people=list(everywhere))


@composed_once
def _records(*, people: list[UUID]) -> QuerySet[CapacityRecord]:
    return CapacityRecord.objects.filter(among("person", people)).select_related("organisation")


def record_among(records: Iterable[CapacityRecord], record_id: UUID) -> CapacityRecord:
    """Return one of a person's capacity records.

    Raises:
        NotFoundError: there is none with this id, or it is about somebody else.
    """
    for each in records:
        if each.id == record_id:
            return each
    raise NotFoundError(_("There is no such record."))


def record_of(person: Person, record_id: UUID) -> CapacityRecord:
    """Return a capacity record of a person the actor sees, across all their joined records.

    Raises:
        NotFoundError: there is none with this id, or it is about somebody else.
    """
    return record_among(records_of(everywhere_of(person)), record_id)


def chain_with(person: Person, record: CapacityRecord) -> list[CapacityRecord]:
    """Return all records of the decision a record is about, last assessed first, including itself."""
    return chain_of(record, records_of(everywhere_of(person)))


def newest_best_interests(record: CapacityRecord) -> BestInterests | None:
    """Return what was last decided for the person, if they could not make this decision."""
    return record.best_interests.order_by("-decided_on", "-recorded_at").first()


def statement_of(person: Person, statement_id: UUID) -> AdvanceStatement:
    """Return what a person made in advance.

    Raises:
        NotFoundError: there is none with this id, or it is somebody else's.
    """
    for each in advance_of(people=everywhere_of(person)):
        if each.id == statement_id:
            return each
    raise NotFoundError(_("There is no such statement."))


@composed_once
def advance_of(*, people: list[UUID]) -> QuerySet[AdvanceStatement]:
    """Return what a person made in advance, by the ids of their records, newest first."""
    made = AdvanceStatement.objects.filter(among("person", people))
    return made.select_related("withdrawal", "organisation").order_by("-recorded_at")


def advocacy_of(person: Person, advocacy_id: UUID) -> Advocate:
    """Return what was asked about a person's right to an advocate, and where it stands.

    Raises:
        NotFoundError: there is none with this id, or it is somebody else's.
    """
    for each in advocates_of(people=everywhere_of(person)):
        if each.id == advocacy_id:
            return each
    raise NotFoundError(_("There is no such question about an advocate."))


@composed_once
def advocates_of(*, people: list[UUID]) -> QuerySet[Advocate]:
    """Return what was asked about a person's right to an advocate, by their records' ids, newest first."""
    asked = Advocate.objects.filter(among("person", people))
    return asked.select_related("organisation", "record").order_by("-asked_at")
