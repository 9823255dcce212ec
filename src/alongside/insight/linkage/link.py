"""The linkage stage as one page: records in; links, doubts, events and the weights out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alongside.area import AreaPack
from alongside.insight.backends import Backend
from alongside.insight.linkage.blocking import rules_for
from alongside.insight.linkage.candidates import candidate_pairs
from alongside.insight.linkage.clustering import cluster, worth_hearing
from alongside.insight.linkage.comparisons import comparisons_for
from alongside.insight.linkage.decisions import (
    Decision,
    InForce,
    NodeDecisions,
    NotFollowed,
    in_force,
    of_nodes,
    people_not_joined,
    told_apart,
)
from alongside.insight.linkage.identity import give_ids
from alongside.insight.linkage.lines import hard_lines
from alongside.insight.linkage.model import to_json
from alongside.insight.linkage.namesakes import LIKELY, share_between_namesakes
from alongside.insight.linkage.nodes import compared_columns, make_compared_nodes, make_nodes, share_values
from alongside.insight.linkage.outcome import make_members, make_outcome, make_people_of_nodes
from alongside.insight.linkage.previous import known_from, touch, touch_everybody, whole_outcome
from alongside.insight.linkage.relatives import doubt_generations, tell_twins_apart
from alongside.insight.linkage.review import make_review
from alongside.insight.linkage.scoring import compare, fit_weights, score, scored, unpack
from alongside.insight.progress import Progress

NAMED = 3
"""This many lines of a decisions file are named in a message; more would not be read."""


@dataclass(frozen=True)
class LinkageReport:
    """What linkage did: counts, the decisions in force, and the fitted weights as JSON (None: no pairs).

    ``not_followed`` are those of the decisions that would have joined two numbers which pass their check.
    """

    records: int
    nodes: int
    people: int
    pairs: int
    decisions: list[Decision]
    decisions_not_here: int
    not_followed: list[NotFollowed]
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
        previous: folder of an earlier run, whose ids and decisions stay and whose scores are reused.
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
    nodes = backend.count("nodes")
    comparisons = comparisons_for(columns, with_check_digit=settings.identifiers_with_check_digit)
    judged_by = _settings(pack)
    known = known_from(backend, previous, comparisons, columns=columns, settings=judged_by)
    rules = rules_for(columns)
    candidate_pairs(
        backend,
        rules,
        nodes=nodes,
        largest_block=settings.largest_block,
        fresh_only=known is not None,
    )
    share_values(backend, columns)
    make_compared_nodes(backend, columns, of_pairs="pairs" if known else None)
    compare(backend, comparisons, "pairs", "compared")
    pairs = backend.count("compared")
    weights = known.weights if known else fit_weights(backend, comparisons, nodes=nodes, seed=settings.seed)
    # whatever may come to link two records, once namesakes have shared what speaks for each, makes a chain
    chained = min(LIKELY, settings.bands.linked)
    if known and previous:
        new_pairs = scored(backend, "compared", comparisons, weights)
        touch(
            backend,
            previous,
            known,
            likely=f"select l, r from ({new_pairs}) where probability >= {chained}",
            decided=[record for decision in decided for record in (decision.one, decision.other)],
        )
    else:
        touch_everybody(backend, previous)
    edges, chain = score(
        backend,
        comparisons,
        weights,
        nodes=nodes,
        chained=chained,
        with_known=known is not None,
        other_chains=known is not None and known.afresh,
        rules=rules,
        columns=columns,
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
    lines = hard_lines(backend, pack.sources, settings.identifiers_with_check_digit, columns, clerk, twins)
    heard = worth_hearing(edges, levels, comparisons, linked=settings.bands.linked)
    group = cluster(heard, nodes=nodes, linked=settings.bands.linked, lines=lines)
    make_members(backend, edges, group, chain, chains_from=known.chains if known else 0, joined=clerk.joined)
    give_ids(backend, key=key, told=previous is not None)
    person = make_people_of_nodes(backend, edges, group)
    make_review(
        backend,
        edges,
        levels,
        comparisons,
        person,
        doubtful=settings.bands.doubtful,
        apart=clerk.apart,
    )
    make_outcome(backend, edges, levels, comparisons, columns=columns)
    whole_outcome(backend, with_untouched=known is not None)
    people = backend.count("group_person")
    if known:
        people += known.people - backend.count("(select distinct person_id from before)")
    report = LinkageReport(
        records=backend.count("records"),
        nodes=nodes,
        people=people,
        pairs=pairs,
        decisions=decided,
        decisions_not_here=clerk.not_here,
        not_followed=people_not_joined(backend, clerk.not_followed),
        went_on_from_previous=known is not None,
        model=to_json(weights, comparisons, columns=columns, settings=judged_by, people=people),
    )
    _say(progress, report, backend.count("review"))
    _say_on_nobody(progress, clerk)
    _say_not_followed(progress, clerk)
    return report


def _settings(pack: AreaPack) -> dict[str, Any]:
    """What of the pack decides who is one person, once pairs are scored."""
    return {
        "linked": pack.linkage.bands.linked,
        "doubtful": pack.linkage.bands.doubtful,
        "identifiers_with_check_digit": sorted(pack.linkage.identifiers_with_check_digit),
        "one_record_per_person": sorted(
            code for code, source in pack.sources.items() if source.one_record_per_person
        ),
    }


def _birth_years(backend: Backend) -> NDArray[np.float64]:
    """The year of birth of every node, in order of their ids; NaN where not known."""
    years = "coalesce(cast(birth_year as double), cast('nan' as double))"
    return np.asarray(
        backend.arrow(f"select {years} as year from nodes order by node_id").column("year").to_numpy()
    )


def _say(progress: Progress, report: LinkageReport, doubtful: int) -> None:
    progress.said(f"{report.records:,} records are {report.people:,} people; {doubtful:,} pairs are in doubt")
    if report.went_on_from_previous:
        progress.said("the weights and scores of the previous run were reused; only what is new was compared")
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
        "decisions on records that name nobody (no name, no identifier), which cannot be linked and stay "
        f"events: {', '.join(said)}" + (f", and {more:,} more" if more else "")
    )


def _say_not_followed(progress: Progress, clerk: NodeDecisions) -> None:
    if not clerk.not_followed:
        return
    said = [
        f"line {decision.where} ({system.replace('_', ' ')})"
        for decision, system in clerk.not_followed[:NAMED]
    ]
    more = len(clerk.not_followed) - len(said)
    progress.said(
        "decisions that were not followed, because with those before them they would make one person of two "
        f"numbers that both pass their check: {', '.join(said)}"
        + (f", and {more:,} more" if more else "")
        + "; put the wrong number right where it was recorded, or withdraw the decision"
    )


def _say_decided(progress: Progress, clerks: InForce) -> None:
    if clerks.carried:
        progress.said(f"decisions carried over from the previous run: {clerks.carried:,}")
    if clerks.replaced:
        progress.said(
            f"decisions of the previous run that newer lines replaced or withdrew: {clerks.replaced:,}"
        )
    if clerks.withdrew_nothing:
        lines = ", ".join(map(str, clerks.withdrew_nothing[:NAMED]))
        more = ", ..." if len(clerks.withdrew_nothing) > NAMED else ""
        progress.said(f"decisions, line {lines}{more}: withdrawn, but nobody had decided on these records")
