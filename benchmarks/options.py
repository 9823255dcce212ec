"""What a suite is told, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

Row = dict[str, Any]
"""One line of results: column to a number, a text, or None where it was not measured."""


@dataclass(frozen=True)
class Options:
    """What was asked for.

    Attributes:
        large: Whether the largest sizes are wanted too (a million people; most of an hour).
        people: Sizes of borough instead of the usual ones.
        say: Tells the person waiting what is happening.
    """

    large: bool
    people: tuple[int, ...]
    say: Callable[[str], None]


class Suite(Protocol):
    """A module of benchmarks: a title, and a function that measures."""

    TITLE: str

    def measure(self, options: Options) -> list[Row]:
        """Measure; one row per thing measured, none where it could not be."""
