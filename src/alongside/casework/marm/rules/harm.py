"""Death or serious harm: what is written down, and whether a review is asked for, with the reason.

Care Act 2014, section 44: a safeguarding adults board reviews where somebody with needs for care and support
died or was seriously harmed and agencies could have worked together better. That decision is the board's.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


class Harm(StrEnum):
    """What happened. The strings are stored in the database."""

    DIED = "died"
    SERIOUS = "serious_harm"


class InDanger(StrEnum):
    """Whether others are in danger: asked first."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Happened:
    """What is written down about it.

    Attributes:
        others: whether others are in danger.
        others_words: what is being done for them; needed if they are.
        harm: what happened.
        words: how, as far as is known.
        happened_on: on which day; None if not known.
        learned_on: when the agency learned of it.
        learned_from: from whom.
    """

    others: InDanger
    others_words: str
    harm: Harm
    words: str
    happened_on: date | None
    learned_on: date
    learned_from: str


def wrong_with_harm(said: Happened, *, day: date) -> dict[str, str]:
    """Return what is missing or impossible, by the name of the part."""
    wrong = {}
    if said.others is InDanger.YES and not said.others_words.strip():
        wrong["others_words"] = _("Say what is being done for anybody in danger")
    if not said.words.strip():
        wrong["words"] = _("Say what happened, as far as you know")
    if not said.learned_from.strip():
        wrong["learned_from"] = _("Say who you learned it from")
    if said.learned_on > day:
        wrong["learned_on"] = _("The day must be today or in the past")
    if said.happened_on is not None and said.happened_on > said.learned_on:
        wrong["happened_on"] = _("It cannot have happened after you learned of it")
    return wrong
