"""Whom a release leaves out, whichever organisations it names. Part of a command that sees all rows."""

from collections.abc import Collection, Set
from uuid import UUID

from alongside.casework.people.models import Person
from alongside.casework.sources.queries.objecting import who_objected_before
from alongside.casework.sources.rules import DIED, OBJECTED, ReleasedPerson


def who_died() -> set[str]:
    """Return the pseudonyms of those who died, as any of their records here says."""
    theirs = Person.objects.exclude(died_on=None).whole().exclude(insight_id="")
    return set(theirs.values_list("insight_id", flat=True))


def left_out(
    people: Collection[ReleasedPerson], *, objecting: Collection[UUID], died: Set[str]
) -> dict[str, str]:
    """Return the pseudonyms of those the run still found whom nobody is given, and what each is counted as.

    Args:
        people: some of those a run found.
        objecting: the records of people who object; those who objected and were erased are asked for here.
        died: the pseudonyms of those who died, which the agencies' extracts did not say.
    """
    known = Person.objects.filter(id__in=objecting, insight_id__in=[each.insight_id for each in people])
    before = who_objected_before({each.insight_id: each.known for each in people})
    objected = before.union(known.values_list("insight_id", flat=True))
    return dict.fromkeys(objected, OBJECTED) | dict.fromkeys(died, DIED)
