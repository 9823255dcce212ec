"""Whether the approach fits somebody, by the area pack's criteria. They turn nobody away.

The Solihull guidance (source 002) has five tests that must all hold, or a way in for harm in the family;
other boards have other sets. What is not known never blocks, and a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from alongside.area.marm_models import AllOf, CriteriaSet, Criterion


class Answer(StrEnum):
    """How a criterion is answered."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    CAPACITY_UNCLEAR = "capacity_unclear"
    """Capacity is in doubt, or comes and goes: this is noted, and the request carries on."""


class Fits(StrEnum):
    """What the answers say together."""

    YES = "yes"
    """All of one way in holds."""
    NOT_KNOWN = "not_known"
    """A way in may hold: nothing is against it, and something is not known."""
    NO = "no"
    """Each way in has something that was said not to hold. Somebody still decides."""


@dataclass(frozen=True)
class Answered:
    """One criterion as somebody answered it.

    Attributes:
        answer: whether it is met.
        evidence: what makes them say so.
        items: codes of what they ticked of its list.
    """

    answer: Answer
    evidence: str = ""
    items: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class WayIn:
    """One way in: which of its criteria hold, which do not, and which are not known."""

    met: tuple[str, ...]
    not_met: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def fits(self) -> Fits:
        """What it says on its own."""
        if self.not_met:
            return Fits.NO
        return Fits.NOT_KNOWN if self.open else Fits.YES


@dataclass(frozen=True)
class Judged:
    """What the answers say about every way in, in the order of the set."""

    ways: tuple[WayIn, ...]

    @property
    def fits(self) -> Fits:
        """What they say together: the best of the ways in."""
        said = {each.fits for each in self.ways}
        return next(each for each in Fits if each in said)


class ShortOfItemsError(ValueError):
    """A criterion is said to be met with too few of its list ticked; its argument is the criterion."""


def criteria_of(criteria_set: CriteriaSet) -> list[Criterion]:
    """Return every criterion of a set, each once, in its order."""
    found = {each.code: each for way in criteria_set.gate.any_of for each in way.all_of}
    return list(found.values())


def judged(criteria_set: CriteriaSet, answers: Mapping[str, Answered]) -> Judged:
    """Return what the answers say about each way in; what was not answered is not known.

    Raises:
        ShortOfItemsError: a criterion is said to be met with too few items of its list ticked.
    """
    for each in criteria_of(criteria_set):
        given = answers.get(each.code)
        if given and given.answer is Answer.MET and len(set(given.items) & set(each.items)) < each.min_items:
            raise ShortOfItemsError(each)
    return Judged(tuple(_way_in(way, answers) for way in criteria_set.gate.any_of))


def _way_in(way: AllOf, answers: Mapping[str, Answered]) -> WayIn:
    said = {
        each.code: answers[each.code].answer if each.code in answers else Answer.NOT_KNOWN
        for each in way.all_of
    }
    return WayIn(
        met=tuple(code for code, answer in said.items() if answer is Answer.MET),
        not_met=tuple(code for code, answer in said.items() if answer is Answer.NOT_MET),
        open=tuple(code for code, answer in said.items() if answer not in (Answer.MET, Answer.NOT_MET)),
    )


@dataclass(frozen=True)
class Changed:
    """What is newly asked, what is reworded, and what is no longer asked."""

    asked_now: tuple[str, ...]
    reworded: tuple[str, ...]
    no_more: tuple[tuple[str, str], ...]
    """Code and question."""


def changes(old: CriteriaSet | None, new: CriteriaSet) -> Changed:
    """Return what changed between two versions; if the old one no longer exists, all is new."""
    before = {each.code: each.ask for each in criteria_of(old)} if old else {}
    now = {each.code: each.ask for each in criteria_of(new)}
    return Changed(
        asked_now=tuple(ask for code, ask in now.items() if code not in before),
        reworded=tuple(ask for code, ask in now.items() if code in before and before[code] != ask),
        no_more=tuple((code, ask) for code, ask in before.items() if code not in now),
    )
