"""What agencies say before a meeting, and which of them holds something that the others do not.

Each agency around Ms B knew a part, and the parts would have been of use to all (source 002, section 5).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Topic(StrEnum):
    """What an agency can know something about."""

    MATTERS = "matters"
    """What matters to the person."""
    HOME = "home"
    HEALTH = "health"
    MONEY = "money"
    PEOPLE = "people"
    DRINK_AND_DRUGS = "drink_and_drugs"
    HARM = "harm"
    DECISIONS = "decisions"
    TRIED = "tried"


@dataclass(frozen=True)
class Report:
    """What one agency says.

    Attributes:
        nothing_known: it knows nothing: a complete answer.
        facts: what it saw or holds on file.
        opinions: what it makes of that.
        person_said: what the person said to it.
        strengths: what is strong.
        risks: what it worries about.
        offer: what it can do.
        limits: what it cannot.
        topics: what it knows about.
    """

    nothing_known: bool = False
    facts: str = ""
    opinions: str = ""
    person_said: str = ""
    strengths: str = ""
    risks: str = ""
    offer: str = ""
    limits: str = ""
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True)
class GridRow:
    """For one topic: which agencies know something, by column; and the only one that does, if so."""

    topic: Topic
    holds: tuple[bool, ...]
    only: str


def wrong_with(report: Report) -> dict[str, str]:
    """Return what is missing or too much, by the name of the field. Strengths are required."""
    owed = {
        "facts": _("Write what you saw or hold on file, or tick that you know nothing"),
        "strengths": _("Say what is strong: there is always something"),
        "topics": _("Choose what you know about"),
    }
    if not report.nothing_known:
        return {name: said for name, said in owed.items() if not getattr(report, name)}
    said = [name for name in ("facts", "opinions", "person_said", "risks") if getattr(report, name).strip()]
    if said or report.topics:
        return {"nothing_known": _("You ticked that you know nothing, but wrote what you know")}
    return {}


def grid(known: Mapping[str, Set[Topic]]) -> list[GridRow]:
    """Return who knows what: a row for each topic, with a column for each agency in the order given."""
    rows = []
    for topic in Topic:
        holders = [agency for agency, topics in known.items() if topic in topics]
        only = holders[0] if len(holders) == 1 and len(known) > 1 else ""
        rows.append(GridRow(topic, tuple(topic in topics for topics in known.values()), only))
    return rows
