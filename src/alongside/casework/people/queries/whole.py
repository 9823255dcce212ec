"""A person by all their records, and people by what any of their records says."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.people.models import Person, Reach, Whole, together
from alongside.casework.people.rules import ReachWhy, is_named


def whole(person: Person) -> Whole:
    """Return a person by all visible records. The caller has checked that the actor sees the person.

    Args:
        person: any of their records.
    """
    found = together(_records(person=person.id))
    # somebody may see a record but not the one it was merged into
    return found[0] if found else Whole((person,))


def whole_if_open(actor: Actor, person_id: UUID) -> Whole | None:
    """Return the same in one query if the actor may see them now; otherwise None: ``get_person`` says why."""
    if actor.reach == EVERYBODY:
        return None
    seen = _records_seen(person=person_id, organisation=actor.member_of, purpose=actor.purpose)
    found = together(seen)
    if len(found) != 1 or found[0].head.merged_into_id is not None:
        return None
    head = found[0].head
    opens = vars(head)["opens"] or head.id in actor.emergency_people
    return found[0] if opens or opens_by_another_record(actor, head) else None


@composed_once
def _records_seen(*, person: UUID, organisation: UUID, purpose: str) -> QuerySet[Person]:
    theirs = Person.objects.filter(id__in=Person.objects.all_of(person))
    return theirs.annotate(opens=opens_to(organisation, purpose)).order_by("admitted_at", "id")


def reached_by(organisation: UUID) -> QuerySet[Reach]:
    """Return why an organisation sees the record in the outer query."""
    return Reach.objects.filter(person_id=OuterRef("id"), organisation_id=organisation, until=None)


def opens_to(organisation: UUID, purpose: str) -> Exists:
    """Return whether that record is open for a purpose: a release for another purpose is not enough."""
    for_another = Q(why=ReachWhy.RELEASED) & ~Q(purpose=purpose)
    return Exists(reached_by(organisation).exclude(for_another))


def opens_by_another_record(actor: Actor, head: Person) -> bool:
    """Return whether another record of a person opens all of them, where their main record does not.

    What came with a join does not count: it may come from the very release that was for another purpose.
    """
    for_another = Q(why=ReachWhy.RELEASED) & ~Q(purpose=actor.purpose)
    reaches = Reach.objects.filter(
        person__in=Person.objects.all_of(head.id), organisation_id=actor.member_of, until=None
    )
    return reaches.exclude(person=head).exclude(why=ReachWhy.MERGED).exclude(for_another).exists()


@composed_once
def _records(*, person: UUID) -> QuerySet[Person]:
    return Person.objects.filter(id__in=Person.objects.all_of(person)).order_by("admitted_at", "id")


def people_with(actor: Actor, records: Iterable[UUID]) -> list[Whole]:
    """Return the people who have these records, of those that the actor sees, for a query that checked."""
    opened = list(actor.emergency_people)
    return together(_with(organisation=actor.member_of, opened=opened, records=list(records)))


@composed_once
def _with(*, organisation: UUID, opened: list[UUID], records: list[UUID]) -> QuerySet[Person]:
    visible = Q(Exists(reached_by(organisation))) | Q(among("id", opened))
    return Person.objects.filter(visible, among("id", records)).whole().order_by("id")


def people_named(
    surname: str, *, date_of_birth: date | None = None, nhs_number: str = "", postcode: str = ""
) -> list[Whole]:
    """Return the people with exactly this surname who match everything else given, on any record.

    Nobody is found by the postcode of a protected address, and nobody by surname alone. For use in a query or
    command that has checked the actor; within its reach.
    """
    given = {"date_of_birth": date_of_birth, "nhs_number": nhs_number}
    told = [Q(**{column: value}) for column, value in given.items() if value]
    if postcode:
        told.append(Q(id__in=Person.objects.at_postcode(postcode).values("id")))
    if not told:
        return []
    fitting = [frozenset(Person.objects.filter(each).values_list("id", flat=True)) for each in told]
    candidates = frozenset[UUID]().union(*fitting)
    return [
        each
        for each in together(Person.objects.filter(id__in=candidates).whole().order_by("id"))
        if not (postcode and each.protected)
        and all(any(record.id in ids for record in each.records) for ids in fitting)
        and any(
            is_named(
                surname, surname=record.surname, other_names=record.other_names, known_as=record.known_as
            )
            for record in each.records
        )
    ]
