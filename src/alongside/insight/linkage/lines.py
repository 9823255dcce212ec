"""The hard lines of a run: what a group may hold only one of, and whom a clerk or a birthday keeps apart."""

from collections.abc import Mapping, Sequence

import numpy as np

from alongside.area.models import Source
from alongside.insight.backends import Backend
from alongside.insight.linkage.chains import Integers
from alongside.insight.linkage.clustering import Lines
from alongside.insight.linkage.decisions import NodeDecisions


def hard_lines(
    backend: Backend,
    sources: Mapping[str, Source],
    with_check_digit: Sequence[str],
    columns: Sequence[str],
    clerk: NodeDecisions,
    twins: Sequence[tuple[int, int]],
) -> Lines:
    """Return the hard lines between touched nodes.

    Where a clerk has joined somebody, the clerk knows better about twins.

    Args:
        backend: holds ``nodes``, ``node_records`` and ``touched_nodes``.
        sources: the pack's sources; one that keeps each person once is a line between its records.
        with_check_digit: systems whose numbers prove themselves.
        columns: the identity columns that hold anything.
        clerk: decisions about nodes.
        twins: pairs of nodes that are twins.
    """
    met = {node for pair in clerk.joined for node in pair}
    two_people = [pair for pair in twins if met.isdisjoint(pair)]
    only_one: dict[str, tuple[Integers, Integers]] = {}
    for system in with_check_digit:
        if f"id_{system}" in columns:
            held = backend.arrow(
                f"select node_id, dense_rank() over (order by id_{system}) as value from nodes "
                f"join touched_nodes using (node_id) where id_{system} is not null order by node_id"
            )
            only_one[system] = (
                held.column("node_id").to_numpy().astype(np.int64),
                held.column("value").to_numpy().astype(np.int64),
            )
    for code, source in sources.items():
        if source.one_record_per_person:
            held = backend.arrow(
                "select node_id from node_records join touched_nodes using (node_id) "
                f"where source = '{code}' order by node_id"
            )
            ids = held.column("node_id").to_numpy().astype(np.int64)
            only_one[code] = (ids, np.arange(len(ids)))
    return Lines(only_one=only_one, joined=clerk.joined, apart=[*clerk.apart, *two_people])
