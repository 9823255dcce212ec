r"""What each field says for or against two records being one person, in bits.

With :math:`s, h, u` the probabilities of a level among one person's pairs, two people of one household, and
strangers, and :math:`\lambda` the priors, the odds that a pair is one person's factor into

.. math:: \frac{\lambda_s}{\lambda_u c} \prod_f \frac{s_f}{u_f} \Big/ \Big(1 + \frac{\lambda_h \prod
h_f}{\lambda_u c \prod u_f}\Big)

where :math:`c \geq 1` is how much more often strangers share two things at once than they would by chance
(somebody called Mohammed is likelier than others to be called Khan). So in base-two logarithms they are a
sum: where we start, what each field says against a stranger, a step back for what often comes together, and
another for how well somebody in the same household would explain the agreement too. A bit doubles the
odds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, log2

from alongside.insight.explain.model import LinkageModel

LEAST = 1e-12
"""Probabilities are never taken to be smaller than this, so that no single step is infinite."""
WORTH_SAYING = 0.05
"""Bits: what is left over beyond the fields, if smaller than this, is rounding."""


@dataclass(frozen=True)
class Step:
    """What one field says.

    Attributes:
        field: The thing compared, in words.
        found: How the two values agree, in words.
        known: Whether both records hold it.
        against_stranger: Bits for one person (negative: against) where the other is a stranger.
        against_household: The same where the other is somebody in the same household.
    """

    field: str
    found: str
    known: bool
    against_stranger: float
    against_household: float


@dataclass(frozen=True)
class Evidence:
    """Two records, and everything that speaks for and against their being one person.

    Attributes:
        left: Source and record id of one.
        right: Source and record id of the other.
        probability: As the run has it.
        probability_household: That they are two people of one household; ``None`` where the run does not say.
        start: Bits before looking at any field; negative, since two records picked at random are rarely
            about one person.
        steps: Field by field.
        household: Bits taken back for somebody in the same household; never positive.
        further: Bits beyond these fields, for a relative it may be: a record without a date of birth that
            fits two people of one name shares its certainty between them, and what may well be twins, or
            parent and child, is a doubt at most.
    """

    left: tuple[str, str]
    right: tuple[str, str]
    probability: float
    probability_household: float | None
    start: float
    steps: tuple[Step, ...]
    household: float
    further: float

    @property
    def total(self) -> float:
        """All bits together: the binary logarithm of the odds."""
        return self.start + sum(step.against_stranger for step in self.steps) + self.household + self.further


def weigh(
    model: LinkageModel,
    levels: Mapping[str, int | None],
    *,
    left: tuple[str, str],
    right: tuple[str, str],
    probability: float,
    probability_household: float | None = None,
) -> Evidence:
    """Take a pair's probability apart into steps that add up to it.

    Args:
        model: The weights of the run.
        levels: For each comparison its level; -1, ``None`` or absent where one side does not know.
        left: Source and record id.
        right: Source and record id.
        probability: That they are one person, as the run has it.
        probability_household: That they are two people of one household.
    """
    steps = []
    household_odds = _bits(model.prior.household, model.prior.unrelated)
    for comparison in model.comparisons:
        number = levels.get(comparison.name)
        if number is None or not 0 <= number < len(comparison.levels):
            steps.append(Step(comparison.words, "not known", False, 0.0, 0.0))
            continue
        level = comparison.levels[number]
        household_odds += _bits(level.household, level.unrelated)
        steps.append(
            Step(
                comparison.words,
                level.label,
                True,
                _bits(level.same, level.unrelated),
                _bits(level.same, level.household),
            )
        )
    for pair in model.together:
        bits = pair.log(levels.get(pair.one), levels.get(pair.other)) / log(2)
        if bits:
            household_odds -= bits
            field = f"{model.words(pair.one)} and {model.words(pair.other).lower()}"
            steps.append(Step(field, "often come together", True, -bits, 0.0))
    start = _bits(model.prior.same, model.prior.unrelated)
    household = -log2(1 + 2.0**household_odds)
    by_fields = start + sum(step.against_stranger for step in steps) + household
    most = -log2(LEAST)
    further = _bits(probability, 1 - probability) - max(-most, min(most, by_fields))
    return Evidence(
        left=left,
        right=right,
        probability=probability,
        probability_household=probability_household,
        start=start,
        steps=tuple(steps),
        household=household,
        further=further if abs(further) >= WORTH_SAYING and LEAST < probability < 1 - 1e-9 else 0.0,
    )


def _bits(one: float, other: float) -> float:
    return log2(max(one, LEAST) / max(other, LEAST))
