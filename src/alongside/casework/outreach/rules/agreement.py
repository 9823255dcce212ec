"""How flags are judged: what is shown, and what is held back because it would give away individuals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from alongside.casework.outreach.rules import (
    FEWEST_SHOWN,
    Verdict,
)

FEW = 20
"""With fewer judgements a share says little: one more could move it by over five percentage points."""
Key = TypeVar("Key", str, UUID)


@dataclass(frozen=True)
class Rate:
    """How a member or team judged flags. All numbers are None where they are held back.

    Attributes:
        judged: how many flags.
        agreed: of those, agreed with.
        disagreed: of those, disagreed with.
        unsure: of those, neither.
    """

    judged: int | None
    agreed: int | None = None
    disagreed: int | None = None
    unsure: int | None = None

    @property
    def all_agreed(self) -> bool:
        """Whether every flag was agreed with, which may mean that nobody looks."""
        return self.judged is not None and self.agreed == self.judged

    @property
    def few(self) -> bool:
        """Whether there are so few judgements that a share of them says little."""
        return self.judged is not None and self.judged < FEW


HELD_BACK = Rate(None)
Judged = Mapping[tuple[str, UUID], Mapping[str, int]]
"""Team and member to how many of each verdict."""


def agreement(verdicts: Mapping[str, int]) -> Rate:
    """Return how flags were judged, or ``HELD_BACK`` where they are too few to show."""
    judged = sum(verdicts.values())
    if judged < FEWEST_SHOWN:
        return HELD_BACK
    agreed, disagreed, unsure = (verdicts.get(each, 0) for each in Verdict)
    return Rate(judged, agreed, disagreed, unsure)


def agreement_of(judged: Judged) -> tuple[dict[str, Rate], dict[UUID, Rate]]:
    """Return the rate of each team and of each member.

    Nobody must be able to work out what is held back from what is shown. So one member of a team is never
    held back alone, since the team's total less the others' would be theirs; nor is one team alone.
    """
    teams: dict[str, Counter[str]] = defaultdict(Counter)
    members: dict[UUID, Counter[str]] = defaultdict(Counter)
    together: dict[str, set[UUID]] = defaultdict(set)
    for (team, member), verdicts in judged.items():
        teams[team].update(verdicts)
        members[member].update(verdicts)
        together[team].add(member)
    of_teams = _never_one_alone(teams, [set(teams)])
    told = [together[team] for team, rate in of_teams.items() if rate.judged is not None]
    return of_teams, _never_one_alone(members, told)


def _never_one_alone(counts: Mapping[Key, Mapping[str, int]], groups: Iterable[set[Key]]) -> dict[Key, Rate]:
    rates = {key: agreement(verdicts) for key, verdicts in counts.items()}
    groups, changed = list(groups), True
    while changed:
        changed = False
        for group in groups:
            shown = sorted((rates[key].judged or 0, str(key), key) for key in group if rates[key].judged)
            if len(group) - len(shown) == 1 and shown:
                rates[shown[0][2]], changed = HELD_BACK, True
    return rates
