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
"""So many chronology entries are on a page."""


def chronology_of(
    actor: Actor, people: list[UUID], entries_from: int
) -> tuple[list[ChronologyEntry], dict[UUID, list[ChronologyEntry]]]:
    """Return one entry more than a page shows, the newest first, and by entry what corrects it.

    Part of a query that checked who asks.

    Args:
        actor: who reads: what an agency keeps to itself is not among them.
        people: the ids of all records of the person.
        entries_from: so many newer ones are passed over.
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
    """As below. Of one record the index has them in their order, and what no page shows is not read."""
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
    """Those of the page and what corrects them: by a list of ids and no join either is found by its index."""
    newest = ("-happened_on", "-recorded_at")
    readable = theirs if everything else theirs.read_in(organisation, among("person", opened))
    shown = readable.filter(corrects=None).order_by(*newest).values("id")
    ids = ArraySubquery(shown[entries_from : entries_from + ENTRIES_AT_ONCE + 1])
    both = readable.filter(Q(among("id", ids)) | Q(among("corrects", ids)))
    return both.select_related("organisation").order_by(*newest)
