"""The chronology of a person, a page at a time."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.people.models import ChronologyEntry
from alongside.casework.people.models.history import ChronologyQuerySet

ENTRIES_AT_ONCE = 20
"""How many chronology entries a page shows."""


def chronology_of(
    actor: Actor, people: list[UUID], entries_from: int
) -> tuple[list[ChronologyEntry], dict[UUID, list[ChronologyEntry]]]:
    """Return one entry more than a page shows, newest first, and the corrections of each entry.

    For use in a query that has checked the actor.

    Args:
        actor: who is reading; what another agency keeps to itself is left out.
        people: the ids of all records of the person.
        entries_from: how many newer ones to skip.
    """
    reader: dict[str, Any] = {
        "organisation": actor.organisation_id, "opened": list(actor.emergency_people),
    }  # fmt: skip
    everything, alone = actor.reach == EVERYBODY, len(people) == 1
    whose: dict[str, Any] = {"person": people[0]} if alone else {"people": people}
    entries: list[ChronologyEntry] = []
    corrections: dict[UUID, list[ChronologyEntry]] = defaultdict(list)
    for each in (_of_one if alone else _of_several)(everything, entries_from, **whose, **reader):
        if each.corrects_id is None:
            entries.append(each)
        else:
            corrections[each.corrects_id].append(each)
    for several in corrections.values():
        several.sort(key=lambda each: each.recorded_at)
    return entries, corrections


@composed_once
def _of_one(
    everything: bool,
    entries_from: int,
    /,
    *,
    person: UUID,
    organisation: UUID | None,
    opened: list[UUID],
) -> QuerySet[ChronologyEntry]:
    """As below. For one record the index is already in order, and entries that no page shows are not read."""
    theirs = ChronologyEntry.objects.filter(person=person)
    return _page(theirs, everything, entries_from, organisation, opened)


@composed_once
def _of_several(
    everything: bool,
    entries_from: int,
    /,
    *,
    people: list[UUID],
    organisation: UUID | None,
    opened: list[UUID],
) -> QuerySet[ChronologyEntry]:
    theirs = ChronologyEntry.objects.filter(among("person", people))
    return _page(theirs, everything, entries_from, organisation, opened)


def _page(
    theirs: ChronologyQuerySet, everything: bool, entries_from: int, organisation: Any, opened: Any
) -> QuerySet[ChronologyEntry]:
    """The page's entries and their corrections: a list of ids, not a join, lets each use its index."""
    newest = ("-happened_on", "-recorded_at")
    readable = theirs if everything else theirs.read_in(organisation, among("person", opened))
    shown = readable.filter(corrects=None).order_by(*newest).values("id")
    ids = ArraySubquery(shown[entries_from : entries_from + ENTRIES_AT_ONCE + 1])
    both = readable.filter(Q(among("id", ids)) | Q(among("corrects", ids)))
    return both.select_related("organisation").order_by(*newest)
