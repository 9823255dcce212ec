"""Numbers so small that they tell of single people are held back, and so is whatever gives them away."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FEWEST = 5
"""Fewer than five, of offers or of the people they were made to, are not told; none at all may be.

The Equality Act 2010, section 149 asks that one looks at how groups fare, and UK GDPR that nobody is told of.
"""
Key = TypeVar("Key", bound=str)


@dataclass(frozen=True)
class Tally:
    """How many, and of how many people."""

    number: int = 0
    people: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together, of people who are not the same."""
        return Tally(self.number + other.number, self.people + other.people)

    @property
    def small(self) -> bool:
        """Whether it tells of single people."""
        return self.number > 0 and min(self.number, self.people) < FEWEST


@dataclass(frozen=True)
class Row:
    """One group, before anything is held back: all of it, and its parts, which make up all of it."""

    all: Tally
    parts: Mapping[str, Tally]

    @property
    def small(self) -> bool:
        """Whether one of its numbers is."""
        return self.all.small or any(each.small for each in self.parts.values())


@dataclass(frozen=True)
class Told:
    """What is told of a group: all of it, and its parts; each None where it is held back."""

    all: int | None
    parts: Mapping[str, int] | None


HELD_BACK = Told(None, None)


def hold_back(rows: Mapping[Key, Row], total: Row) -> tuple[dict[Key, Told], Told]:
    """Return what may be told of groups and of all of them together.

    A group with a small number in it is held back whole, so that its parts cannot be told from the rest; and
    with it the next smallest, until neither what is left of a column nor one group alone can be worked out by
    taking what is told from the total. The total of a column is told unless it is small itself.

    Args:
        rows: groups of which nobody is in two.
        total: all groups together; the same, however people are grouped.
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
    """Hold back more groups, the smallest first, until taking away gives nothing away.

    What is held back of each column is not small when taken together. So never is one group held back alone:
    what is small in it would be.
    """
    columns = list(columns)
    for group in by_size:
        together = [sum(map(column, held), Tally()) for column in columns]
        if not any(each.small for each in together):
            return
        held.add(group)
