"""What is known of a person, put together from all their records: here, and nowhere else.

Joining two records leaves both as they are, so that they can be separated again. Any code that shows, prints
or weighs what is known of somebody asks here, not a single record: the warning may be on either.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.casework.people.models.person import Person, told_to_others
from alongside.casework.people.rules import age_on


@dataclass(frozen=True)
class Known:
    """One thing that is known of a person, and the record that says so."""

    value: Any
    record: Person


@dataclass(frozen=True)
class Whole:
    """A person, by all their records: the main record first, then the others, oldest first."""

    records: tuple[Person, ...]

    @property
    def head(self) -> Person:
        """Their main record."""
        return self.records[0]

    @property
    def protected(self) -> bool:
        """Whether the address must be kept from others: it must if any record says so."""
        return any(each.address_protected for each in self.records)

    def known(self, column: str) -> list[Known]:
        """Return everything the records say about one thing; what two of them agree on appears once.

        Args:
            column: one of the record's columns, ``full_name`` or ``whole_address``.
        """
        found: dict[str, Known] = {}
        for record in self.records:
            if value := getattr(record, column):
                found.setdefault("".join(str(value).split()).casefold(), Known(value, record))
        return list(found.values())

    def first(self, column: str) -> Any:
        """Return the one value to use where only one will do, such as for an age; None if nothing is known.

        The main record comes first; the others fill in what it does not say.
        """
        return next((each.value for each in self.known(column)), None)

    @property
    def has_died(self) -> bool:
        """Whether any record says that they have died."""
        return self.first("died_on") is not None

    @property
    def date_of_birth(self) -> date | None:
        """The date of birth to work out an age from."""
        born: date | None = self.first("date_of_birth")
        return born

    def age_on(self, day: date) -> int | None:
        """Return their age on a day, or the one at which they had died by then; None if it is not known."""
        ends = min([each.value for each in self.known("died_on")] + [day])
        born = self.date_of_birth
        return age_on(born, ends) if born and born <= ends else None

    @property
    def told_to_others(self) -> str:
        """Names and date of birth, as an agency that does not see the records would look for them."""
        names, called = self.known("full_name"), self.known("known_as")
        return told_to_others(
            [each.value for each in names], [each.value for each in called], self.date_of_birth
        )


def together(records: Iterable[Person]) -> list[Whole]:
    """Return the people these records belong to, in order of first appearance.

    A record merged into one that is not among these represents its person on its own.
    """
    by_id = {each.id: each for each in records}
    theirs: dict[Person, list[Person]] = defaultdict(list)
    for record in by_id.values():
        head = record
        while head.merged_into_id in by_id:
            head = by_id[head.merged_into_id]
        theirs[head].append(record)
    return [
        Whole((head, *sorted((each for each in several if each != head), key=_oldest_first)))
        for head, several in theirs.items()
    ]


def _oldest_first(record: Person) -> tuple[Any, str]:
    return record.admitted_at, str(record.id)
