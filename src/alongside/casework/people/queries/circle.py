"""Who is around a person: agencies in touch, what other agencies answered, and people in their life."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Window
from django.db.models.functions import Rank

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations import query
from alongside.casework.people import events, permissions
from alongside.casework.people.models import AboutMe, Contact, Involvement, KnownTo, Person, Whole
from alongside.casework.people.models.about_me import AT_ONCE, NEWEST_FIRST
from alongside.casework.people.queries import get_person, in_touch, network_of
from alongside.casework.people.queries.whole import whole


@dataclass(frozen=True)
class Circle:
    """Who is around a person, and which records are theirs."""

    whole: Whole
    involvements: list[Involvement]
    known_to: list[KnownTo]
    contacts: list[Contact]
    seen_by: Actor

    @property
    def person(self) -> Person:
        """The person, by their main record."""
        return self.whole.head

    @property
    def records(self) -> tuple[UUID, ...]:
        """The ids of all their records."""
        return tuple(each.id for each in self.whole.records)


def around(*, actor: Actor, person_id: UUID, asked: bool = True) -> Circle:
    """Return who is around a person. Not a page: the query that calls it records that somebody looked.

    Args:
        actor: who asks.
        person_id: around whom.
        asked: whether to include what other agencies answered.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    known = whole(get_person(actor=actor, person_id=person_id))
    everywhere = [each.id for each in known.records]
    return Circle(
        whole=known,
        involvements=in_touch(people=everywhere),
        known_to=_answers(people=everywhere) if asked else [],
        contacts=network_of(people=everywhere),
        seen_by=actor,
    )


@composed_once
def _answers(*, people: list[UUID]) -> QuerySet[KnownTo]:
    asked = KnownTo.objects.filter(among("person", people)).select_related("asked_of")
    return asked.order_by("asked_at", "id")


@query(records=True)
def circle_of(*, actor: Actor, person_id: UUID) -> Circle:
    """Return who is around a person, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_people(actor))
    circle = around(actor=actor, person_id=person_id)
    record(events.CIRCLE_SEEN, actor=actor, person_id=circle.person.id)
    return circle


@composed_once
def newest_words(*, person: UUID) -> QuerySet[AboutMe]:
    """Return what the person last said in each section: all of it, where one conversation asked for several.

    The caller has checked the actor sees the person.

    Args:
        person: the id of any record of theirs.
    """
    said = AboutMe.objects.filter(person__in=Person.objects.all_of(person))
    last = Window(Rank(), partition_by="section", order_by=AT_ONCE)
    return said.annotate(last=last).filter(last=1).order_by("section", *NEWEST_FIRST)
