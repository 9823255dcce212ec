"""The linkage stage as one page: records in; links, doubts, events and the weights out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alongside.area import AreaPack
from alongside.area.models import Source
from alongside.insight.backends import Backend
from alongside.insight.linkage.blocking import candidate_pairs, rules_for
from alongside.insight.linkage.clustering import Integers, Lines, cluster, worth_hearing
from alongside.insight.linkage.comparisons import Comparison, comparisons_for
from alongside.insight.linkage.decisions import (
    Decision,
    InForce,
    NodeDecisions,
    in_force,
    of_nodes,
    told_apart,
)
from alongside.insight.linkage.identity import give_ids
from alongside.insight.linkage.mixture import Levels
from alongside.insight.linkage.model import to_json
from alongside.insight.linkage.namesakes import share_between_namesakes
from alongside.insight.linkage.nodes import compared_columns, make_nodes, names_somebody
from alongside.insight.linkage.previous import known_from
from alongside.insight.linkage.relatives import doubt_generations, tell_twins_apart
from alongside.insight.linkage.review import questions
from alongside.insight.linkage.scoring import Edges, compare, fit_weights, score, unpack
from alongside.insight.progress import Progress

NAMED = 3
"""So many lines of a decisions file are named in a remark; more would not be read."""


@dataclass(frozen=True)
class LinkageReport:
    """What linkage did: counts, the decisions in force, and the fitted weights as JSON (None: no pairs)."""

    records: int
    nodes: int
    people: int
    pairs: int
    decisions: list[Decision]
    decisions_not_here: int
    went_on_from_previous: bool
    model: dict[str, Any]


def link_records(
    backend: Backend,
    pack: AreaPack,
    *,
    key: bytes,
    previous: Path | None,
    decisions: Path | None,
    progress: Progress,
) -> LinkageReport:
    """Group ``records`` into people: ``links``, ``review``, ``edges``, ``fingerprints``, ``identity_events``.

    Two records with different numbers that pass their check never end in one person, however high the score,
    nor do two of a source that keeps each person once; a report that names nobody stays an event, its person
    NULL.

    Args:
        backend: holds ``records`` (ARCHITECTURE.md).
        pack: its sources, bands and seed.
        key: of person ids and fingerprints.
        previous: folder of an earlier run, whose ids and decisions stay and whose scores are gone on from.
        decisions: a clerk's decisions (``linkage.decisions``).
        progress: told what was found.

    Raises:
        AskedWronglyError: the decisions file is not there.
        DecisionsRefusedError: the decisions file cannot be used, or contradicts itself.
    """
    settings = pack.linkage
    clerks = in_force(decisions, previous)
    decided = clerks.decisions
    _say_decided(progress, clerks)
    columns = compared_columns(backend)
    make_nodes(backend, pack.sources, columns, key=key, alone=told_apart(decided))
    nodes = _count(backend, "nodes")
    comparisons = comparisons_for(columns, with_check_digit=settings.identifiers_with_check_digit)
    known = known_from(backend, previous, comparisons, columns=columns, nodes=nodes)
    rules = rules_for(columns)
    candidate_pairs(
        backend,
        rules,
        nodes=nodes,
        largest_block=settings.largest_block,
        fresh_only=known is not None,
    )
    compare(backend, comparisons, "pairs", "compared")
    pairs = _count(backend, "compared")
    weights = known.weights if known else fit_weights(backend, comparisons, nodes=nodes, seed=settings.seed)
    edges = score(
        backend,
        comparisons,
        weights,
        nodes=nodes,
        linked=settings.bands.linked,
        with_known=known is not None,
        rules=rules,
    )

    levels = unpack(edges.pattern, comparisons)
    birth_year = _birth_years(backend)
    edges = share_between_namesakes(edges, birth_year)
    # between the bands, wherever an area puts them: what may be a relative is asked, not joined
    doubt = (settings.bands.linked + settings.bands.doubtful) / 2
    edges = doubt_generations(edges, levels, comparisons, birth_year, doubt=doubt)
    edges, twins = tell_twins_apart(backend, edges, levels, comparisons, doubt=doubt)
    clerk = of_nodes(
        backend,
        decided,
        nodes=nodes,
        proof=[
            f"id_{system}" for system in settings.identifiers_with_check_digit if f"id_{system}" in columns
        ],
    )
    lines = _lines(backend, pack.sources, settings.identifiers_with_check_digit, columns, clerk, twins)
    heard = worth_hearing(edges, levels, comparisons, linked=settings.bands.linked)
    group = cluster(heard, nodes=nodes, linked=settings.bands.linked, lines=lines)
    backend.register(
        "node_group",
        pa.table(
            {
                "node_id": np.arange(nodes, dtype=np.int32),
                "group_id": group,
                "probability": _belonging(edges, group, clerk),
            }
        ),
    )
    backend.create(
        "members",
        # nodes are numbered by their first record, and a group is named by its smallest node
        "select source, record_id, group_id, probability, speaks and node_id = group_id as first "
        "from node_records join node_group using (node_id)",
    )
    give_ids(backend, key=key, previous_links=previous / "links.parquet" if previous else None)
    backend.create(
        "links",
        f"""select m.source, m.record_id, p.person_id, m.probability
        from members m join group_person p on p.group_id = m.group_id
        union all select source, record_id, cast(null as varchar), cast(null as double)
        from records where not ({names_somebody(columns)})""",
    )
    _keep(backend, edges, levels, comparisons)
    _review(backend, edges, levels, comparisons, group, doubtful=settings.bands.doubtful, clerk=clerk)
    backend.create("fingerprints", "select source, record_id, fingerprint from node_records")
    report = LinkageReport(
        records=_count(backend, "records"),
        nodes=nodes,
        people=_count(backend, "group_person"),
        pairs=pairs,
        decisions=decided,
        decisions_not_here=clerk.not_here,
        went_on_from_previous=known is not None,
        model=to_json(weights, comparisons, columns=columns),
    )
    _say(progress, report, _count(backend, "review"))
    _say_on_nobody(progress, clerk)
    return report


def _birth_years(backend: Backend) -> NDArray[np.float64]:
    """The year of birth of every node, in order of their ids; NaN where not known."""
    years = backend.arrow("select cast(birth_year as double) as year from nodes order by node_id").column(
        "year"
    )
    return np.asarray(years.fill_null(float("nan")).to_numpy())


def _count(backend: Backend, table: str) -> int:
    return int(backend.arrow(f"select count(*) as n from {table}").column("n")[0].as_py())


def _say(progress: Progress, report: LinkageReport, doubtful: int) -> None:
    progress.said(f"{report.records:,} records are {report.people:,} people; {doubtful:,} pairs are in doubt")
    if report.went_on_from_previous:
        progress.said(
            "the weights and scores of the previous run were gone on from; only what is new was compared"
        )
    if report.decisions_not_here:
        progress.said(
            f"decisions on records that are not in these extracts: {report.decisions_not_here:,}; "
            "they are kept for the next run"
        )


def _say_on_nobody(progress: Progress, clerk: NodeDecisions) -> None:
    if not clerk.on_nobody:
        return
    said = [
        f"line {decision.where} ({' and '.join(' '.join(record) for record in records)})"
        for decision, records in clerk.on_nobody[:NAMED]
    ]
    more = len(clerk.on_nobody) - len(said)
    progress.said(
        "decisions on records that name nobody (no name, no identifier), which can be nobody's and stay "
        f"events: {', '.join(said)}" + (f", and {more:,} more" if more else "")
    )


def _say_decided(progress: Progress, clerks: InForce) -> None:
    if clerks.carried:
        progress.said(f"decisions carried over from the previous run: {clerks.carried:,}")
    if clerks.replaced:
        progress.said(f"decisions of the previous run that newer lines took back: {clerks.replaced:,}")
    if clerks.withdrew_nothing:
        lines = ", ".join(map(str, clerks.withdrew_nothing[:NAMED]))
        more = ", ..." if len(clerks.withdrew_nothing) > NAMED else ""
        progress.said(f"decisions, line {lines}{more}: withdrawn, but nobody had decided on these records")


def _lines(
    backend: Backend,
    sources: dict[str, Source],
    with_check_digit: Sequence[str],
    columns: Sequence[str],
    clerk: NodeDecisions,
    twins: Sequence[tuple[int, int]],
) -> Lines:
    """The hard lines of this run. Where a clerk has joined somebody, the clerk knows better about twins."""
    met = {node for pair in clerk.joined for node in pair}
    two_people = [pair for pair in twins if met.isdisjoint(pair)]
    only_one: dict[str, tuple[Integers, Integers]] = {}
    for system in with_check_digit:
        if f"id_{system}" in columns:
            held = backend.arrow(
                f"select node_id, dense_rank() over (order by id_{system}) as value "
                f"from nodes where id_{system} is not null order by node_id"
            )
            only_one[system] = (
                held.column("node_id").to_numpy().astype(np.int64),
                held.column("value").to_numpy().astype(np.int64),
            )
    for code, source in sources.items():
        if source.one_record_per_person:
            held = backend.arrow(f"select node_id from node_records where source = '{code}' order by node_id")
            ids = held.column("node_id").to_numpy().astype(np.int64)
            only_one[code] = (ids, np.arange(len(ids)))
    return Lines(only_one=only_one, joined=clerk.joined, apart=[*clerk.apart, *two_people])


def _belonging(edges: Edges, group: Integers, clerk: NodeDecisions) -> np.ndarray:
    """How sure it is that each node belongs to its person: its strongest link there; 1 where it is alone."""
    inside = group[edges.left] == group[edges.right]
    best = np.zeros(len(group))
    for side in (edges.left, edges.right):
        np.maximum.at(best, side[inside], edges.probability[inside])
    best[[node for pair in clerk.joined for node in pair]] = 1.0
    alone = np.bincount(group, minlength=len(group))[group] == 1
    best[alone] = 1.0
    return best


def _keep(backend: Backend, edges: Edges, levels: Levels, comparisons: Sequence[Comparison]) -> None:
    """Make ``edges``: scored pairs kept, by the records that speak for their nodes, with each level."""
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
    backend.create(
        "edges",
        f"""select a.source as source_l, a.record_id as record_l,
          b.source as source_r, b.record_id as record_r,
          e.probability, e.probability_household, e.pattern, {gammas}
        from node_edges e join node_records a on a.node_id = e.l and a.speaks
        join node_records b on b.node_id = e.r and b.speaks""",
    )


def _review(
    backend: Backend,
    edges: Edges,
    levels: Levels,
    comparisons: Sequence[Comparison],
    group: Integers,
    *,
    doubtful: float,
    clerk: NodeDecisions,
) -> None:
    """Make ``review``: of every two people whom a likely pair would join, the likeliest and its question."""
    between = _two_people(group, edges.left, edges.right)
    # a clerk who told two records apart has answered for the two people: no more is asked
    settled = _two_people(
        group, *(np.array([pair[side] for pair in clerk.apart], dtype=np.int64) for side in (0, 1))
    )
    open_ = (
        (edges.probability >= doubtful)
        & (group[edges.left] != group[edges.right])
        & ~np.isin(between, settled)
    )
    likeliest_first = np.flatnonzero(open_)[np.argsort(-edges.probability[open_], kind="stable")]
    _, first = np.unique(between[likeliest_first], return_index=True)
    chosen = likeliest_first[np.sort(first)]
    backend.register(
        "doubts",
        pa.table(
            {
                "l": edges.left[chosen].astype(np.int32),
                "r": edges.right[chosen].astype(np.int32),
                "probability": edges.probability[chosen],
                "question": pa.array(questions(levels[chosen], comparisons), pa.string()),
            }
        ),
    )
    backend.create(
        "review",
        """select a.source as source_l, a.record_id as record_l,
          b.source as source_r, b.record_id as record_r,
          p.person_id as person_l, q.person_id as person_r, d.probability, d.question
        from doubts d join node_records a on a.node_id = d.l and a.speaks
        join node_records b on b.node_id = d.r and b.speaks
        join node_group g on g.node_id = d.l join node_group h on h.node_id = d.r
        join group_person p on p.group_id = g.group_id join group_person q on q.group_id = h.group_id""",
    )


def _two_people(group: Integers, left: Integers, right: Integers) -> Integers:
    """One number for the two groups of each pair, whichever is named first."""
    one, other = group[left], group[right]
    return np.minimum(one, other) * len(group) + np.maximum(one, other)
