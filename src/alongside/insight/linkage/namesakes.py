"""A record with no date of birth that fits a parent and child of one name equally belongs to neither.

Each pair alone looks certain: the same name at the same home. Together they cannot both be right, so they
share the certainty, each by its own odds: what was 0.99 and 0.99 becomes two doubts, which go to a clerk, who
can ask which of the two is meant; what was 0.99 and 0.6 stays as good as it was.
"""

import numpy as np
from numpy.typing import NDArray

from alongside.insight.linkage.scoring import Edges

LIKELY = 0.5
GENERATIONS = (14, 60)
"""Years between parent and child; a slip of the pen makes ten or a hundred, seldom these."""
_MOST = 1 - 1e-6


def share_between_namesakes(edges: Edges, birth_year: NDArray[np.float64]) -> Edges:
    """Return the edges, with the certainty of undated records shared between the older and younger they fit.

    Args:
        edges: scored pairs.
        birth_year: of every node; NaN where not known.
    """
    pairs = np.concatenate([np.stack([edges.left, edges.right]), np.stack([edges.right, edges.left])], axis=1)
    likely = (
        np.tile(edges.probability >= LIKELY, 2)
        & np.isnan(birth_year[pairs[0]])
        & ~np.isnan(birth_year[pairs[1]])
    )
    undated, year = pairs[0][likely], birth_year[pairs[1][likely]]
    edge = np.tile(np.arange(len(edges.left)), 2)[likely]
    first, last = np.full(len(birth_year), np.inf), np.full(len(birth_year), -np.inf)
    np.minimum.at(first, undated, year)
    np.maximum.at(last, undated, year)
    apart = (last - first)[undated]
    torn = (apart >= GENERATIONS[0]) & (apart <= GENERATIONS[1])
    undated, year, edge = undated[torn], year[torn], edge[torn]
    older = year - first[undated] <= last[undated] - year
    capped = np.minimum(edges.probability[edge], _MOST)
    odds = np.zeros((2, len(birth_year)))
    for side, chosen in enumerate((older, ~older)):
        np.maximum.at(odds[side], undated[chosen], (capped / (1 - capped))[chosen])
    own = np.where(older, odds[0][undated], odds[1][undated])
    probability = edges.probability.copy()
    probability[edge] *= own / (odds[0] + odds[1])[undated]
    return Edges(edges.left, edges.right, edges.pattern, probability, edges.household)
