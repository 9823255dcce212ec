"""Whom a release leaves out, whichever organisations it names. Part of a command that sees all rows."""

from collections.abc import Collection
from uuid import UUID

from alongside.casework.people.models import Person
from alongside.casework.sources.queries.objecting import who_objected_before
from alongside.casework.sources.rules import DIED, OBJECTED, ReleasedPerson


def left_out(people: Collection[ReleasedPerson], *, objecting: Collection[UUID]) -> dict[str, str]:
    """Return the pseudonyms of those the run still found whom nobody is given, and what each is counted as.

    They have objected, since then or before they were erased here; or a record here says that they died,
    which the agencies' extracts did not.

    Args:
        people: some of those a run found.
        objecting: the records of people who object.
    """
    here = Person.objects.filter(insight_id__in=[each.insight_id for each in people])
    objected = here.filter(id__in=objecting).values_list("insight_id", flat=True)
    before = who_objected_before({each.insight_id: each.known for each in people})
    died = here.filter(Person.objects.has_died("id")).values_list("insight_id", flat=True)
    return dict.fromkeys(before.union(objected), OBJECTED) | dict.fromkeys(died, DIED)
