"""Who may already have a record, asked before somebody creates another."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import Person, Whole, together
from alongside.casework.people.queries import MOST_FOUND, Found
from alongside.casework.people.queries.whole import people_with
from alongside.casework.people.rules import (
    LIKE_ENOUGH,
    LIKELY_THE_SAME,
    born_apart,
    days_meant,
    names_meant,
)

MOST_COMPARED = 300
"""How many records with such a name are looked at, likest first, since dates decide between them only then.

More would make whoever has a common name slow to create. Those with the same date are all looked at.
"""


@dataclass(frozen=True)
class Likely:
    """Possible existing records: people the actor may see, and how many others they may not see."""

    seen: list[Found]
    more: bool
    """Whether there are more of these than are shown."""
    held_elsewhere: int
    more_elsewhere: bool
    """Whether there may be more of these than were counted."""


@query(records=True)
def likely_duplicates(
    *,
    actor: Actor,
    forename: str,
    surname: str,
    known_as: str = "",
    date_of_birth: date | None,
    nhs_number: str,
) -> Likely:
    """Return people who may be the one somebody is about to create a record for, the most certain first.

    Spelling is forgiven. A date of birth that only one side knows, or with day and month swapped, does not
    tell two people apart; a different one does, unless the NHS number is the same.

    Of people held by other agencies, only the number is given, and that is recorded; those agencies can be
    asked whether the person is known.
    """
    require(permissions.may_change_people(actor))
    meant = _Meant(names_meant(forename, surname, known_as), date_of_birth, nhs_number)
    alike, cut = meant.records_alike(most=MOST_COMPARED)
    seen = sorted(
        filter(meant.may_be, people_with(actor, alike)), key=lambda one: meant.certainty(one, alike)
    )
    ours = {each.id for person in seen for each in person.records}  # all of them, not only those shown
    with beyond_reach(actor):
        # so many more that those the actor sees leave room for others
        of_anybody, cut_elsewhere = meant.records_alike(most=MOST_COMPARED + len(alike))
        anybody = together(Person.objects.filter(id__in=of_anybody).whole().order_by("id"))
        others = sum(
            meant.may_be(person) and not any(each.id in ours for each in person.records) for person in anybody
        )
    shown = [Found.of(person) for person in seen[:MOST_FOUND]]
    record(events.DUPLICATES_LOOKED_FOR, actor=actor, found=len(shown), elsewhere=others)
    return Likely(
        shown, more=cut or len(seen) > len(shown), held_elsewhere=others, more_elsewhere=cut_elsewhere
    )


@dataclass(frozen=True)
class _Meant:
    """What is known of whoever somebody is about to create a record for."""

    names: list[str]
    born: date | None
    nhs_number: str

    def records_alike(self, *, most: int) -> tuple[dict[UUID, float], bool]:
        """Return the records within reach with such a name or this number, and how like the names are.

        Also whether there were more with one of the names than so many.
        """
        cut = False
        found: dict[UUID, float] = {}
        if self.nhs_number:
            with_number = Person.objects.filter(nhs_number=self.nhs_number)
            found = dict.fromkeys(with_number.values_list("id", flat=True), 0.0)
        for name in self.names:
            alike = Person.objects.named_like(name, least=LIKELY_THE_SAME, most=most)
            cut = cut or len(alike) == most
            # few are born on one day: among them one name in common is enough, such as after a marriage
            born_then = (
                Person.objects.filter(date_of_birth__in=days_meant(self.born))
                .annotate(likeness=TrigramWordSimilarity(name, "search_text"))
                .filter(likeness__gte=LIKE_ENOUGH)
            )
            for each, likeness in [*alike.items(), *born_then.values_list("id", "likeness")]:
                found[each] = max(likeness, found.get(each, 0))
        return found, cut

    def may_be(self, person: Whole) -> bool:
        """Whether nothing on any record of somebody says that they are another person."""
        return self._has_number(person) or not born_apart(self.born, _born(person))

    def certainty(self, person: Whole, alike: dict[UUID, float]) -> tuple[bool, bool, float, str]:
        """Return what to sort people by: the same number, then the same date, then the likest name."""
        likest = max(alike.get(each.id, 0) for each in person.records)
        same_day = self.born in _born(person)
        return not self._has_number(person), not same_day, -likest, person.head.search_text

    def _has_number(self, person: Whole) -> bool:
        return bool(self.nhs_number) and any(each.nhs_number == self.nhs_number for each in person.records)


def _born(person: Whole) -> set[date]:
    return {each.date_of_birth for each in person.records if each.date_of_birth}
