r"""The weights: a mixture of three kinds of pair, fitted without labels to the patterns of agreement.

Every pair of records is one of: the *same* person, two people of one *household* (or relatives), or
*unrelated*. Plain Fellegi-Sunter (1969) has two kinds, and a brother at the same address then looks like
certain evidence, since strangers hardly ever agree on surname and address.

Model. Let :math:`N` be the number of possible pairs, :math:`\gamma` the pattern of levels of a pair, and, as
Fellegi and Sunter do, let the comparisons :math:`f` be independent given the kind. Then the expected number
of pairs of a pattern is

.. math:: E[n(\gamma)] = N [ \lambda_s \prod_f s_f(\gamma_f) + \lambda_h \prod_f h_f(\gamma_f)
          + (1 - \lambda_s - \lambda_h) \prod_f u_f(\gamma_f) ]

where a level that is not known has probability 1 in every kind. :math:`u` is not fitted to the candidate
pairs: chance agreement is counted over random pairs (less what the same people and households contribute to
it), and so the *number* of unrelated pairs of a pattern is known beforehand. What a pattern has beyond that
is what the other two kinds must explain; :math:`s, h, \lambda_s, \lambda_h` are fitted to it by
expectation-maximisation (Dempster, Laird and Rubin 1977) over distinct patterns, which makes it as fast for a
million pairs as for a thousand. Candidates were chosen by agreement, which shifts no pattern's ratio: a
pattern is either a candidate or not.

Each kind starts from what is usual (``comparisons``), and that start counts as a few pairs (``PRIOR_PAIRS``),
so that a small data set is not fitted to its own noise. Model card: docs/assurance/model-card-linkage.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Levels = NDArray[np.int8]

PRIOR_PAIRS = 20.0
"""What the start of a kind weighs, in pairs."""
MOST_ROUNDS = 500
ENOUGH = 1e-5
"""The fit is done when no prior moves by more than this share of itself in a round."""
LEAST_CHANCE = 1e-9


@dataclass(frozen=True)
class Mixture:
    """A fitted model: priors over all pairs, and for each comparison each level's probability by kind."""

    prior_same: float
    prior_household: float
    same: tuple[Floats, ...]
    household: tuple[Floats, ...]
    unrelated: tuple[Floats, ...]
    rounds: int = 0

    def posterior(self, patterns: Levels, offsets: Floats | None = None) -> tuple[Floats, Floats]:
        """Probability that pairs of these patterns (-1: not known) are one person, or one household's two."""
        kinds = _responsibilities(_indicators(patterns, [len(level) for level in self.same]), self, offsets)
        return kinds[:, 0], kinds[:, 1]


def fit(
    patterns: Levels,
    counts: Floats,
    *,
    chance: Sequence[Floats],
    possible_pairs: float,
    start_same: Sequence[Sequence[float]],
    start_household: Sequence[Sequence[float]],
    same_at_most: Sequence[Sequence[float]] = (),
    household_at_least: Sequence[Sequence[float]] = (),
    household_at_most: Sequence[Sequence[float]] = (),
    tied: Sequence[int] = (),
    offsets: Floats | None = None,
) -> Mixture:
    """Fit the mixture to ``counts`` of distinct ``patterns`` (one row each, one column per comparison).

    Args:
        patterns: levels, 0 best, -1 not known.
        counts: how many candidate pairs show each pattern.
        chance: for each comparison, the share of random known pairs at each level; sums to 1.
        possible_pairs: how many pairs there are in all, candidates or not.
        start_same: for each comparison, where the levels of one person's pairs start from; sums to 1.
        start_household: the same for two people of one household.
        same_at_most: for each comparison, the most each level of one person's pairs can be (empty:
            anything).
        household_at_least: for each comparison, the least each level of a household's pairs can be (empty:
            anything).
        household_at_most: for each comparison, the most each level of a household's pairs can be (empty:
            anything).
        tied: for each comparison, how many leading levels are one agreement split by how common the value
            is; a household splits it as one person's pairs do.
        offsets: for each pattern, what to add to the log likelihood of the unrelated (``together``).
    """
    same = tuple(np.asarray(level, dtype=np.float64) for level in start_same)
    household = tuple(np.asarray(level, dtype=np.float64) for level in start_household)
    observed = tuple(np.maximum(np.asarray(level, dtype=np.float64), LEAST_CHANCE) for level in chance)
    total = float(counts.sum())
    # one pair more of each kind than was seen, so that no kind is impossible, however few records there are
    usual = (0.2 * total + 1.0) / (possible_pairs + 3.0)
    model = Mixture(usual, usual, same, household, observed)
    if not total:
        return model
    sizes = [len(level) for level in start_same]
    shown = _indicators(patterns, sizes)
    for rounds in range(1, MOST_ROUNDS + 1):
        weight = _responsibilities(shown, model, offsets) * counts[:, None]
        mass = shown.T @ weight[:, :2]
        prior_same, prior_household = (
            (weight[:, kind].sum() + 1.0) / (possible_pairs + 3.0) for kind in (0, 1)
        )
        same = _levels(mass[:, 0], start_same, (), same_at_most, rest=0)
        household = _levels(mass[:, 1], start_household, household_at_least, household_at_most, rest=-1)
        household = _as_common(household, same, tied)
        fitted = Mixture(
            prior_same,
            prior_household,
            same,
            household,
            _left_over(observed, prior_same, same, prior_household, household),
            rounds,
        )
        moved = max(
            abs(fitted.prior_same / model.prior_same - 1),
            abs(fitted.prior_household / model.prior_household - 1),
        )
        model = fitted
        if moved < ENOUGH:
            break
    return model


def _indicators(patterns: Levels, sizes: Sequence[int]) -> csr_array:
    """One row per pattern, one column per level of each comparison: 1 where the pattern shows that level."""
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows, columns = np.nonzero(patterns >= 0)
    return csr_array(
        (np.ones(len(rows)), (rows, patterns[rows, columns] + offsets[columns])),
        shape=(len(patterns), int(sum(sizes))),
    )


def _responsibilities(shown: csr_array, model: Mixture, offsets: Floats | None) -> Floats:
    """For each pattern, the probability of each kind: same, household, unrelated."""
    priors = np.array([model.prior_same, model.prior_household, 1 - model.prior_same - model.prior_household])
    weights = np.stack(
        [np.concatenate(kind) for kind in (model.same, model.household, model.unrelated)], axis=1
    )
    logs = shown @ np.log(weights) + np.log(priors)
    if offsets is not None:
        logs[:, 2] += offsets
    kinds = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(kinds / kinds.sum(axis=1, keepdims=True))


def _levels(
    mass: Floats,
    start: Sequence[Sequence[float]],
    at_least: Sequence[Sequence[float]],
    at_most: Sequence[Sequence[float]],
    *,
    rest: int,
) -> tuple[Floats, ...]:
    """The share of each level among known pairs of one kind, the start counting as ``PRIOR_PAIRS``.

    What the bounds give or take is the level ``rest``'s: one person's records agree, a household's
    differ.
    """
    fitted, at = [], 0
    for column, usual in enumerate(start):
        seen = mass[at : at + len(usual)] + PRIOR_PAIRS * np.asarray(usual)
        share = seen / seen.sum()
        if at_least and len(at_least[column]):
            share = np.maximum(share, at_least[column])
        if at_most and len(at_most[column]):
            share = np.minimum(share, at_most[column])
        share[rest] += 1 - share.sum()
        fitted.append(share)
        at += len(usual)
    return tuple(fitted)


def _as_common(
    household: tuple[Floats, ...], same: tuple[Floats, ...], tied: Sequence[int]
) -> tuple[Floats, ...]:
    """A household's agreement on a name, split by how common the name is, as one person's agreement is.

    A family's name is as rare as each of its members'. Left to itself, a small town has no rare family name
    (each stands in all records of the family), and a rare name would then speak against a household.
    """
    parted = [level.copy() for level in household]
    for level, one, leading in zip(parted, same, tied, strict=False):
        if leading:
            level[:leading] = level[:leading].sum() * one[:leading] / one[:leading].sum()
    return tuple(parted)


def _left_over(
    observed: tuple[Floats, ...],
    prior_same: float,
    same: tuple[Floats, ...],
    prior_household: float,
    household: tuple[Floats, ...],
) -> tuple[Floats, ...]:
    """Chance agreement among the unrelated: what random pairs show, less what people and households add.

    In a large population that is next to nothing; in a small one it is most of what agrees.
    """
    left = []
    for seen, one, home in zip(observed, same, household, strict=True):
        rest = np.maximum(seen - prior_same * one - prior_household * home, 0.05 * seen)
        left.append(rest / rest.sum())
    return tuple(left)
