"""What linkage leaves behind: who belongs to whom, how sure, and what the next run needs to continue."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from alongside.insight.backends import Backend
from alongside.insight.linkage.chains import Integers, by_smallest
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Floats, Levels
from alongside.insight.linkage.nodes import names_somebody
from alongside.insight.linkage.scoring import Edges


def make_members(
    backend: Backend,
    edges: Edges,
    group: Integers,
    chain: Integers,
    *,
    chains_from: int,
    joined: Sequence[tuple[int, int]],
) -> None:
    """Make ``node_group`` and ``members`` of the touched nodes and of their records.

    ``node_group`` has ``node_id group_id chain probability``; ``members`` has
    ``source record_id group_id probability first``, where ``first`` is true of each group's first record.

    Args:
        backend: holds ``touched_nodes`` and ``node_records``.
        edges: scored pairs.
        group: of every node, named by its smallest node.
        chain: of every node.
        chains_from: what the numbers of chains begin with: those of untouched ones are below.
        joined: pairs of nodes that a clerk has joined.
    """
    touched = backend.arrow("select node_id from touched_nodes order by node_id").column("node_id").to_numpy()
    backend.register(
        "node_group",
        pa.table(
            {
                "node_id": touched.astype(np.int32),
                "group_id": group[touched],
                "chain": by_smallest(chain)[touched] + chains_from,
                "probability": _belonging(edges, group, joined)[touched],
            }
        ),
    )
    backend.create(
        "members",
        # nodes are numbered by their first record, and a group is named by its smallest node
        "select source, record_id, group_id, probability, speaks and node_id = group_id as first "
        "from node_records join node_group using (node_id)",
    )


def _belonging(edges: Edges, group: Integers, joined: Sequence[tuple[int, int]]) -> Floats:
    """How sure it is that each node belongs to its person: its strongest link there; 1 where it is alone."""
    inside = group[edges.left] == group[edges.right]
    best = np.zeros(len(group))
    for side in (edges.left, edges.right):
        np.maximum.at(best, side[inside], edges.probability[inside])
    best[[node for pair in joined for node in pair]] = 1.0
    alone = np.bincount(group, minlength=len(group))[group] == 1
    best[alone] = 1.0
    return best


def make_people_of_nodes(backend: Backend, edges: Edges, group: Integers) -> Integers:
    """Make ``node_person`` (``node_id person_id``) of all nodes that edges have; return each one's number.

    Two nodes have one number where they are one person's. A node that is not touched is whose it was.

    Args:
        backend: holds ``node_group``, ``group_person``, ``node_records`` and, where a node is not touched,
            ``links_before``.
        edges: scored pairs.
        group: of every node.
    """
    backend.create(
        "node_person", "select node_id, person_id from node_group join group_person using (group_id)"
    )
    ends = np.zeros(len(group), dtype=bool)
    ends[edges.left] = ends[edges.right] = True
    ends[backend.arrow("select node_id from node_group").column("node_id").to_numpy()] = False
    near = np.flatnonzero(ends)
    if not len(near):
        return group
    backend.register("near_by", pa.table({"node_id": near.astype(np.int32)}))
    backend.create(
        "near_person",
        """select n.node_id, b.person_id from near_by n
        join node_records r on r.node_id = n.node_id and r.speaks
        join links_before b on b.source = r.source and b.record_id = r.record_id""",
    )
    backend.create("node_person", "select * from node_person union all select * from near_person")
    named = backend.arrow(
        "select node_id, min(node_id) over (partition by person_id) as person from near_person"
    )
    person = group.copy()
    person[named.column("node_id").to_numpy()] = named.column("person").to_numpy()
    return person


def make_outcome(
    backend: Backend,
    edges: Edges,
    levels: Levels,
    comparisons: Sequence[Comparison],
    *,
    columns: Sequence[str],
) -> None:
    """Make ``touched_links``, ``touched_edges`` and ``touched_fingerprints`` of what is touched.

    Args:
        backend: holds ``records``, ``members``, ``node_group``, ``group_person`` and ``node_records``.
        edges: scored pairs.
        levels: their levels, one row each.
        comparisons: what the columns of ``levels`` are.
        columns: the identity columns that hold anything.
    """
    backend.create(
        "touched_links",
        f"""select m.source, m.record_id, p.person_id, m.probability
        from members m join group_person p on p.group_id = m.group_id
        union all select source, record_id, cast(null as varchar), cast(null as double)
        from records where not ({names_somebody(columns)})""",
    )
    _make_edges(backend, edges, levels, comparisons)
    backend.define(
        "touched_fingerprints",
        "select source, record_id, fingerprint, chain from node_records join node_group using (node_id)",
    )


def _make_edges(backend: Backend, edges: Edges, levels: Levels, comparisons: Sequence[Comparison]) -> None:
    """Make ``touched_edges``: scored pairs, by the records that speak for their nodes, with each level."""
    backend.register(
        "node_edges",
        pa.table(
            {
                "l": edges.left.astype(np.int32),
                "r": edges.right.astype(np.int32),
                "pattern": edges.pattern,
                "probability": edges.probability,
                "probability_household": edges.household,
            }
            | {f"gamma_{comparison.name}": levels[:, column] for column, comparison in enumerate(comparisons)}
        ),
    )
    gammas = ", ".join(f"e.gamma_{comparison.name}" for comparison in comparisons)
    backend.define(
        "touched_edges",
        f"""select a.source as source_l, a.record_id as record_l,
          b.source as source_r, b.record_id as record_r,
          e.probability, e.probability_household, e.pattern, {gammas}
        from node_edges e join node_records a on a.node_id = e.l and a.speaks
        join node_records b on b.node_id = e.r and b.speaks""",
    )
