"""Fewer strangers are left: what it means for a doubtful pair that a source keeps each person once.

Where two sources each hold a person once and nearly all of their people have found each other, a record that has
found nobody is compared with few strangers, not with everybody. The number of unrelated pairs of any pattern among
the records still unlinked falls with the number of such records, while the number of true pairs does not, and the
probability of what is left rises accordingly. Nothing changes for a pair of which one side is linked already.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from alongside.insight.linkage.clustering import Integers
from alongside.insight.linkage.scoring import Edges


def among_the_unlinked(edges: Edges, once: Mapping[str, Integers], *, nodes: int, linked: float) -> Edges:
    """Return the edges with the probabilities of pairs between two unlinked records made right.

    Args:
        edges: scored pairs.
        once: for each source that holds each person once, its node ids.
        nodes: how many nodes there are.
        linked: probability from which a pair counts as found.
    """
    probability, household = edges.probability.copy(), edges.household.copy()
    member = {}
    for source, ids in once.items():
        member[source] = np.zeros(nodes, dtype=bool)
        member[source][ids] = True
    found = edges.probability >= linked
    for one, other in combinations(sorted(once), 2):
        across = (member[one][edges.left] & member[other][edges.right]) | (member[other][edges.left] & member[one][edges.right])
        taken = np.zeros(nodes, dtype=bool)
        taken[edges.left[across & found]] = True
        taken[edges.right[across & found]] = True
        left_over = [float((ids.size - taken[ids].sum()) / max(ids.size, 1)) for ids in (once[one], once[other])]
        waiting = across & ~taken[edges.left] & ~taken[edges.right]
        same, home = edges.probability[waiting], edges.household[waiting]
        strangers = (1 - same - home) * left_over[0] * left_over[1]
        total = same + home + strangers
        probability[waiting], household[waiting] = same / total, home / total
    return Edges(edges.left, edges.right, edges.pattern, probability, household)
