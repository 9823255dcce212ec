"""Who could be round the table about a person, and which needs their services would meet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class InviteAs(StrEnum):
    """Why somebody could be round the table, in the order in which they are proposed."""

    IN_TOUCH = "in_touch"
    SAID_KNOWN = "said_known"
    NOT_ANSWERED = "not_answered"
    IN_THEIR_LIFE = "in_their_life"
    COULD_HELP = "could_help"


@dataclass(frozen=True)
class Proposed:
    """Somebody who could be round the table.

    Attributes:
        how: why they are proposed.
        key: of the organisation, contact or service: each is listed once.
        strength: how much they do; more comes first among those of one kind.
        meets: how many of the needs they could meet.
    """

    how: InviteAs
    key: UUID
    strength: int = 0
    meets: int = 0


def round_the_table(proposed: Iterable[Proposed]) -> list[Proposed]:
    """Return who to invite, each organisation once, by the first reason that holds for it.

    Those in touch come first, those who do most before those who do less; then those who said they know the
    person, those who have not answered yet, people in the person's life, and last those who could help.
    """
    order = list(InviteAs)
    chosen: dict[UUID, Proposed] = {}
    for each in sorted(proposed, key=lambda each: (order.index(each.how), -each.strength, -each.meets)):
        chosen.setdefault(each.key, each)
    return list(chosen.values())


TOO_COMMON = frozenset(
    {"advice", "help", "helping", "support", "service", "services", "with", "and", "for", "the"}
)
"""Words that say nothing about what somebody needs."""


def needs_meant(titles: Iterable[str], needs: Mapping[UUID, str]) -> list[UUID]:
    """Return the needs in the partnership's list that share a word with titles of responses."""

    def words(text: str) -> set[str]:
        return {each for each in re.findall(r"[a-z]{3,}", text.lower()) if each not in TOO_COMMON}

    meant = set().union(*(words(title) for title in titles))
    return [need for need, name in needs.items() if words(name) & meant]
