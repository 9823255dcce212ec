"""From candidate pairs to edges: patterns, the fitted mixture, and the probability of every pair kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.insight.backends import Backend
from alongside.insight.linkage.blocking import Rule
from alongside.insight.linkage.candidates import pairs_inside
from alongside.insight.linkage.chains import Integers, chains
from alongside.insight.linkage.comparisons import EXACT, Comparison, pattern_sql, share_level
from alongside.insight.linkage.mixture import Floats, Levels, fit
from alongside.insight.linkage.model import Weights
from alongside.insight.linkage.nodes import make_compared_nodes
from alongside.insight.linkage.together import count_together, offsets

RANDOM_PAIRS = 300_000
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
        f"select l, r, {pattern_sql(comparisons, 'duckdb')} as pattern from ("
        f"select p.l, p.r, {sides} from {pairs} p "
        "join compared_nodes a on a.node_id = p.l join compared_nodes b on b.node_id = p.r)",
    )


def fit_weights(backend: Backend, comparisons: Sequence[Comparison], *, nodes: int, seed: int) -> Weights:
    """Fit the mixture to the table ``compared`` and to chance among random pairs of ``nodes`` nodes."""
    counted = backend.arrow("select pattern, count(*) as n from compared group by pattern order by pattern")
    patterns = counted.column("pattern").to_numpy()
    counts = counted.column("n").to_numpy().astype(np.float64)
    levels = unpack(patterns, comparisons)
    together = count_together(backend, comparisons, nodes=nodes)
    mixture = fit(
        levels,
        counts,
        offsets=offsets(levels, together, comparisons),
        chance=_chance(backend, comparisons, nodes=nodes, seed=seed),
        possible_pairs=max(nodes * (nodes - 1) / 2, 1.0),
        start_same=[comparison.start_same for comparison in comparisons],
        start_household=[comparison.start_household for comparison in comparisons],
        same_at_most=[comparison.same_at_most for comparison in comparisons],
        household_at_least=[comparison.household_at_least for comparison in comparisons],
        household_at_most=[comparison.household_at_most for comparison in comparisons],
        tied=[EXACT if comparison.exact_column else 0 for comparison in comparisons],
    )
    return Weights(mixture, together)


def _chance(backend: Backend, comparisons: Sequence[Comparison], *, nodes: int, seed: int) -> list[Floats]:
    """How often random pairs are at each level: exactness from value counts, the rest from a sample."""
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
        elif comparison.exact_alone:
            agreeing = _agreement(backend, comparison.columns[0])
            share[1:] *= (1 - agreeing) / share[1:].sum()
            share[0] = agreeing
        chance.append(share)
    return chance


def _exact_agreement(backend: Backend, column: str) -> Floats:
    """The probability that two random records agree, by how common the value of ``column`` is."""
    rows = backend.arrow(
        f"""select bucket, cast(sum(n * (n - 1)) as double) as agreeing, cast(sum(n) as double) as known from
        (select {share_level(f"{column}_share")} as bucket, {column}, count(*) as n from compared_nodes
         where {column} is not null group by 1, 2) group by bucket"""
    ).to_pylist()
    known = sum(row["known"] for row in rows)
    exact = np.full(EXACT, 1e-9)
    for row in rows:
        exact[row["bucket"]] = max(row["agreeing"] / max(known * (known - 1.0), 1.0), 1e-9)
    return exact


def _agreement(backend: Backend, column: str) -> float:
    """The probability that two random records agree on ``column``, from how often each value occurs."""
    row = backend.arrow(
        f"""select cast(sum(n * (n - 1)) as double) as agreeing, cast(sum(n) as double) as known
        from (select count(*) as n from nodes where {column} is not null group by {column})"""
    ).to_pylist()[0]
    known = row["known"] or 0.0
    return max((row["agreeing"] or 0.0) / max(known * (known - 1.0), 1.0), 1e-9)


def score(
    backend: Backend,
    comparisons: Sequence[Comparison],
    weights: Weights,
    *,
    nodes: int,
    chained: float,
    with_known: bool,
    other_chains: bool,
    rules: Sequence[Rule],
    columns: Sequence[str],
) -> tuple[Edges, Integers]:
    """Return the edges worth keeping, most likely first, then by node ids; and the chain of every node.

    Pairs of at least ``chained`` make a chain. Kept are pairs likelier than ``KEPT_FROM``, and every pair,
    however unlikely, of two nodes of one chain. ``with_known`` adds the pairs of an earlier run, compared
    already, and those it forgot as unlikely of which ``rules`` make candidates inside a chain that is new:
    one that a fresh node is in, or any where ``other_chains`` says that chains are made otherwise now.
    """
    pairs = scored(backend, "compared", comparisons, weights)
    if with_known:
        pairs += f" union all {scored(backend, 'known_pairs', comparisons, weights)}"
    strong = backend.arrow(f"select l, r from ({pairs}) where probability >= {chained}")
    chain = chains(strong.column("l").to_numpy(), strong.column("r").to_numpy(), nodes=nodes)
    several = np.flatnonzero(np.bincount(chain)[chain] > 2)
    backend.register("chains", pa.table({"node_id": several.astype(np.int32), "chain": chain[several]}))
    if with_known:
        concerned = "chains" if other_chains else _chains_with_fresh_nodes(backend)
        pairs += f" union all {_forgotten(backend, comparisons, weights, rules, columns, concerned)}"
    kept = backend.arrow(
        f"""select l, r, pattern, probability, household from ({pairs})
        left join chains a on a.node_id = l left join chains b on b.node_id = r
        where probability >= {KEPT_FROM} or a.chain = b.chain order by probability desc, l, r"""
    )
    left, right, pattern, probability, household = (column.to_numpy() for column in kept.columns)
    edges = Edges(left.astype(np.int64), right.astype(np.int64), pattern, probability, household)
    return edges, chain


def scored(backend: Backend, compared: str, comparisons: Sequence[Comparison], weights: Weights) -> str:
    """Return SQL of ``l r pattern probability household`` of a table of compared pairs."""
    distinct = backend.arrow(f"select distinct pattern from {compared} order by pattern")
    patterns = distinct.column("pattern").to_numpy()
    levels = unpack(patterns, comparisons)
    probability, household = weights.mixture.posterior(levels, offsets(levels, weights.together, comparisons))
    backend.register(
        f"{compared}_scores",
        pa.table({"pattern": patterns, "probability": probability, "household": household}),
    )
    return (
        f"select l, r, pattern, s.probability, s.household from {compared} "
        f"join {compared}_scores s using (pattern)"
    )


def _chains_with_fresh_nodes(backend: Backend) -> str:
    """Make ``fresh_chains`` of those of ``chains`` that a fresh node is in, and return its name."""
    backend.create(
        "fresh_chains",
        """select node_id, chain from chains
        where chain in (select n.chain from chains n join fresh_nodes f on f.node_id = n.node_id)""",
    )
    return "fresh_chains"


def _forgotten(
    backend: Backend,
    comparisons: Sequence[Comparison],
    weights: Weights,
    rules: Sequence[Rule],
    columns: Sequence[str],
    concerned: str,
) -> str:
    """SQL of scored pairs that an earlier run forgot as unlikely, inside one of the chains ``concerned``.

    What speaks against them counts now as it would in a whole run.
    """
    backend.create(
        "forgotten_pairs",
        f"""select i.l, i.r from ({pairs_inside(backend, rules, concerned)}) i
        left join compared p on p.l = i.l and p.r = i.r left join known_pairs k on k.l = i.l and k.r = i.r
        where p.l is null and k.l is null""",
    )
    make_compared_nodes(backend, columns, of_pairs="forgotten_pairs")
    compare(backend, comparisons, "forgotten_pairs", "forgotten")
    return scored(backend, "forgotten", comparisons, weights)
