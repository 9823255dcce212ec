"""What the report shows, as plain values: counts only. ``gather`` fills them, ``page`` shows them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Grade = Literal["good", "fair", "poor", "not_known"]
ELEMENTS = ("accurate", "valid", "reliable", "timely", "relevant", "complete")
"""The six elements of information quality, in the order they are shown."""


@dataclass(frozen=True)
class Count:
    """A number of people, and what they have in common, in words."""

    label: str
    people: int


@dataclass(frozen=True)
class LeftOut:
    """People left off a list and why, in words; ``unread`` are extracts that would say of more of them."""

    label: str
    people: int
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tier:
    """One tier of a policy: how many people fit it, and how many places it has each week (None: no limit)."""

    label: str
    people: int
    places: int | None


@dataclass(frozen=True)
class PolicyFigures:
    """One policy. ``tiers`` and ``routes`` each add up to the people on its list; the others overlap.

    ``unknowns`` counts among the people ``in_scope``: those the policy is about, on its list or not.
    ``untold`` is what the policy asks for and no extract holds about anybody.
    """

    code: str
    title: str
    purpose: str
    power: str
    in_scope: int
    tiers: list[Tier]
    routes: list[Count]
    reasons: list[Count]
    unknowns: list[Count]
    excluded: list[LeftOut]
    sampled: int
    untold: list[str] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many are on the list."""
        return sum(tier.people for tier in self.tiers)


@dataclass(frozen=True)
class Element:
    """One of the six elements of information quality, for one source."""

    grade: Grade
    figure: str
    sentence: str = ""


@dataclass(frozen=True)
class SourceFigures:
    """One extract: what happened to it, and its quality. ``remark`` says what is wrong with it."""

    title: str
    organisation: str
    status: Literal["read", "refused", "missing", "empty"]
    rows: int
    rejected: int
    newest: date | None
    late: bool
    remark: str
    elements: dict[str, Element]
    unused_columns: list[str]
    contact: str | None = None
    questions: list[tuple[str, str | None]] = field(default_factory=list)
    """What was asked of the sender about the data, and the answer if there is one."""


@dataclass(frozen=True)
class LinkageFigures:
    """Records to people. ``sizes`` counts people by how many records they have."""

    records: int
    people: int
    nameless: int
    doubtful: int
    sizes: list[Count]
    largest: int


@dataclass(frozen=True)
class Changes:
    """What has changed since the previous run."""

    since: date
    new_people: int
    merged: int
    split: int
    joined_list: int
    left_list: int
    stayed_on_list: int


@dataclass(frozen=True)
class Figures:
    """Everything the report shows."""

    area: str
    as_at: date
    people_on_a_list: int
    sources: list[SourceFigures]
    linkage: LinkageFigures
    policies: list[PolicyFigures]
    made_with: dict[str, str] = field(default_factory=dict)
    changes: Changes | None = None
    unmatched: list[str] = field(default_factory=list)
    paused: list[str] = field(default_factory=list)
