"""What a person chose about sharing, and what that means for one piece of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.queries import organisations_by_name
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import SharingChoice
from alongside.casework.sharing.rules.choices import Topic, Wish, wish_about

NEWEST_FIRST = ("-said_on", "-recorded_at", "topic")


@dataclass(frozen=True)
class ChoicesPage:
    """A person, and what they chose about sharing: the newest first."""

    person: Person
    choices: list[SharingChoice]


@query(records=True)
def choices_page(*, actor: Actor, person_id: UUID) -> ChoicesPage:
    """Return what a person chose, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_choices(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = _choices(people=list(Person.objects.records_of(person.id)))
    record(events.CHOICES_READ, actor=actor, person_id=person.id)
    return ChoicesPage(person, found)


@composed_once
def _choices(*, people: list[UUID]) -> QuerySet[SharingChoice]:
    found = SharingChoice.objects.filter(among("person", people)).select_related("recipient", "organisation")
    return found.order_by(*NEWEST_FIRST)


@composed_once
def _choices_anywhere(*, person: UUID) -> QuerySet[SharingChoice]:
    """The same of one person, whose records are looked up in the same query: it is asked on many pages."""
    theirs = among("person", Person.objects.all_of_whom(person))
    found = SharingChoice.objects.filter(theirs).select_related("recipient", "organisation")
    return found.order_by(*NEWEST_FIRST)


@query(records=True)
def one_choice(*, actor: Actor, person_id: UUID, choice_id: UUID) -> SharingChoice:
    """Return one choice of a person, and record that the actor looked.

    Raises:
        NotFoundError: the actor sees no such choice.
    """
    require(permissions.may_record_choices(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = choice_to_take_back(person=person, choice_id=choice_id)
    record(events.CHOICES_READ, actor=actor, person_id=person.id)
    return found


@query()
def organisations_to_tell(*, actor: Actor) -> list[Organisation]:
    """Return the organisations in the partnership, by name."""
    require(permissions.may_read_choices(actor))
    return organisations_by_name()


def choice_to_take_back(*, person: Person, choice_id: UUID) -> SharingChoice:
    """Return a choice of a person; part of a query or command that checked who asks.

    Raises:
        NotFoundError: they have none with this id.
    """
    found = choices_of(person).select_related("recipient").filter(id=choice_id).first()
    if found is None:
        raise NotFoundError(_("There is no such choice."))
    return found


def choices_of(person: Person) -> QuerySet[SharingChoice]:
    """Return all choices of a person, on any of their records, the newest first."""
    everywhere = list(Person.objects.records_of(person.id))
    return SharingChoice.objects.filter(person__in=everywhere).order_by(*NEWEST_FIRST)


def wishes(
    *,
    actor: Actor,
    person_id: UUID,
    topics: Collection[Topic],
    recipients: Collection[UUID],
    purpose: str,
    day: date,
) -> dict[UUID, Wish]:
    """Return what a person wants about telling each of some organisations.

    Part of a command or query that checked who asks. All their choices count, including those on a
    record that is outside the actor's reach.
    """
    with beyond_reach(actor):
        chosen = [each.choice for each in _choices_anywhere(person=person_id)]
    return {
        recipient: wish_about(chosen, topics=topics, recipient=str(recipient), purpose=purpose, day=day)
        for recipient in recipients
    }
