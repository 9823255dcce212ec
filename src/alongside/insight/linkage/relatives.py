"""Two people in one home whom pairs alone take for one: parent and child with one name, and twins.

What tells them apart is not in the pair. A parent and a child of one name are a generation apart; twins'
forenames, however alike, are each written the same way by several agencies, as no slip of the pen is.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.insight.backends import Backend
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Levels
from alongside.insight.linkage.namesakes import GENERATIONS
from alongside.insight.linkage.scoring import Edges

ENOUGH_SOURCES = 2
"""A spelling found in this many sources is not a slip of the pen."""
_ONE_HOME = (
    "the same home",
    "the same building, where many live",
    "the same or nearly the same address as written",
)
_ALIKE = ("nearly the same", "sounds or looks alike")
_ONE_BIRTHDAY = ("the same", "the same, but 1 January, which forms are filled with")


def doubt_generations(
    edges: Edges,
    levels: Levels,
    comparisons: Sequence[Comparison],
    birth_year: NDArray[np.float64],
    *,
    doubt: float,
) -> Edges:
    """Return the edges, putting in doubt those of one home, both forenames known, a generation apart.

    Unless a number or e-mail address is the same or nearly so: then one of the dates is wrong.

    Args:
        edges: scored pairs.
        levels: their levels, one row each.
        comparisons: what the columns of ``levels`` are.
        birth_year: of every node; NaN where not known.
        doubt: the most that a pair in doubt can be, so that a clerk is asked.
    """
    apart = np.abs(birth_year[edges.left] - birth_year[edges.right])
    torn = (apart >= GENERATIONS[0]) & (apart <= GENERATIONS[1])
    torn &= _at(levels, comparisons, "birth", ("different",)) & _at(levels, comparisons, "home", _ONE_HOME)
    for column, comparison in enumerate(comparisons):
        if comparison.name == "forename":
            torn &= levels[:, column] >= 0
        if comparison.name in ("email", "further_numbers") or comparison.name.startswith("id_"):
            torn &= (levels[:, column] < 0) | (levels[:, column] == len(comparison.levels))
    return replace(edges, probability=np.where(torn, np.minimum(edges.probability, doubt), edges.probability))


def tell_twins_apart(
    backend: Backend, edges: Edges, levels: Levels, comparisons: Sequence[Comparison], *, doubt: float
) -> tuple[Edges, list[tuple[int, int]]]:
    """Return the edges, with those between twins at most in doubt, and the pairs of nodes that are twins.

    Twins are two records with one birthday and forenames that look alike but do not sound the same, if
    each of the two spellings, with that surname and birthday, is in ``ENOUGH_SOURCES`` sources.

    Args:
        backend: holds ``nodes`` and ``node_records``.
        edges: scored pairs.
        levels: their levels, one row each.
        comparisons: what the columns of ``levels`` are.
        doubt: the most that a pair in doubt can be, so that a clerk is asked.
    """
    alike = _at(levels, comparisons, "birth", _ONE_BIRTHDAY) & _at(levels, comparisons, "forename", _ALIKE)
    concerned = np.unique(np.concatenate([edges.left[alike], edges.right[alike]]))
    backend.register("perhaps_twins", pa.table({"node_id": concerned.astype(np.int32)}))
    spelt = backend.arrow(
        f"""select n.node_id, any_value(n.forename_sound) as sound from perhaps_twins t
        join nodes n on n.node_id = t.node_id
        join nodes m on m.forename = n.forename and m.surname_sound = n.surname_sound
          and m.birth_digits = n.birth_digits
        join node_records r on r.node_id = m.node_id
        group by n.node_id having count(distinct r.source) >= {ENOUGH_SOURCES}"""
    )
    sound = dict(zip(spelt.column("node_id").to_pylist(), spelt.column("sound").to_pylist(), strict=True))
    places = np.flatnonzero(alike)
    pairs = list(zip(edges.left[places].tolist(), edges.right[places].tolist(), strict=True))
    twins = np.array([a in sound and b in sound and sound[a] != sound[b] for a, b in pairs], dtype=bool)
    probability = edges.probability.copy()
    of_twins = places[twins]
    probability[of_twins] = np.minimum(probability[of_twins], doubt)
    return replace(edges, probability=probability), [
        pair for pair, is_twins in zip(pairs, twins, strict=True) if is_twins
    ]


def _at(
    levels: Levels, comparisons: Sequence[Comparison], name: str, labels: Sequence[str]
) -> NDArray[np.bool_]:
    """Which pairs are at one of the levels of a comparison; none where it is not compared."""
    for column, comparison in enumerate(comparisons):
        if comparison.name == name:
            return np.isin(levels[:, column], [comparison.labels.index(label) for label in labels])
    return np.zeros(len(levels), dtype=bool)
