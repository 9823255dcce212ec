"""What else a concern may be: safeguarding, high-risk domestic abuse, exploitation. Never either/or.

Law: Care Act 2014, section 42(1), whose three limbs are asked side by side and whose threshold is
suspicion; a concern may be raised on the first two (the LGA and ADASS framework of 2020). The ways to a MARAC
are its usual referral criteria. No question from another body's tool is here: an agency uses the tool
it is licensed for, and writes down the number.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alongside.area.marm_models import Forum, Marac, ScreeningTool


class Said(StrEnum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Limb(StrEnum):
    """The three limbs of section 42(1)."""

    NEEDS = "needs"
    """Has needs for care and support, met or not."""
    ABUSE = "abuse"
    """Is experiencing, or is at risk of, abuse or neglect, including self-neglect."""
    CANNOT_PROTECT = "cannot_protect"
    """Because of those needs cannot protect themselves."""


class Way(StrEnum):
    """The way in which something is a matter for a MARAC."""

    COUNT = "count"
    JUDGEMENT = "judgement"
    ESCALATION = "escalation"
    REPEAT = "repeat"


@dataclass(frozen=True)
class DomesticAbuse:
    """What is known about domestic abuse.

    Attributes:
        count: how many times the answer was yes in the agency's own risk checklist; None if none was used.
        judgement: whether a professional judges the risk to be high, whatever the count.
        events: how many incidents there were in the months that count for escalation.
        since_marac: whether anything happened in the months after the case was last at a MARAC.
    """

    count: int | None = None
    judgement: bool = False
    events: int = 0
    since_marac: bool = False


def is_safeguarding(limbs: Mapping[Limb, Said]) -> bool:
    """Whether a safeguarding concern is to be raised: abuse or neglect of somebody who may need care.

    Suspicion is enough, the person's consent is not a condition, and what is not known is for the enquiry to
    find out; so is whether they can protect themselves.
    """
    return limbs[Limb.ABUSE] is Said.YES and limbs[Limb.NEEDS] is not Said.NO


def may_be_safeguarding(answers: Mapping[str, str]) -> bool:
    """Whether the safeguarding team is to be asked, by the answers to the three limbs: abuse is not known.

    Section 42(1) needs reasonable cause to suspect, not knowledge: being unsure is a reason to ask those who
    can judge it, but it does not say that the duty is met.

    Args:
        answers: as they were saved; those of any other screening never say so.
    """
    return answers.keys() == set(Limb) and answers[Limb.ABUSE] == Said.NOT_KNOWN


def ways_to_marac(known: DomesticAbuse, limits: Marac) -> tuple[Way, ...]:
    """Return the ways in which it is a matter for a MARAC; judgement may add one but never takes one away."""
    holds = {
        Way.COUNT: known.count is not None and known.count >= limits.count,
        Way.JUDGEMENT: known.judgement,
        Way.ESCALATION: known.events >= limits.events,
        Way.REPEAT: known.since_marac,
    }
    return tuple(way for way in Way if holds[way])


def tool_says(tool: ScreeningTool, answers: Mapping[str, Said]) -> bool:
    """Whether a tool in the area pack leads on: enough of its questions were answered yes."""
    yes = [each.code for each in tool.questions if answers.get(each.code) is Said.YES]
    return len(yes) >= tool.at_least


def meant(words: str, forums: Iterable[Forum]) -> list[Forum]:
    """Return the forums whose words occur in what somebody wrote: each matches the start of a word.

    It only asks, and decides nothing: whoever wrote it is shown the questions, and answers them.
    """
    return [each for each in forums if _any_in(each.words, words)]


def _any_in(beginnings: Collection[str], words: str) -> bool:
    if not beginnings:
        return False
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, beginnings))})", words, re.IGNORECASE))
