"""What is said when the approach is asked for, and what must not be left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from alongside.casework.marm.rules.criteria import Answered
from alongside.casework.marm.rules.stages import Told, Urgency

DIRECTIONS = ("risk_to_self", "risk_from_others", "risk_to_others")
"""The directions in which something may happen: beside what is strong, at least one is given (MARM-47)."""


@dataclass(frozen=True)
class Asked:
    """What somebody asking for the approach says (Solihull guidance; domain 1.8.1).

    Attributes:
        urgency: how soon.
        own_words: what the person says about it, in their words.
        no_words_why: why there are none yet, and when there will be.
        wanted: the outcome that the person wants.
        strengths: what is strong, and what works.
        tried: what was tried, by whom, and what came of it.
        risk_to_self: what may happen to them from how they live or what they do, and how soon.
        risk_from_others: what others may do to them.
        risk_to_others: what may happen to others.
        told: whether the person knows and agrees.
        told_why: why they were not told, or what they object to.
        manager_told: the manager who knows about it.
        answers: how each criterion is answered, by its code.
        criteria_set: the version of the criteria that were answered; empty for those in use.
    """

    urgency: Urgency
    own_words: str
    no_words_why: str
    wanted: str
    strengths: str
    tried: str
    told: Told
    risk_to_self: str = ""
    risk_from_others: str = ""
    risk_to_others: str = ""
    told_why: str = ""
    manager_told: str = ""
    answers: Mapping[str, Answered] = field(default_factory=dict)
    criteria_set: str = ""


def wrong_with(asked: Asked) -> dict[str, str]:
    """Return what is missing, by the name of the part. Strengths are needed as much as what may happen."""
    owed = {
        "wanted": _("Say what the person wants, or that they were asked and did not say"),
        "strengths": _("Say what is strong and what works: there is always something"),
        "tried": _("Say what was tried, by whom, and what came of it"),
    }
    wrong = {name: said for name, said in owed.items() if not getattr(asked, name).strip()}
    if not any(getattr(asked, name).strip() for name in DIRECTIONS):
        wrong["risk_to_self"] = _(
            "Say what may happen: to them from how they live, from others, or to others"
        )
    if not asked.own_words.strip() and not asked.no_words_why.strip():
        wrong["own_words"] = _("Write what the person says, or why there is nothing in their own words yet")
    if asked.told is not Told.AGREES and not asked.told_why.strip():
        wrong["told_why"] = (
            _("Say what they object to")
            if asked.told is Told.KNOWS
            else _("Say why they were not told, and when they will be")
        )
    return wrong
