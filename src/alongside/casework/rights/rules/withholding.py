"""The grounds for withholding something, and what each needs before it may be used. Pure.

Data Protection Act 2018: Schedule 2 part 1 paragraph 2 (crime), part 3 paragraphs 16 and 17 (other people),
part 4 paragraph 19 (legal privilege); Schedule 3 parts 2 and 3 (serious harm: health, social work).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.clock import months_after

OPINION_HOLDS = 6
"""In months. Schedule 3 paragraph 6: an older opinion from a health professional does not count."""


class Ground(StrEnum):
    """Why something that is held is not given."""

    THIRD_PARTY = "third_party"
    HARM_HEALTH = "harm_health"
    HARM_CARE = "harm_care"
    CRIME = "crime"
    PRIVILEGE = "privilege"
    NOT_ASKED = "not_asked"
    OTHER = "other"


GROUNDS: dict[Ground, Promise] = {
    Ground.THIRD_PARTY: _("It is about somebody else"),
    Ground.HARM_HEALTH: _("Health: it would be likely to cause serious harm"),
    Ground.HARM_CARE: _("Social work: it would be likely to cause serious harm"),
    Ground.CRIME: _("It would get in the way of preventing or detecting crime"),
    Ground.PRIVILEGE: _("Legal advice"),
    Ground.NOT_ASKED: _("It is not part of what was asked for"),
    Ground.OTHER: _("Another ground in law"),
}
HINTS: dict[Ground, Promise] = {
    Ground.THIRD_PARTY: _(
        "They did not agree, and it would not be reasonable to give it without their agreement. Not for the "
        "names of people who wrote it as part of their work."
    ),
    Ground.HARM_HEALTH: _(
        "To anybody's physical or mental health. Only on the opinion of the health professional who knows "
        "the person's care best, given in the last six months."
    ),
    Ground.HARM_CARE: _("To anybody's physical or mental health, so that social work could not be done."),
    Ground.CRIME: _("Only as far as giving this particular line would do that."),
    Ground.PRIVILEGE: _("What lawyers were asked, or said, in confidence."),
    Ground.OTHER: _("Name the law and the paragraph in the reason."),
}


@dataclass(frozen=True)
class Reasoned:
    """A ground, and what was said for it.

    Attributes:
        ground: the ground.
        why: what giving it would do, or whom it is about, in words.
        professional: the health professional whose opinion was asked, by name and job title.
        opinion_on: the day of that opinion.
        named: whether the bundle may name the ground; naming it can itself give away what is withheld.
    """

    ground: Ground
    why: str
    professional: str = ""
    opinion_on: date | None = None
    named: bool = True


def lacks(given: Reasoned, *, today: date) -> dict[str, Promise]:
    """Return, by field, what a ground still needs; empty where it may be used."""
    wrong: dict[str, Promise] = {}
    if not given.why.strip():
        wrong["why"] = _("Enter the reason, for anybody who looks at this again")
    if given.ground is Ground.HARM_HEALTH:
        if not given.professional.strip():
            wrong["professional"] = _("Enter the name and job title of the health professional")
        if given.opinion_on is None:
            wrong["opinion_on"] = _("Enter the day of their opinion")
        elif given.opinion_on > today:
            wrong["opinion_on"] = _("The opinion must be dated today or earlier")
        elif months_after(given.opinion_on, OPINION_HOLDS) < today:
            wrong["opinion_on"] = _("The opinion is more than six months old: ask for a new one")
    return wrong


@dataclass(frozen=True)
class Piece:
    """A piece of a text: some of its words or, in their place, why they are not given."""

    words: str
    withheld: bool = False


def pieces(text: str, stretches: Mapping[str, str]) -> list[Piece]:
    """Return a text in pieces: what is given, and a bar for each stretch of words wherever it appears.

    Where two stretches overlap, everything that either covers is withheld.

    Args:
        text: the whole text.
        stretches: words to withhold, each with what is shown in their place.
    """
    return [
        Piece(words) if why is None else Piece(why, withheld=True) for why, words in _parted(text, stretches)
    ]


def marked(text: str, stretches: Iterable[str]) -> list[Piece]:
    """Return a text in pieces, with all its words; pieces that match a stretch are flagged as withheld."""
    named = dict.fromkeys(stretches, "marked")
    return [Piece(words, withheld=why is not None) for why, words in _parted(text, named)]


def _parted(text: str, stretches: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """A text split at the edges of stretches: what is shown instead of each part, or None, and its words."""
    wanted = sorted((each for each in stretches if each.split()), key=lambda each: (-len(each), each))
    spans = [(found.span(), each) for each in wanted for found in pattern_of(each).finditer(text)]
    if not spans:  # as in nearly every text; the rest goes character by character
        return [(None, text)] if text else []
    covered: list[str | None] = [None] * len(text)
    for span, stretch in spans:
        for place in range(*span):
            covered[place] = covered[place] or stretches[stretch]
    runs = groupby(zip(covered, text, strict=True), key=lambda each: each[0])
    return [(why, "".join(sign for _why, sign in signs)) for why, signs in runs]


def stands_in(stretch: str, texts: Iterable[str]) -> bool:
    """Whether a stretch of words is in any of the texts."""
    pattern = pattern_of(stretch)
    return any(pattern.search(text) for text in texts)


def pattern_of(stretch: str) -> re.Pattern[str]:
    """Return a pattern that finds a stretch whatever its case and whatever whitespace is between its words.

    Not inside a longer word: withholding *Ann* does not withhold part of *Annual*.
    """
    words = r"\s+".join(re.escape(word) for word in stretch.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
