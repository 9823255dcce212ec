"""Case audits: agencies look into a few cases, drawn at random, to learn how they work together.

Source 002 describes a deep dive audit in which agencies found that each had known something else. Here a
case has a number and no name, half of the questions are answered by counts from the record, and nobody
is scored: neither a person nor anybody at work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _


class Verdict(StrEnum):
    """The answer to a question about one case. The strings are stored in the database."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


class Fact(StrEnum):
    """What is counted from the record. The strings are used in the area pack and stored in the database."""

    TOOK_PART = "took_part"
    """Meetings with the person, or their views and wishes, present; out of all with closed minutes."""
    LED = "led"
    """Days on which somebody had agreed to lead; out of all days since the case was opened."""
    IN_TIME = "in_time"
    """Actions done on time; out of those done, or late."""
    REPORTS = "reports"
    """Agencies that said before a meeting what they know; out of those invited."""
    OWN_VIEW = "own_view"
    """Decisions with what the person says about them; out of all."""
    POSITIONS = "positions"
    """Decisions in which at least two agencies wrote what they think; out of all."""
    CHECKED_BACK = "checked_back"
    """Endings after which somebody asked how things are going; out of those where that is due by now."""


@dataclass(frozen=True)
class SoMany:
    """How many out of how many, as counted from the record of one case."""

    done: int
    of: int

    @property
    def verdict(self) -> Verdict:
        """What that says: all is met, none is not met, and with nothing to count one cannot tell."""
        if not self.of:
            return Verdict.CANNOT_TELL
        if self.done >= self.of:
            return Verdict.MET
        return Verdict.PARTLY if self.done else Verdict.NOT_MET


@dataclass(frozen=True)
class Said:
    """What somebody looking says to one question about one case."""

    verdict: Verdict
    words: str = ""


@dataclass(frozen=True)
class Learnt:
    """What an audit ends with: what was learnt, what will change, who will see to it and by when."""

    learnt: str
    change: str
    owner_id: UUID
    by_day: date


@dataclass(frozen=True)
class Counted:
    """How a question was answered across all cases.

    Attributes:
        cases: in how many cases it was answered.
        of_verdict: how often each answer was given; None if there are too few cases to show.
    """

    cases: int
    of_verdict: Mapping[Verdict, int] | None


def drawn(cases: Iterable[UUID], *, size: int, seed: int) -> list[UUID]:
    """Return ``size`` cases at random; the same cases and the same seed always give the same, in order.

    By a hash rather than Python's generator, so that anybody can repeat it, in any version.
    """
    return sorted(cases, key=lambda each: sha256(f"{seed}:{each}".encode()).hexdigest())[:size]


def days_led(led: Iterable[tuple[date, date | None]], *, first: date, last: date) -> SoMany:
    """Return on how many days from first to last somebody led; a day on which two did counts once."""
    days = {
        day
        for since, until in led
        for day in range(
            max(since, first).toordinal(), min(until or last, last).toordinal() + 1
        )
    }  # fmt: skip
    return SoMany(len(days), max(0, last.toordinal() - first.toordinal() + 1))


def counted(
    said: Iterable[tuple[str, int, Verdict]], *, questions: Iterable[str], at_least: int
) -> dict[str, Counted]:
    """Return how each question was answered, whoever answered it.

    Args:
        said: question, number of the case, and the answer.
        questions: their codes, in order.
        at_least: for fewer cases nothing is shown: it could point to individual people.
    """
    all_said = list(said)
    found = {}
    for code in questions:
        verdicts = [verdict for question, _number, verdict in all_said if question == code]
        cases = len({number for question, number, _verdict in all_said if question == code})
        told = {each: verdicts.count(each) for each in Verdict} if cases >= at_least else None
        found[code] = Counted(cases, told)
    return found


def wrong_with_period(first: date, last: date, *, size: int, at_least: int, today: date) -> dict[str, str]:
    """Return what cannot be drawn, by the name of the part."""
    wrong = {}
    if last > today:
        wrong["last"] = _("The last day must be today or in the past")
    elif last < first:
        wrong["last"] = _("The last day must not be before the first")
    if size < at_least:
        wrong["size"] = _("Look into at least %(count)s cases: fewer could point to individual people") % {
            "count": at_least
        }
    return wrong


def wrong_with_answers(said: Mapping[str, Said], questions: Iterable[str]) -> dict[str, str]:
    """Return what is missing, by code of the question: each needs an answer, with words if it falls short."""
    wrong = {}
    for code in questions:
        if code not in said:
            wrong[code] = _("Choose what you see")
        elif said[code].verdict in (Verdict.PARTLY, Verdict.NOT_MET) and not said[code].words.strip():
            wrong[code] = _("Say what is missing")
    return wrong


def wrong_with_learnt(learnt: Learnt, *, today: date) -> dict[str, str]:
    """Return what is missing, by the name of the part."""
    wrong = {}
    if not learnt.learnt.strip():
        wrong["learnt"] = _("Say what was learnt")
    if not learnt.change.strip():
        wrong["change"] = _("Say what will change")
    if learnt.by_day < today:
        wrong["by_day"] = _("The day must be today or in the future")
    return wrong
