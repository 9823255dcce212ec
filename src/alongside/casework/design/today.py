"""The page "today": each app that has something for a member's day adds a section when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass(frozen=True)
class Line:
    """One line of a section: a link, and a few words that say why it is there."""

    text: str
    href: str
    hint: str = ""


@dataclass(frozen=True)
class Section:
    """Part of the page.

    Attributes:
        title: its heading.
        order: smaller comes first; ten lie between neighbours.
        lines: what is to be done.
        empty: the sentence where there is nothing.
        more: a link to all of it.
        people: how many of the lines name a person; the page records one look at all of them together.
    """

    title: str
    order: int
    lines: list[Line] = field(default_factory=list)
    empty: str = ""
    more: Line | None = None
    people: int = 0


SECTIONS: list[Callable[[HttpRequest], Section | Sequence[Section] | None]] = []
"""Each is asked on every visit, and answers None where it has nothing to do with whoever asks.

One answers with several where a single question to the database tells all of them.
"""


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the sections for whoever asks, in order."""
    made: list[Section] = []
    for make in SECTIONS:
        answered = make(request) or ()
        made.extend([answered] if isinstance(answered, Section) else answered)
    return sorted(made, key=lambda section: section.order)
