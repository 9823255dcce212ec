"""Numbers so small that they reveal single people are held back, with whatever would give them away."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FEWEST = 5
"""Fewer than five, of offers or of the people they were made to, are not shown; zero may be.

The Equality Act 2010, section 149 asks us to look at how groups fare, and UK GDPR to reveal nobody.
"""
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True)
class Tally:
    """How many, and about how many people."""

    number: int = 0
    people: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together; no person may be in both."""
        return Tally(self.number + other.number, self.people + other.people)

    @property
    def small(self) -> bool:
        """Whether it is so small that it reveals single people."""
        return self.number > 0 and min(self.number, self.people) < FEWEST


@dataclass(frozen=True)
class Row:
    """One group, before anything is held back: all of it, and the parts it is made up of."""

    all: Tally
    parts: Mapping[str, Tally]

    @property
    def small(self) -> bool:
        """Whether any of its numbers is small."""
        return self.all.small or any(each.small for each in self.parts.values())


@dataclass(frozen=True)
class Told:
    """What is shown of a group: all of it, and its parts; each is None if it is held back."""

    all: int | None
    parts: Mapping[str, int] | None


HELD_BACK = Told(None, None)


def hold_back(rows: Mapping[Key, Row], total: Row) -> tuple[dict[Key, Told], Told]:
    """Return what may be shown of groups and of all of them together.

    A group with a small number in it is held back as a whole, so that its parts cannot be worked out from the
    rest. With it, the next smallest groups are held back, until nothing small in a column and no single group
    can be worked out by taking what is shown from the total. A column's total is shown unless it is small.

    Args:
        rows: groups; nobody is in two of them.
        total: all groups together; the same however people are grouped.
    """
    groups = [group for group in rows if rows[group].all.number]
    by_size = sorted(groups, key=lambda group: (rows[group].all.number, group))
    no_all = {group for group in groups if rows[group].all.small}
    _enough(no_all, by_size, [lambda group: rows[group].all])
    no_parts = no_all | {group for group in groups if rows[group].small}
    columns = [_column(rows, name) for name in total.parts]
    _enough(no_parts, by_size, columns)
    told = {
        group: Told(
            None if group in no_all else rows[group].all.number,
            None if group in no_parts else {name: each.number for name, each in rows[group].parts.items()},
        )
        for group in rows
    }
    if total.all.small:
        return dict.fromkeys(told, HELD_BACK), HELD_BACK
    parts = None if total.small else {name: each.number for name, each in total.parts.items()}
    return told, Told(total.all.number, parts)


def _column(rows: Mapping[Key, Row], name: str) -> Callable[[Key], Tally]:
    return lambda group: rows[group].parts[name]


def _enough(held: set[Key], by_size: Iterable[Key], columns: Iterable[Callable[[Key], Tally]]) -> None:
    """Hold back more groups, smallest first, until subtraction gives nothing away.

    What is held back in each column must not be small when added together. So one group is never held back
    alone, as its small numbers would be.
    """
    columns = list(columns)
    for group in by_size:
        together = [sum(map(column, held), Tally()) for column in columns]
        if not any(each.small for each in together):
            return
        held.add(group)
