"""People who objected and have been erased: kept when they are deleted, and checked by each release."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from alongside.casework.people.models import Person
from alongside.casework.rights.models import LeftOut
from alongside.casework.rights.queries.wishes import objected
from alongside.casework.rights.rules.left_out import traits_of


def traits_of_records(records: Collection[UUID]) -> list[str]:
    """Return what identifies a person, from all their records. Sees all rows."""
    return [
        trait
        for each in Person.objects.filter(id__in=records).order_by("id")
        for trait in traits_of(
            nhs_number=each.nhs_number, forename=each.forename, surname=each.surname,
            date_of_birth=each.date_of_birth,
        )
    ]  # fmt: skip


def keep_left_out(records: Collection[UUID]) -> None:
    """Keep that a person is not to be found again, if they objected; call it before their records go."""
    since = [day for record_id, day in objected().items() if record_id in records]
    if since:
        LeftOut.keep(traits_of_records(records), since=min(since))


def forget_left_out(records: Collection[UUID]) -> None:
    """Allow a person to be found again who objected before they were erased and now withdraws that."""
    digests = {each for trait in traits_of_records(records) for each in LeftOut.digests(trait)}
    LeftOut.objects.filter(digest__in=digests).delete()


def objected_before(people: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return which people, given by pseudonym with what is known about them, objected and were then erased.

    Sees all rows.
    """
    whose: dict[str, set[str]] = defaultdict(set)
    for pseudonym, known in people.items():
        traits = traits_of(
            nhs_number=known.get("nhs_number", ""), forename=known.get("forename", ""),
            surname=known.get("surname", ""), date_of_birth=known.get("date_of_birth"),
        )  # fmt: skip
        for digest in (each for trait in traits for each in LeftOut.digests(trait)):
            whose[digest].add(pseudonym)
    found = LeftOut.objects.filter(digest__in=whose).values_list("digest", flat=True)
    return set().union(*(whose[each] for each in found))
