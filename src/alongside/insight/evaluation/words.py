"""An evaluation in plain words and tables, for a person at a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.insight.evaluation.results import (
    Agreement,
    Clusters,
    Evaluation,
    GroupAgreement,
    Linkage,
    Outcome,
    PolicyEvaluation,
    Stability,
)

NOT_SHOWN = "–"  # noqa: RUF001 (a dash, as tables have it)
"""In a cell: not measured, or too few to show."""
_LEGEND = f"{NOT_SHOWN} means not measured, or about too few people to show."
SHOWN_SOURCE_PAIRS = 10


@dataclass(frozen=True)
class Table:
    """A title, headings and rows of finished words."""

    title: str
    headings: Sequence[str]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Words:
    """Tables in order, then the sentences that follow them."""

    tables: list[Table]
    sentences: list[str]


def in_words(evaluation: Evaluation) -> Words:
    """Say an evaluation as tables and sentences."""
    linkage = evaluation.linkage
    tables = [_linkage(linkage), _people(linkage.clusters)]
    if linkage.clusters.largest:
        tables.append(_largest(linkage.clusters))
    if len(linkage.by_source) > 1:
        tables += [_sources(linkage), _weakest_source_pairs(linkage)]
    tables += [_groups(attribute, groups) for attribute, groups in linkage.by_group.items() if groups]
    if linkage.calibration:
        tables.append(_calibration(linkage))
    for name, policy in evaluation.policies.items():
        tables += [_policy(name, policy), *_selection(name, policy)]
    if evaluation.stability:
        tables.append(_stability(evaluation.stability))
    return Words(
        tables, [*_sentences(linkage), *_flags(evaluation), *_too_few(evaluation), *evaluation.warnings]
    )


def _linkage(linkage: Linkage) -> Table:
    pairs = linkage.pairwise
    rows = [
        ("pairs of records", _share(pairs.precision), _share(pairs.recall), _share(pairs.f1)),
        (
            "records (B-cubed)",
            _share(linkage.bcubed.precision),
            _share(linkage.bcubed.recall),
            _share(linkage.bcubed.f1),
        ),
    ]
    return Table("Who is who", ("measured over", "precision", "recall", "F1"), rows)


def _people(clusters: Clusters) -> Table:
    rows = [
        ("true people with a record", _count(clusters.true_people)),
        ("people found", _count(clusters.found_people)),
        ("found people who are one true person", _share(clusters.precision)),
        ("the same, of those with two or more records", _share(clusters.joined_precision)),
        ("true people found whole and alone", _share(clusters.exact)),
        ("false merges", _count(clusters.false_merges)),
        ("… within one household", _count(clusters.within_household)),
        ("… across households", _count(clusters.across_households)),
        ("true people found as more than one", _count(clusters.split_people)),
    ]
    return Table("People", ("", "figure"), rows)


def _largest(clusters: Clusters) -> Table:
    rows = [(each.person_id, _count(each.records), _count(each.true_people)) for each in clusters.largest]
    return Table("Found people with the most records", ("person", "records", "true people"), rows)


def _agreement(agreement: Agreement) -> tuple[str, ...]:
    return (
        _count(agreement.true_pairs),
        _share(agreement.precision),
        _share(agreement.recall),
        _share(agreement.f1),
    )


def _sources(linkage: Linkage) -> Table:
    rows = [(source, *_agreement(each)) for source, each in linkage.by_source.items()]
    return Table(
        "By source (pairs with a record from it)", ("source", "true pairs", "precision", "recall", "F1"), rows
    )


def _weakest_source_pairs(linkage: Linkage) -> Table:
    by_loss = sorted(
        linkage.by_source_pair.items(),
        key=lambda each: (each[1].right_pairs * 2 - each[1].true_pairs - each[1].found_pairs, each[0]),
    )
    rows = [(" and ".join(pair), *_agreement(each)) for pair, each in by_loss[:SHOWN_SOURCE_PAIRS]]
    return Table(
        "Pairs of sources where most is lost", ("sources", "true pairs", "precision", "recall", "F1"), rows
    )


def _groups(attribute: str, groups: dict[str, GroupAgreement]) -> Table:
    rows = [
        (
            group,
            _count(each.people),
            _share(each.agreement.precision),
            _share(each.agreement.recall),
            _points(each.recall_points_below_rest),
            "look" if each.flagged else "",
        )
        for group, each in sorted(groups.items(), key=_by_age)
    ]
    headings = ("group", "people", "precision", "recall", "points below the rest", "")
    return Table(f"Does it work equally well for everybody? By {attribute.replace('_', ' ')}", headings, rows)


def _calibration(linkage: Linkage) -> Table:
    rows = [
        (
            f"{each.lowest:g} to {each.highest:g}",
            _count(each.pairs),
            _share(each.mean_probability),
            _share(each.share_right),
        )
        for each in linkage.calibration
    ]
    return Table("Does a probability mean what it says?", ("called", "pairs", "said", "right"), rows)


def _policy(name: str, policy: PolicyEvaluation) -> Table:
    parts = {
        "everybody on the list": policy.all_tiers,
        "within this week's capacity": policy.this_week,
        **{f"tier {tier}": each for tier, each in policy.tiers.items()},
    }
    if policy.learning_sample:
        parts["drawn from below the line"] = policy.learning_sample
    headings = ("", "people", "harm later", "precision", "recall", "lift", "in need", "of those in need")
    return Table(
        f"{name}: about {_count(policy.eligible)} people; share with harm later {_share(policy.base_rate)}",
        headings,
        [(part, *_outcome(each)) for part, each in parts.items()],
    )


def _outcome(outcome: Outcome) -> tuple[str, ...]:
    return (
        _count(outcome.people),
        _count(outcome.harmed),
        _share(outcome.precision),
        _share(outcome.recall),
        NOT_SHOWN if outcome.lift is None else f"{outcome.lift:.1f}",
        _share(outcome.need_precision),
        _share(outcome.need_recall),
    )


def _selection(name: str, policy: PolicyEvaluation) -> list[Table]:
    headings = ("group", "people", "on the list", "share", "of the rest", "ratio", "of those in need", "")
    return [
        Table(
            f"{name}: who is selected, by {attribute.replace('_', ' ')}",
            headings,
            [
                (
                    group,
                    _count(each.eligible),
                    _count(each.selected),
                    _share(each.rate),
                    _share(each.rest_rate),
                    NOT_SHOWN if each.ratio is None else f"{each.ratio:.2f}",
                    _share(each.need_recall),
                    "look" if each.flagged else "",
                )
                for group, each in sorted(groups.items(), key=_by_age)
            ],
        )
        for attribute, groups in policy.by_group.items()
        if any(each.selected for each in groups.values())
    ]


def _stability(stability: Stability) -> Table:
    rows = [
        ("records in both runs", _count(stability.records)),
        ("people before", _count(stability.previous_people)),
        ("people now", _count(stability.current_people)),
        ("people unchanged", _share(stability.unchanged)),
        ("of those, kept their person id", _share(stability.kept_id)),
        ("people merged from two or more", _count(stability.merged)),
        ("people split into two or more", _count(stability.split)),
    ]
    return Table("Since the previous run", ("", "figure"), rows)


def _sentences(linkage: Linkage) -> list[str]:
    said = [f"Measured on {linkage.records.evaluated:,} records whose true person is known."]
    if linkage.records.without_person:
        said.append(f"{linkage.records.without_person:,} rows of the truth name no person and were left out.")
    if linkage.records.unnamed:
        said.append(
            f"{linkage.records.unnamed:,} of the records were left without a person: "
            "each counts as a separate person."
        )
    if linkage.linked_band and linkage.linked_band.share_same is not None:
        said.append(
            f"Of {linkage.linked_band.known:,} pairs given 0.95 or more, "
            f"{_share(linkage.linked_band.share_same)} are right."
        )
    if linkage.review:
        truly = _share(linkage.review.share_same)
        said.append(
            f"{linkage.review.pairs:,} doubtful pairs wait for a clerk; "
            f"{truly} of those with a known answer are one person."
        )
    return said


def _flags(evaluation: Evaluation) -> list[str]:
    found = [
        f"Look at linkage for {attribute.replace('_', ' ')} {group}: "
        "more than two points below everybody else."
        for attribute, groups in evaluation.linkage.by_group.items()
        for group, each in groups.items()
        if each.flagged
    ]
    return found + [
        f"Look at {name} for {attribute.replace('_', ' ')} {group}: "
        "selected less than four fifths as often as the rest."
        for name, policy in evaluation.policies.items()
        for attribute, groups in policy.by_group.items()
        for group, each in groups.items()
        if each.flagged
    ]


def _too_few(evaluation: Evaluation) -> list[str]:
    small = [
        f"{name}: too few people are on the list to compare groups."
        for name, policy in evaluation.policies.items()
        if policy.by_group and not _selection(name, policy)
    ]
    return [*small, _LEGEND]


def _by_age(group: tuple[str, object]) -> tuple[int, str]:
    """Put age bands in order of age, and other groups in alphabetical order."""
    name = group[0]
    lowest = name.partition("-")[0].rstrip("+")
    return (int(lowest) if lowest.isdigit() else 0, name)


def _count(count: int | None) -> str:
    return NOT_SHOWN if count is None else f"{count:,}"


def _share(share: float | None) -> str:
    return NOT_SHOWN if share is None else f"{share:.4f}"


def _points(points: float | None) -> str:
    return NOT_SHOWN if points is None else f"{points:+.1f}"
