"""The engagement log of a case: what was tried to get in touch, what came of it, and what worked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


class Tried(StrEnum):
    """How somebody tried."""

    VISIT = "visit"
    TELEPHONE = "telephone"
    MESSAGE = "message"
    LETTER = "letter"
    WITH_SOMEBODY = "with_somebody"
    """With, or through, somebody the person trusts."""
    ELSEWHERE = "elsewhere"
    """Somewhere they go anyway."""


class CameOfIt(StrEnum):
    """What came of a try. None of them says anything about the person, only what happened."""

    SPOKE = "spoke"
    ANOTHER_TIME = "another_time"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    NOT_SAFE = "not_safe"
    """It was not safe, for them or for us, to go on."""


IN_TOUCH = frozenset({CameOfIt.SPOKE, CameOfIt.ANOTHER_TIME, CameOfIt.DECLINED})
"""The person was reached, whatever they said: somebody who declines has been in touch."""


@dataclass(frozen=True)
class Engagement:
    """One try (Solihull guidance: services unable to engage with somebody say what they tried).

    Attributes:
        on: the day.
        tried: how.
        words: what was done and said.
        came: what came of it.
        worked: what worked, or might work next time; empty if nothing did.
    """

    on: date
    tried: Tried
    words: str
    came: CameOfIt
    worked: str = ""


def wrong_with_engagement(said: Engagement, today: date) -> dict[str, str]:
    """Return what is missing or impossible, by the name of the part."""
    wrong = {}
    if said.on > today:
        wrong["on"] = _("The day must be today or in the past")
    if not said.words.strip():
        wrong["words"] = _("Say what you tried")
    return wrong
