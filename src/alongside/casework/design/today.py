"""The page "today": each app that has something for a member's day adds a section when it is ready.

And what such apps put on the page of a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

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


SECTIONS: list[Callable[[HttpRequest], Section | None]] = []
"""Each is asked on every visit, and answers None where it has nothing to do with whoever asks."""


ABOUT_A_PERSON: list[Callable[[HttpRequest, UUID], list[Line]]] = []
"""Each is asked on every visit to the page of a person, and answers what stands about them now."""


def now_about(request: HttpRequest, person_id: UUID) -> list[Line]:
    """Return what stands about a person now, for whoever asks: it comes right below what warns of them."""
    return [line for told in ABOUT_A_PERSON for line in told(request, person_id)]


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the sections for whoever asks, in order."""
    made = [section for make in SECTIONS if (section := make(request)) is not None]
    return sorted(made, key=lambda section: section.order)
