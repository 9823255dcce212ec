"""What an earlier run's linkage lends a later one, so that a day's new records cost a day's work.

It lends its weights, the scores of pairs that did not change, and, of everybody whom nothing new comes near,
the people it found. A *chain* is all nodes that likely pairs join, directly or through others: it is decided
as one. A chain is *touched* where a record came, went or says something else, where a new record is likely to
be somebody in it, or where a clerk has decided. All other chains stay as they were.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from alongside.insight.backends import Backend
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.decisions import KEPT, Record, as_records, read_decisions
from alongside.insight.linkage.model import Weights, from_json

MOST_NEW = 0.2
"""With a greater share of new or changed identities than this, the weights are fitted afresh."""
_BEFORE = {
    "fingerprints_before": "linkage/fingerprints.parquet",
    "edges_before": "linkage/edges.parquet",
    "review_before": "review.parquet",
}


@dataclass(frozen=True)
class Known:
    """An earlier run that this one can go on from.

    ``decided`` are the records it had decisions on; with ``afresh`` its people are worked out again, since
    what decides who is one person is set otherwise now.
    """

    weights: Weights
    decided: Sequence[Record]
    afresh: bool


def known_from(
    backend: Backend,
    folder: Path | None,
    comparisons: Sequence[Comparison],
    *,
    columns: Sequence[str],
    settings: Mapping[str, Any],
) -> Known | None:
    """Compare ``nodes`` with an earlier run and make ``fresh_nodes`` (``node_id``), those it did not have.

    None, and no table, where there is no such run, its weights are for other comparisons, or too much is new.

    Args:
        backend: holds ``nodes``.
        folder: the earlier run's.
        comparisons: what is compared now.
        columns: the identity columns that hold anything now.
        settings: what else decides who is one person (``link.settings_of``).
    """
    saved = folder / "linkage" / "model.json" if folder else None
    if folder is None or saved is None or not saved.is_file():
        return None
    model = json.loads(saved.read_text(encoding="utf-8"))
    weights = from_json(model, comparisons, columns=columns)
    if weights is None:
        return None
    for table, file in _BEFORE.items():
        backend.read_parquet(table, folder / file)
    backend.create(
        "fresh_nodes",
        "select node_id from nodes where fingerprint not in (select fingerprint from fingerprints_before)",
    )
    if backend.count("fresh_nodes") > MOST_NEW * backend.count("nodes"):
        backend.drop("fresh_nodes")
        return None
    kept = folder / KEPT
    decisions = read_decisions(kept) if kept.is_file() else []
    decided = [record for decision in decisions for record in (decision.one, decision.other)]
    return Known(weights, decided, afresh=model["settings"] != settings)


def touch_everybody(backend: Backend, folder: Path | None) -> None:
    """Make ``touched_nodes`` (``node_id``), all there are, and ``before``, who everybody was.

    ``before`` has ``source record_id person_id``; it is empty where there is no earlier run.
    """
    backend.create("touched_nodes", "select node_id from nodes")
    if folder is None:
        backend.register("before", as_records([]).append_column("person_id", pa.array([], pa.string())))
    else:
        backend.read_parquet("links_before", folder / "links.parquet")
        backend.create(
            "before", "select source, record_id, person_id from links_before where person_id is not null"
        )


def touch(backend: Backend, folder: Path, known: Known, *, likely: str, decided: Iterable[Record]) -> None:
    """Make ``touched_nodes``, ``before`` and ``known_pairs``, of touched chains alone.

    ``touched_nodes`` has ``node_id``; ``before`` the ``source record_id person_id`` that the earlier run gave
    to records of touched chains, come again or not; ``known_pairs`` the ``l r pattern`` of pairs it compared
    of which one side at least is touched and both still say what they said.

    Args:
        backend: holds ``nodes``, ``node_records`` and ``fresh_nodes``.
        folder: the earlier run's.
        known: what ``known_from`` gave.
        likely: SQL of ``l r``, the new pairs that are likely enough to make a chain.
        decided: the records that a clerk has decided on in this run.
    """
    backend.read_parquet("links_before", folder / "links.parquet")
    backend.register("decided_records", as_records(sorted({*decided, *known.decided})))
    backend.create(
        "changed",
        """select n.node_id, b.chain from node_records n
        full join fingerprints_before b on n.source = b.source and n.record_id = b.record_id
        where n.fingerprint is distinct from b.fingerprint""",
    )
    backend.create(
        "stirred",
        f"""select fingerprint from nodes where node_id in (
          select node_id from changed where node_id is not null
          union all select l from ({likely}) union all select r from ({likely})
          union all select n.node_id from node_records n
            join decided_records d on d.source = n.source and d.record_id = n.record_id)""",
    )
    every = (
        ""
        if known.afresh
        else (
            """where chain in (select chain from changed where chain is not null)
        or chain in (select chain from fingerprints_before join stirred using (fingerprint))
        or chain in (select b.chain from fingerprints_before b
          join decided_records d on d.source = b.source and d.record_id = b.record_id)"""
        )
    )
    backend.create(
        "touched_before", f"select source, record_id, fingerprint from fingerprints_before {every}"
    )
    backend.create(
        "touched_nodes",
        """select node_id from nodes where fingerprint in (select fingerprint from touched_before)
        union all select node_id from fresh_nodes""",
    )
    backend.create(
        "before",
        """select b.source, b.record_id, b.person_id from links_before b
        join touched_before t on t.source = b.source and t.record_id = b.record_id
        where b.person_id is not null""",
    )
    _make_known_pairs(backend)
    backend.drop("changed", "stirred")


def _make_known_pairs(backend: Backend) -> None:
    backend.create(
        "touched_edges",
        """select e.source_l, e.record_l, e.source_r, e.record_r, e.pattern from edges_before e
        left join touched_before a on a.source = e.source_l and a.record_id = e.record_l
        left join touched_before b on b.source = e.source_r and b.record_id = e.record_r
        where a.record_id is not null or b.record_id is not null""",
    )
    backend.create(
        "ends",
        """select e.source, e.record_id, n.node_id from (
          select source_l as source, record_l as record_id from touched_edges
          union select source_r, record_r from touched_edges) e
        join fingerprints_before f on f.source = e.source and f.record_id = e.record_id
        join nodes n on n.fingerprint = f.fingerprint""",
    )
    backend.create(
        "known_pairs",
        """select least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r, e.pattern
        from touched_edges e join ends a on a.source = e.source_l and a.record_id = e.record_l
        join ends b on b.source = e.source_r and b.record_id = e.record_r""",
    )
    backend.drop("touched_edges", "ends")


def take_over(backend: Backend) -> None:
    """Add to the tables that linkage makes what the earlier run said of untouched chains, as it was."""
    backend.create(
        "fingerprints",
        # the numbers of chains begin again in each run; these must be nobody else's
        """select source, record_id, fingerprint,
          chain + (select coalesce(max(chain), 0) + 1 from fingerprints_before) as chain from fingerprints""",
    )
    for table, untouched in _UNTOUCHED.items():
        backend.create(table, f"select * from {table} union all {untouched}")


_UNTOUCHED = {
    "links": """select b.source, b.record_id, b.person_id, b.probability from links_before b
        left join touched_before t on t.source = b.source and t.record_id = b.record_id
        where b.person_id is not null and t.record_id is null""",
    "fingerprints": """select b.source, b.record_id, b.fingerprint, b.chain from fingerprints_before b
        left join touched_before t on t.source = b.source and t.record_id = b.record_id
        where t.record_id is null""",
    "edges": """select e.* from edges_before e
        left join touched_before a on a.source = e.source_l and a.record_id = e.record_l
        left join touched_before b on b.source = e.source_r and b.record_id = e.record_r
        where a.record_id is null and b.record_id is null""",
    "review": """select * from review_before where person_l not in (select person_id from before)
        and person_r not in (select person_id from before)""",
}
"""Table that linkage makes, to SQL of the rows that an earlier run lends, after ``touch``."""
