"""What an earlier run's linkage lends a later one, so that a day's new records cost a day's work.

It lends its weights, the scores of pairs that did not change, and, for everybody whom nothing new comes near,
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

from alongside.errors import DataRefusedError
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

    It found ``people``, had decisions on the records ``decided``, and numbered its chains below ``chains``.
    With ``afresh`` its people are worked out again: what decides who is one person has changed since.
    """

    weights: Weights
    people: int
    decided: Sequence[Record]
    chains: int
    afresh: bool


def known_from(
    backend: Backend,
    folder: Path | None,
    comparisons: Sequence[Comparison],
    *,
    columns: Sequence[str],
    settings: Mapping[str, Any],
) -> Known | None:
    """Compare ``nodes`` with an earlier run; make ``fresh_nodes`` (``node_id``), those it did not have.

    ``come_again`` has every record of either run, and whether it still says what it said. None where there is
    no such run, its weights are for other comparisons, or too much is new.

    Args:
        backend: holds ``nodes``.
        folder: the earlier run's.
        comparisons: what is compared now.
        columns: the identity columns that hold anything now.
        settings: what else decides who is one person, as an earlier run kept it in its model.
    """
    saved = folder / "linkage" / "model.json" if folder else None
    if folder is None or saved is None or not saved.is_file():
        return None
    try:
        model = json.loads(saved.read_text(encoding="utf-8"))
        weights = from_json(model, comparisons, columns=columns)
        if weights is None:
            return None
        people, was_set = model["people"], model["settings"]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise DataRefusedError(f"{saved} is not in a form that this version reads") from error
    for table, file in _BEFORE.items():
        backend.read_parquet(table, folder / file)
    backend.create(
        "come_again",
        """select coalesce(b.source, n.source) as source, coalesce(b.record_id, n.record_id) as record_id,
          n.node_id, b.fingerprint, b.chain, n.fingerprint is not distinct from b.fingerprint as unchanged
        from node_records n
        full join fingerprints_before b on n.source = b.source and n.record_id = b.record_id""",
    )
    backend.create(
        "fresh_nodes",
        """with changed as (
          select node_id, fingerprint from nodes
          where node_id in (select node_id from come_again where not unchanged))
        select node_id from changed where fingerprint not in (
          select b.fingerprint from come_again b join changed c on c.fingerprint = b.fingerprint)""",
    )
    if backend.count("fresh_nodes") > MOST_NEW * backend.count("nodes"):
        backend.drop("fresh_nodes")
        return None
    kept = folder / KEPT
    decisions = read_decisions(kept) if kept.is_file() else []
    decided = [record for decision in decisions for record in (decision.one, decision.other)]
    chains = backend.arrow("select coalesce(max(chain), -1) + 1 as chains from come_again")
    return Known(
        weights=weights,
        people=people,
        decided=decided,
        chains=chains["chains"][0].as_py(),
        afresh=was_set != settings,
    )


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
        backend: holds ``nodes`` and what ``known_from`` made.
        folder: the earlier run's.
        known: what ``known_from`` gave.
        likely: SQL of ``l r``, the new pairs that are likely enough to make a chain.
        decided: the records that a clerk has decided on in this run.
    """
    backend.read_parquet("links_before", folder / "links.parquet")
    backend.register("decided_records", as_records(sorted({*decided, *known.decided})))
    of_touched_chains = (
        "true"
        if known.afresh
        else (
            f"""chain in (
          select chain from come_again where not unchanged and chain is not null
          union all select c.chain from come_again c join (
            select l as node_id from ({likely}) union select r from ({likely})
            union select node_id from come_again where not unchanged and node_id is not null
          ) n on n.node_id = c.node_id where c.unchanged
          union all select c.chain from come_again c
            join decided_records d on d.source = c.source and d.record_id = c.record_id
            where c.chain is not null)"""
        )
    )
    backend.create(
        "touched_before",
        f"""select source, record_id, case when unchanged then node_id end as node_id from come_again
        where {of_touched_chains} and chain is not null""",
    )
    backend.create(
        "touched_nodes",
        """select node_id from touched_before where node_id is not null
        union select node_id from come_again where not unchanged and node_id is not null""",
    )
    backend.create(
        "before",
        """select b.source, b.record_id, b.person_id from links_before b
        join touched_before t on t.source = b.source and t.record_id = b.record_id
        where b.person_id is not null""",
    )
    _make_known_pairs(backend)


def _make_known_pairs(backend: Backend) -> None:
    backend.create(
        "pairs_before",
        """select e.source_l, e.record_l, e.source_r, e.record_r, e.pattern from edges_before e
        left join touched_before a on a.source = e.source_l and a.record_id = e.record_l
        left join touched_before b on b.source = e.source_r and b.record_id = e.record_r
        where a.record_id is not null or b.record_id is not null""",
    )
    backend.create(
        "ends",
        """select c.source, c.record_id, c.node_id, c.fingerprint, c.unchanged from come_again c join (
          select source_l as source, record_l as record_id from pairs_before
          union select source_r, record_r from pairs_before
        ) e on e.source = c.source and e.record_id = c.record_id""",
    )
    backend.create(
        "end_nodes",
        # what a record said may still be said by another, though it says something else or did not come again
        """select source, record_id, node_id from ends where unchanged
        union all select e.source, e.record_id, n.node_id from ends e
          join nodes n on n.fingerprint = e.fingerprint where not e.unchanged""",
    )
    backend.create(
        "known_pairs",
        """select least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r, e.pattern
        from pairs_before e join end_nodes a on a.source = e.source_l and a.record_id = e.record_l
        join end_nodes b on b.source = e.source_r and b.record_id = e.record_r""",
    )
    backend.drop("pairs_before", "ends", "end_nodes")


def whole_outcome(backend: Backend, *, with_untouched: bool) -> None:
    """Make ``links``, ``edges``, ``review`` and ``fingerprints`` (ARCHITECTURE.md) of what is touched.

    ``with_untouched`` adds what the earlier run said of untouched chains, as it was.
    """
    for table, untouched in _UNTOUCHED.items():
        touched = f"select * from touched_{table}"
        backend.define(table, f"{touched} union all {untouched}" if with_untouched else touched)


_UNTOUCHED = {
    "links": """select b.source, b.record_id, b.person_id, b.probability from links_before b
        left join touched_before t on t.source = b.source and t.record_id = b.record_id
        where b.person_id is not null and t.record_id is null""",
    "fingerprints": """select b.source, b.record_id, b.fingerprint, b.chain from come_again b
        left join touched_before t on t.source = b.source and t.record_id = b.record_id
        where b.chain is not null and t.record_id is null""",
    "edges": """select e.* from edges_before e
        left join touched_before a on a.source = e.source_l and a.record_id = e.record_l
        left join touched_before b on b.source = e.source_r and b.record_id = e.record_r
        where a.record_id is null and b.record_id is null""",
    "review": """select * from review_before where person_l not in (select person_id from before)
        and person_r not in (select person_id from before)""",
}
"""Table that linkage makes, to SQL of the rows that an earlier run lends, after ``touch``."""
