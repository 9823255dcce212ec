"""What a decision about risk says, so that it can be defended: options, both sides, who, why and until when.

The guidance (source 002) asks for reasons, balance, names, the law and a date to look at it again,
and that people make their own decisions about the risk they are comfortable with. Mental Capacity Act 2005,
section 1: support to decide comes first, an unwise decision shows no lack of capacity, and what is decided
for somebody is the least restrictive of their rights.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

BOTH_SIDES = 2
"""How many options are weighed at least; doing nothing may be one."""


class Stance(StrEnum):
    """What an agency says about a decision."""

    AGREES = "agrees"
    PARTLY = "partly"
    DISSENTS = "dissents"
    """It disagrees, and says why; the decision stands, and what it said is kept beside it."""
    NO_VIEW = "no_view"


class Protects(StrEnum):
    """Who a decision protects."""

    PERSON = "person"
    OTHERS = "others"
    US = "us"
    """The agencies or their workers. If it is only them, that has to be justified."""


@dataclass(frozen=True)
class Option:
    """One option as it was weighed with the person.

    Attributes:
        words: what it is.
        benefits: what is good about it for the person.
        consequences: negative consequences that the person understood.
        not_acting: what may happen if it is not done.
        least_restrictive: whether it restricts the person least, of those that would work.
        chosen: whether it was chosen.
    """

    words: str
    benefits: str
    consequences: str
    not_acting: str
    least_restrictive: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Position:
    """What one agency says about it, and who spoke for it."""

    organisation_id: UUID
    name: str
    stance: Stance
    words: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as somebody writes it down.

    Attributes:
        question: what was to be decided.
        options: what was weighed.
        decided: what was decided.
        own_view: what the person says, in their words.
        level: the level of risk they are comfortable with, in their words.
        no_view_why: why there is no view from them, and when they will be asked.
        support: what was done to help them decide.
        speaks_for: the arguments for what was decided.
        speaks_against: the arguments against it.
        reasons: why it was decided this way.
        protects: who it protects.
        us_alone_why: why it is right although it protects only the agencies.
        levers: codes of the law and guidance it refers to.
        capacity_in_doubt: whether there is doubt that the person can make this decision.
        capacity_record_id: the record of that.
        capacity_words: what is known about it, if there is no record yet.
        review_on: when it will be looked at again.
        positions: what each agency says.
    """

    question: str
    options: tuple[Option, ...]
    decided: str
    own_view: str
    level: str
    no_view_why: str
    support: str
    speaks_for: str
    speaks_against: str
    reasons: str
    protects: frozenset[Protects]
    review_on: date
    positions: tuple[Position, ...]
    us_alone_why: str = ""
    levers: tuple[str, ...] = ()
    capacity_in_doubt: bool = False
    capacity_record_id: UUID | None = None
    capacity_words: str = ""


def wrong_with_decision(decided: Decided, *, agencies: Collection[UUID], day: date) -> dict[str, str]:
    """Return what is missing, by the name of the field.

    Args:
        decided: what was written.
        agencies: those that take part in the case: each has to say something.
        day: which day it is.
    """
    owed = {
        "question": _("Say what was to be decided"),
        "decided": _("Say what was decided"),
        "support": _("Say what was done to help the person decide"),
        "speaks_for": _("Give the arguments for it"),
        "speaks_against": _("Give the arguments against it: there is always something"),
        "reasons": _("Say why it was decided this way"),
    }
    wrong = {name: said for name, said in owed.items() if not getattr(decided, name).strip()}
    if not (decided.own_view.strip() and decided.level.strip()) and not decided.no_view_why.strip():
        wrong["own_view"] = _(
            "Write what the person says and how much risk they are comfortable with, or why "
            "you do not have their view"
        )
    if not decided.protects:
        wrong["protects"] = _("Choose who it protects")
    if decided.protects == {Protects.US} and not decided.us_alone_why.strip():
        wrong["us_alone_why"] = _("It protects only the agencies. Say why it is still right, or decide again")
    if decided.capacity_in_doubt and not decided.capacity_record_id and not decided.capacity_words.strip():
        wrong["capacity_record"] = _(
            "Choose their capacity record, or say what is known about their capacity"
        )
    if decided.review_on <= day:
        wrong["review_on"] = _("Enter a future date when it will be looked at again")
    return wrong | _wrong_with_options(decided.options) | _wrong_with_positions(decided.positions, agencies)


def _wrong_with_options(options: Collection[Option]) -> dict[str, str]:
    wrong = {}
    if len(options) < BOTH_SIDES:
        wrong["options"] = _("Give at least two options. Doing nothing can be one of them.")
    elif not all(
        part.strip()
        for each in options
        for part in (each.words, each.benefits, each.consequences, each.not_acting)
    ):
        wrong["options"] = _(
            "For each option, say what is good about it, what is not, and what may happen without it"
        )
    elif sum(each.chosen for each in options) != 1:
        wrong["chosen"] = _("Say which option was chosen")
    elif sum(each.least_restrictive for each in options) != 1:
        wrong["least_restrictive"] = _("Say which option restricts the person least")
    return wrong


def _wrong_with_positions(positions: Collection[Position], agencies: Collection[UUID]) -> dict[str, str]:
    if sorted(each.organisation_id for each in positions) != sorted(agencies) or not all(
        each.name.strip() for each in positions
    ):
        return {"positions": _("For each agency taking part, say who spoke for it and what they said")}
    if any(each.stance is Stance.DISSENTS and not each.words.strip() for each in positions):
        return {"positions": _("Say why an agency disagrees: its reason is kept beside the decision")}
    return {}
