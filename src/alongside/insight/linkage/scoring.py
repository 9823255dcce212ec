"""From candidate pairs to edges: patterns, the fitted mixture, and the probability of every pair kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from alongside.insight.backends import Backend
from alongside.insight.linkage.comparisons import EXACT, Comparison, pattern_sql, share_level
from alongside.insight.linkage.mixture import Floats, Levels, fit
from alongside.insight.linkage.model import Weights
from alongside.insight.linkage.together import count_together, offsets

RANDOM_PAIRS = 1_000_000
KEPT_FROM = 0.05
"""Pairs less likely are forgotten, unless inside a chain of links: there, evidence against counts."""


@dataclass(frozen=True)
class Edges:
    """Scored pairs as arrays of one length: node ids, pattern number, probabilities."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    pattern: NDArray[np.int64]
    probability: Floats
    household: Floats

    def where(self, chosen: NDArray[np.bool_]) -> "Edges":
        """The edges chosen."""
        return Edges(
            self.left[chosen],
            self.right[chosen],
            self.pattern[chosen],
            self.probability[chosen],
            self.household[chosen],
        )


def unpack(pattern: NDArray[np.int64], comparisons: Sequence[Comparison]) -> Levels:
    """Levels of each comparison, one column each, from pattern numbers (``comparisons.pattern_sql``)."""
    rest = pattern.copy()
    levels = np.empty((len(pattern), len(comparisons)), dtype=np.int8)
    for column, comparison in enumerate(comparisons):
        radix = len(comparison.labels) + 1
        levels[:, column] = rest % radix - 1
        rest //= radix
    return levels


def compare(backend: Backend, comparisons: Sequence[Comparison], pairs: str, into: str) -> None:
    """Make table ``into`` (``l r pattern``) from the node pairs in ``pairs``."""
    columns = sorted({column for comparison in comparisons for column in comparison.columns})
    sides = ", ".join(f"a.{column} as {column}_l, b.{column} as {column}_r" for column in columns)
    backend.create(
        into,
        f"select l, r, {pattern_sql(comparisons, backend.name)} as pattern from ("
        f"select p.l, p.r, {sides} from {pairs} p "
        "join nodes a on a.node_id = p.l join nodes b on b.node_id = p.r)",
    )


def fit_weights(backend: Backend, comparisons: Sequence[Comparison], *, nodes: int, seed: int) -> Weights:
    """Fit the mixture to the table ``compared`` and to chance among random pairs of ``nodes`` nodes."""
    counted = backend.arrow("select pattern, count(*) as n from compared group by pattern order by pattern")
    patterns = counted.column("pattern").to_numpy()
    counts = counted.column("n").to_numpy().astype(np.float64)
    levels = unpack(patterns, comparisons)
    together = count_together(backend, comparisons)
    mixture = fit(
        levels,
        counts,
        offsets=offsets(levels, together, comparisons),
        chance=_chance(backend, comparisons, nodes=nodes, seed=seed),
        possible_pairs=max(nodes * (nodes - 1) / 2, 1.0),
        start_same=[comparison.start_same for comparison in comparisons],
        start_household=[comparison.start_household for comparison in comparisons],
        same_at_most=[comparison.same_at_most for comparison in comparisons],
        household_at_most=[comparison.household_at_most for comparison in comparisons],
    )
    return Weights(mixture, together)


def _chance(backend: Backend, comparisons: Sequence[Comparison], *, nodes: int, seed: int) -> list[Floats]:
    """How often random pairs stand at each level: exactness from value counts, the rest from a sample."""
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = generator.integers(0, max(nodes, 1), size=(min(RANDOM_PAIRS, nodes * 20), 2), dtype=np.int32)
    drawn = drawn[drawn[:, 0] != drawn[:, 1]]
    backend.register("random_pairs", pa.table({"l": drawn[:, 0], "r": drawn[:, 1]}))
    compare(backend, comparisons, "random_pairs", "random_compared")
    counted = backend.arrow(
        "select pattern, count(*) as n from random_compared group by pattern order by pattern"
    )
    backend.drop("random_compared")
    levels = unpack(counted.column("pattern").to_numpy(), comparisons)
    weights = counted.column("n").to_numpy().astype(np.float64)
    chance = []
    for column, comparison in enumerate(comparisons):
        size = len(comparison.labels)
        seen = (
            np.bincount(levels[:, column].astype(np.int64) + 1, weights=weights, minlength=size + 1)[1:] + 0.5
        )
        share = seen / seen.sum()
        if comparison.exact_column:
            exact = _exact_agreement(backend, comparison.exact_column)
            share[EXACT:] *= (1 - exact.sum()) / share[EXACT:].sum()
            share[:EXACT] = exact
        chance.append(share)
    return chance


def _exact_agreement(backend: Backend, column: str) -> Floats:
    """The probability that two random records agree, by how common the value of ``column`` is."""
    rows = backend.arrow(
        f"""select bucket, cast(sum(n * (n - 1)) as double) as agreeing, cast(sum(n) as double) as known from
        (select {share_level(f"{column}_share")} as bucket, {column}, count(*) as n from nodes
         where {column} is not null group by 1, 2) group by bucket"""
    ).to_pylist()
    known = sum(row["known"] for row in rows)
    exact = np.full(EXACT, 1e-9)
    for row in rows:
        exact[row["bucket"]] = max(row["agreeing"] / max(known * (known - 1.0), 1.0), 1e-9)
    return exact


def score(
    backend: Backend,
    comparisons: Sequence[Comparison],
    weights: Weights,
    *,
    nodes: int,
    linked: float,
    with_known: bool,
) -> Edges:
    """Edges of the table ``compared`` worth keeping, most likely first, then by node ids.

    Kept are pairs likelier than ``KEPT_FROM``, and every pair, however unlikely, whose two nodes are joined
    by some chain of pairs of at least ``linked``. ``with_known`` adds the pairs of an earlier run, scored
    already.
    """
    patterns = (
        backend.arrow("select distinct pattern from compared order by pattern").column("pattern").to_numpy()
    )
    levels = unpack(patterns, comparisons)
    probability, household = weights.mixture.posterior(levels, offsets(levels, weights.together, comparisons))
    backend.register(
        "pattern_scores", pa.table({"pattern": patterns, "probability": probability, "household": household})
    )
    scored = (
        "select l, r, pattern, s.probability, s.household from compared join pattern_scores s using (pattern)"
    )
    if with_known:
        scored += " union all select l, r, pattern, probability, household from known_pairs"
    strong = backend.arrow(f"select l, r from ({scored}) where probability >= {linked}")
    ends = (strong.column("l").to_numpy(), strong.column("r").to_numpy())
    chain = connected_components(
        coo_array((np.ones(len(strong)), ends), shape=(nodes, nodes)), directed=False
    )[1]
    several = np.flatnonzero(np.bincount(chain)[chain] > 2)
    backend.register("chains", pa.table({"node_id": several.astype(np.int32), "chain": chain[several]}))
    kept = backend.arrow(
        f"""select l, r, pattern, probability, household from ({scored})
        left join chains a on a.node_id = l left join chains b on b.node_id = r
        where probability >= {KEPT_FROM} or a.chain = b.chain order by probability desc, l, r"""
    )
    left, right, pattern, probability, household = (column.to_numpy() for column in kept.columns)
    return Edges(left.astype(np.int64), right.astype(np.int64), pattern, probability, household)
