"""Refusals and absence by agency, in numbers: nobody is avoided or called too high a risk unseen.

No small number is shown: with an agency's name it could point to individual people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alongside.casework.offers.rules.holding_back import Row, Tally, Told, hold_back


class Refusal(StrEnum):
    """What an agency did; the first four are also the reason (``WhyNot``)."""

    TOO_HIGH_RISK = "too_high_risk"
    NO_CAPACITY = "no_capacity"
    NOT_OURS = "not_ours"
    OTHER = "other"
    ABSENT = "absent"
    """It was due at a meeting, sent no apology, and did not come."""
    STEPPED_BACK = "stepped_back"


@dataclass(frozen=True)
class Fact:
    """One of these done by an agency, about one person."""

    agency: str
    refusal: Refusal
    person: UUID


def refusals_by_agency(facts: Iterable[Fact]) -> tuple[dict[str, Told], Told]:
    """Return what may be shown for each agency, and for all together.

    A person refused by several agencies counts for only one of them when working out what is small,
    so that what is held back for two agencies is never taken for more people than it is.
    """
    listed = list(facts)
    whose = _one_agency_each(listed)
    of_agency: Mapping[str, list[Fact]] = defaultdict(list)
    for each in listed:
        of_agency[each.agency].append(each)
    rows = {agency: _row(of_agency[agency], whose) for agency in sorted(of_agency)}
    return hold_back(rows, _row(listed, whose, of_all=True))


def _one_agency_each(facts: list[Fact]) -> dict[UUID, str]:
    """For each person, the agency that refused most often; of several, the first by name."""
    often: Mapping[UUID, Counter[str]] = defaultdict(Counter)
    for each in facts:
        often[each.person][each.agency] += 1
    return {
        person: min(counted, key=lambda agency: (-counted[agency], agency))
        for person, counted in often.items()
    }


def _row(facts: list[Fact], whose: Mapping[UUID, str], *, of_all: bool = False) -> Row:
    def tally(some: list[Fact]) -> Tally:
        return Tally(
            len(some), len({each.person for each in some if of_all or whose[each.person] == each.agency})
        )

    return Row(
        tally(facts),
        {refusal: tally([each for each in facts if each.refusal is refusal]) for refusal in Refusal},
    )
