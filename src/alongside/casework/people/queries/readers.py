"""Which organisations can read or would come to see something about a person, and which are objected to."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import permissions
from alongside.casework.people.models import ChronologyEntry, Person, Reach
from alongside.casework.people.queries import get_person, people_visible_to
from alongside.casework.people.queries.forms import entry_to_correct
from alongside.casework.people.queries.telling import AnsweredAgainstTheirWishError, not_to_be_told


@dataclass(frozen=True)
class Readers:
    """Other organisations by name, and those of them that the person asked us not to tell."""

    names: tuple[str, ...] = ()
    objected: tuple[str, ...] = ()


def readers_of(*, actor: Actor, person_id: UUID, at: datetime) -> Readers:
    """Return which other organisations see a person's record. The caller has checked the actor."""
    with beyond_reach(actor):
        seen_by = _seen_by(actor, Person.objects.records_of(person_id))
    return _of(actor, seen_by, people=[person_id], at=at)


@query()
def readers_of_involvement(*, actor: Actor, person_id: UUID, at: datetime) -> Readers:
    """Return which other organisations would read that the actor's is in touch with a person.

    Raises:
        NotAllowedError: the actor may not note an involvement.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_add_to_chronology(actor))
    return readers_of(actor=actor, person_id=get_person(actor=actor, person_id=person_id).id, at=at)


def must_be_for_all_to_read(*, actor: Actor, person_id: UUID, at: datetime, instead: str) -> None:
    """Check that everybody who sees a record may read an answer about the person.

    The message does not name who may not: whoever answers need not see the record, nor who else does. For use
    in a command that has checked the actor.

    Args:
        actor: who answers.
        person_id: who it is about.
        at: when.
        instead: a sentence that says how to answer without telling anything.

    Raises:
        AnsweredAgainstTheirWishError: the person asked us not to tell somebody who would read it.
    """
    if readers_of(actor=actor, person_id=person_id, at=at).objected:
        why = _("The person asked that an organisation which would read this answer is not told about them.")
        raise AnsweredAgainstTheirWishError(f"{why} {instead}")


def who_comes_to_see(*, actor: Actor, one: UUID, other: UUID, at: datetime) -> Readers:
    """Return which organisations see only one of two records, and would see both if they were joined.

    What the person asked on either record counts, whatever purpose it was for: joining has no purpose of its
    own. For use in a query or command that has checked the actor.
    """
    return _by_joining(actor, one, [other], at)[other]


@query()
def readers_of_correction(*, actor: Actor, person_id: UUID, entry_id: UUID, at: datetime) -> Readers:
    """Return which other organisations can read an entry, and so its correction.

    Raises:
        NotAllowedError: the actor may not correct it.
        NotFoundError: there is no such person or entry, or the actor may not see them.
    """
    require(permissions.may_add_to_chronology(actor))
    person = get_person(actor=actor, person_id=person_id)
    entry = entry_to_correct(actor=actor, person=person, entry_id=entry_id)
    if entry.readers == ChronologyEntry.Readers.OWN:
        return Readers()
    return readers_of(actor=actor, person_id=person.id, at=at)


@query()
def joined_with(
    *, actor: Actor, person_id: UUID, others: Collection[UUID], at: datetime
) -> dict[UUID, Readers]:
    """Return, for each record that a person's may be joined with, who would then see more.

    Raises:
        NotAllowedError: the actor may not join records.
        NotFoundError: one of them does not exist, or the actor may not see it.
    """
    require(permissions.may_merge(actor))
    kept = get_person(actor=actor, person_id=person_id)
    if people_visible_to(actor).filter(id__in=others).count() < len(set(others)):
        raise NotFoundError(_("One of these records does not exist, or your organisation may not see it."))
    return _by_joining(actor, kept.id, others, at)


def _by_joining(actor: Actor, one: UUID, others: Collection[UUID], at: datetime) -> dict[UUID, Readers]:
    with beyond_reach(actor):
        seen_by = {each: _seen_by(actor, [each]) for each in (one, *others)}
    found = {}
    for each in others:
        both = seen_by[one] | seen_by[each]
        alone = {id_: name for id_, name in both.items() if (id_ in seen_by[one]) != (id_ in seen_by[each])}
        found[each] = _of(replace(actor, purpose=""), alone, people=[one, each], at=at)
    return found


def _seen_by(actor: Actor, records: Collection[UUID]) -> dict[UUID, str]:
    reaches = Reach.objects.filter(person__in=records, until=None).exclude(organisation_id=actor.member_of)
    return dict(reaches.values_list("organisation_id", "organisation__name"))


def _of(actor: Actor, names: dict[UUID, str], *, people: Collection[UUID], at: datetime) -> Readers:
    stopped: set[UUID] = set()
    if names:
        for each in people:
            stopped |= not_to_be_told(actor=actor, person_id=each, organisations=names, at=at).keys()
    return Readers(tuple(sorted(names.values())), tuple(sorted(names[each] for each in stopped)))
