"""Who is offered help and who is not, by the groups that a person's record can show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alongside.casework.offers.rules.holding_back import Row, Tally, Told, hold_back
from alongside.casework.offers.rules.not_offered import NotOfferedWhy
from alongside.casework.offers.rules.offering import Answer


class Grouping(StrEnum):
    """How people are grouped. Nothing is guessed: ethnicity, sex, religion and the like are not held."""

    AGE = "age"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    ADJUSTMENTS = "adjustments"


GROUPS: Mapping[Grouping, tuple[str, ...]] = {
    Grouping.AGE: ("under_18", "18_to_24", "25_to_44", "45_to_64", "65_to_79", "80_and_over", "not_known"),
    Grouping.LANGUAGE: ("english", "another", "not_known"),
    Grouping.INTERPRETER: ("needed", "not_needed", "not_known"),
    Grouping.ADJUSTMENTS: ("recorded", "none_recorded"),
}
"""The groups of each grouping, in the order of the page."""
_AGES = ((18, "under_18"), (25, "18_to_24"), (45, "25_to_44"), (65, "45_to_64"), (80, "65_to_79"))
_NO = frozenset(
    {
        "no", "none", "nil", "n/a", "na", "not applicable", "not needed", "not required", "none needed",
        "none required", "no interpreter", "no interpreter needed",
    }
)  # fmt: skip
"""Ways to write that nothing is needed."""


class Came(StrEnum):
    """What came of an offer, as the report shows it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NEITHER = "neither"
    """Not yet decided, not reached, not accessible, or not written down."""


class Gap(StrEnum):
    """Why help was not offered, as the report shows it."""

    THERE_IS_NONE = "there_is_none"
    THOUGHT = "thought"
    RISK = "risk"
    OTHER = "other"


GAPS = {
    NotOfferedWhy.DOES_NOT_EXIST: Gap.THERE_IS_NONE,
    NotOfferedWhy.WAITING_LIST: Gap.THERE_IS_NONE,
    NotOfferedWhy.NO_FUNDING: Gap.THERE_IS_NONE,
    NotOfferedWhy.NOT_ELIGIBLE: Gap.THERE_IS_NONE,
    NotOfferedWhy.UNSUITABLE: Gap.THOUGHT,
    NotOfferedWhy.WOULD_DECLINE: Gap.THOUGHT,
    NotOfferedWhy.RISK_TO_STAFF: Gap.RISK,
    NotOfferedWhy.OTHER: Gap.OTHER,
}
"""Single reasons would be too rare to show; what matters is whether there was no help, or somebody judged."""


@dataclass(frozen=True)
class Background:
    """What a record holds about a person that groups can be made from."""

    age: int | None = None
    language: str = ""
    interpreter: str = ""
    adjustments: str = ""


def group_of(background: Background, grouping: Grouping) -> str:
    """Return which group somebody is in. Free text is read in its plainest sense."""
    match grouping:
        case Grouping.AGE:
            age = background.age
            if age is None:
                return "not_known"
            return next((group for below, group in _AGES if age < below), "80_and_over")
        case Grouping.LANGUAGE:
            language = _plain(background.language)
            return "not_known" if not language else "english" if language == "english" else "another"
        case Grouping.INTERPRETER:
            said = _said(background.interpreter)
            return "not_known" if not said else "not_needed" if said <= _NO else "needed"
        case Grouping.ADJUSTMENTS:
            return "none_recorded" if _said(background.adjustments) <= _NO else "recorded"


def came_of(answer: Answer | None) -> Came:
    """Return what came of an offer, from the reply that counts (None: nothing was written down)."""
    return {Answer.ACCEPTED: Came.ACCEPTED, Answer.DECLINED: Came.DECLINED}.get(
        answer or Answer.NOT_YET, Came.NEITHER
    )


@dataclass(frozen=True)
class Line:
    """One group of the report: what is shown of offers to it, and of help it was not offered."""

    group: str
    offered: Told
    not_offered: Told

    def share(self, came: Came) -> int | None:
        """Return how many offers in a hundred were accepted, or declined; None if that is held back."""
        if not self.offered.all or self.offered.parts is None:
            return None
        return round(100 * self.offered.parts[came] / self.offered.all)

    @property
    def share_not_offered(self) -> int | None:
        """How many options in a hundred were not offered, of all options; None if that is held back."""
        if self.offered.all is None or self.not_offered.all is None:
            return None
        options = self.offered.all + self.not_offered.all
        return round(100 * self.not_offered.all / options) if options else None


Fact = tuple[UUID, str]
"""Who it was about, and what came of it or why it was not offered."""


def report(
    backgrounds: Mapping[UUID, Background], offered: Iterable[Fact], not_offered: Iterable[Fact]
) -> tuple[Line, dict[Grouping, list[Line]]]:
    """Return the total, and each group that has anything in it; small numbers are held back.

    Args:
        backgrounds: of each person.
        offered: each offer, as a ``Came``.
        not_offered: each option that was not offered, as a ``Gap``.
    """
    offered, not_offered = list(offered), list(not_offered)
    lines: dict[Grouping, list[Line]] = {}
    total = Line("", Told(0, dict.fromkeys(Came, 0)), Told(0, dict.fromkeys(Gap, 0)))
    for grouping, groups in GROUPS.items():
        where = {person: group_of(background, grouping) for person, background in backgrounds.items()}
        made, all_made = _counted(offered, where, groups, list(Came))
        gaps, all_gaps = _counted(not_offered, where, groups, list(Gap))
        lines[grouping] = [
            Line(group, made[group], gaps[group])
            for group in groups
            if made[group] != Told(0, dict.fromkeys(Came, 0)) or gaps[group] != Told(0, dict.fromkeys(Gap, 0))
        ]
        total = Line("", all_made, all_gaps)
    return total, lines


def _counted(
    facts: list[Fact], where: Mapping[UUID, str], groups: tuple[str, ...], parts: list[str]
) -> tuple[dict[str, Told], Told]:
    rows = {
        group: _row([(person, part) for person, part in facts if where[person] == group], parts)
        for group in groups
    }
    return hold_back(rows, _row(facts, parts))


def _row(facts: list[Fact], parts: list[str]) -> Row:
    return Row(
        _tally(person for person, _part in facts),
        {part: _tally(person for person, which in facts if which == part) for part in parts},
    )


def _tally(people: Iterable[UUID]) -> Tally:
    people = list(people)
    return Tally(len(people), len(set(people)))


def _said(words: str) -> set[str]:
    """What each of a person's records says, in plain words; they are joined with semicolons."""
    return {plain for each in words.split(";") if (plain := _plain(each))}


def _plain(words: str) -> str:
    return " ".join(words.lower().replace(".", " ").split())
