"""What an earlier run's linkage lends a later one: its weights, and scores of pairs that did not change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alongside.insight.backends import Backend
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.model import Weights, from_json

MOST_NEW = 0.2
"""With a greater share of new or changed identities than this, the weights are fitted afresh."""


@dataclass(frozen=True)
class Known:
    """An earlier run that this one can go on from."""

    weights: Weights
    unchanged: int


def known_from(
    backend: Backend,
    folder: Path | None,
    comparisons: Sequence[Comparison],
    *,
    columns: Sequence[str],
    nodes: int,
) -> Known | None:
    """Compare ``nodes`` with an earlier run; make ``fresh_nodes`` and ``known_pairs`` where it lends any.

    ``fresh_nodes`` (``node_id``) are those that run did not have; ``known_pairs`` (``l r pattern``) are
    its compared pairs of which both sides still say what they said. None, and no tables, where
    there is no such run, its weights are for other comparisons, or too much is new.
    """
    saved = folder / "linkage" / "model.json" if folder else None
    if folder is None or saved is None or not saved.is_file():
        return None
    weights = from_json(json.loads(saved.read_text(encoding="utf-8")), comparisons, columns=columns)
    if weights is None:
        return None
    backend.read_parquet("fingerprints_before", folder / "linkage" / "fingerprints.parquet")
    backend.read_parquet("edges_before", folder / "linkage" / "edges.parquet")
    backend.create(
        "fresh_nodes",
        "select node_id from nodes where fingerprint not in (select fingerprint from fingerprints_before)",
    )
    fresh = int(backend.arrow("select count(*) as n from fresh_nodes").column("n")[0].as_py())
    if fresh > MOST_NEW * nodes:
        backend.drop("fresh_nodes")
        return None
    backend.create(
        "known_pairs",
        """select least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r, e.pattern
        from edges_before e
        join fingerprints_before f on f.source = e.source_l and f.record_id = e.record_l
        join fingerprints_before g on g.source = e.source_r and g.record_id = e.record_r
        join nodes a on a.fingerprint = f.fingerprint join nodes b on b.fingerprint = g.fingerprint""",
    )
    return Known(weights, nodes - fresh)
