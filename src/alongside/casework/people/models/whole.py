"""What is known of a person, put together from every record that is theirs: here, and nowhere else.

Joining two records leaves both as they are, so that they can be parted again. Whatever shows, prints or
weighs what is known of somebody asks for it here, and not a record: either may be the one that warns.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.casework.people.models.person import Person, told_to_others


@dataclass(frozen=True)
class Known:
    """One thing that is known of a person, and the record that says so."""

    value: Any
    record: Person


@dataclass(frozen=True)
class Whole:
    """A person, by all their records: the one they are read by first, then the others, oldest first."""

    records: tuple[Person, ...]

    @property
    def head(self) -> Person:
        """The record they are read by."""
        return self.records[0]

    @property
    def protected(self) -> bool:
        """Whether the address must be kept from others: it must, where any record says so."""
        return any(each.address_protected for each in self.records)

    def known(self, column: str) -> list[Known]:
        """Return all that the records say of one thing; what two of them say alike stands once.

        Args:
            column: one of the record's columns, ``full_name`` or ``whole_address``.
        """
        found: dict[str, Known] = {}
        for record in self.records:
            if value := getattr(record, column):
                found.setdefault("".join(str(value).split()).casefold(), Known(value, record))
        return list(found.values())

    def first(self, column: str) -> Any:
        """Return what is known of a thing that only one value serves for, such as an age; None if nothing is.

        The record they are read by goes first; the others fill in what it does not say.
        """
        return next((each.value for each in self.known(column)), None)

    @property
    def date_of_birth(self) -> date | None:
        """The birthday to reckon an age from."""
        born: date | None = self.first("date_of_birth")
        return born

    @property
    def told_to_others(self) -> str:
        """Names and date of birth, as another agency would look for them that does not see the records."""
        names, called = self.known("full_name"), self.known("known_as")
        return told_to_others(
            [each.value for each in names], [each.value for each in called], self.date_of_birth
        )


def together(records: Iterable[Person]) -> list[Whole]:
    """Return the people whose records these are, in the order in which each comes up first.

    A record that was merged into one that is not among them stands for its person by itself.
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
