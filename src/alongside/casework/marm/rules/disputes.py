"""What agencies disagree about, and how it is settled: at the lowest step first, each with its time limit.

Source 002 asks that disputes are raised promptly and openly, and resolved at the lowest possible level. The
steps and their times are the area pack's (``dispute_ladder``); the case goes on meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.area.marm_models import LadderStep
from alongside.casework.marm.rules.clocks import due


class About(StrEnum):
    """What agencies disagree about. The strings are stored in the database."""

    DECISION = "decision"
    ACTION = "action"
    NOT_TAKING_PART = "not_taking_part"
    THRESHOLD = "threshold"
    LEAD = "lead"
    OTHER = "other"


class CameOf(StrEnum):
    """What came of one step."""

    SETTLED = "settled"
    """Both agreed, and on what."""
    TAKEN_UP = "taken_up"
    """They did not, and it went to the next step, with the reason."""
    DECIDED = "decided"
    """They did not, and the last step decided: no other step can."""


ENDS = (CameOf.SETTLED, CameOf.DECIDED)


@dataclass(frozen=True)
class Differs:
    """What is said when a dispute is raised.

    Attributes:
        about: what it is about.
        words: what the agency sees differently, and what it asks for.
        meanwhile: what happens meanwhile so that the person is not left waiting.
        who: who will speak to whom at the first step, by name and agency.
    """

    about: About
    words: str
    meanwhile: str
    who: str


@dataclass(frozen=True)
class Rung:
    """One step as it begins: which, what it is called, and when it is due to end."""

    number: int
    title: str
    due_at: datetime


def wrong_with_dispute(differs: Differs) -> dict[str, str]:
    """Return what is missing, by the name of the part."""
    owed = {
        "words": _("Say what your organisation sees differently"),
        "meanwhile": _("Say what happens meanwhile, so that the person is not left waiting"),
        "who": _("Say who will speak to whom, by name and agency"),
    }
    return {name: said for name, said in owed.items() if not getattr(differs, name).strip()}


def rung_at(ladder: Sequence[LadderStep], number: int, *, at: datetime) -> Rung | None:
    """Return a step that begins at a moment; None if the ladder has no such step.

    Args:
        ladder: the steps of the area pack, lowest first.
        number: which; 1 is the lowest.
        at: when it begins.
    """
    if not 1 <= number <= len(ladder):
        return None
    step = ladder[number - 1]
    return Rung(number, step.title, due(at, step.within))
