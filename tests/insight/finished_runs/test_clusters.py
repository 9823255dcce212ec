"""Found people against true people: worked out by hand, and by counting every pair."""

from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.evaluation import evaluate
from alongside.insight.evaluation.breakdowns import by_group, by_source, by_source_pair
from alongside.insight.evaluation.clusters import b_cubed, clusters, pairwise, prepare
from alongside.insight.evaluation.results import Agreement, LargeCluster

Labels = list[tuple[str, int, int | None]]
"""Per record its source, its true person, and its found person or None."""

unhurried = settings(deadline=None, max_examples=50)
"""A busy machine is no defect."""

HAND_MADE: dict[tuple[str, str], tuple[str, str | None]] = {
    ("rent", "1"): ("ann", "p1"),
    ("rent", "2"): ("ann", "p1"),
    ("gp", "1"): ("ann", "p1"),
    ("gp", "2"): ("ann", "p2"),
    ("rent", "3"): ("bob", "p1"),
    ("gp", "3"): ("bob", "p3"),
    ("gp", "4"): ("cas", None),
}


@cache
def engine() -> DuckDBBackend:
    """One engine for all examples: starting one takes longer than counting."""
    return DuckDBBackend(work_dir=Path("nowhere"), threads=1)


def loaded(labels: Labels, people: list[dict[str, object]] | None = None) -> DuckDBBackend:
    backend = engine()
    rows = [
        {
            "source": source,
            "record_id": str(place),
            "person": f"t{true}",
            "person_id": None if found is None else f"f{found}",
        }
        for place, (source, true, found) in enumerate(labels)
    ]
    text = pa.string()
    truth = pa.schema([("source", text), ("record_id", text), ("person", text)])
    links = pa.schema([("source", text), ("record_id", text), ("person_id", text)])
    backend.register("truth", pa.Table.from_pylist(rows, truth))
    backend.register("truth_rows", pa.Table.from_pylist(rows, truth))
    backend.register("links", pa.Table.from_pylist(rows, links))
    backend.register(
        "true_people", pa.Table.from_pylist(people or [], pa.schema([("person", text), ("sex", text)]))
    )
    prepare(backend, without_person=0)
    return backend


def same_found(one: tuple[str, int, int | None], other: tuple[str, int, int | None]) -> bool:
    return one[2] is not None and one[2] == other[2]


def counted(labels: Labels, touching: Callable[..., bool] = lambda *_: True) -> Agreement:
    """Count by listing every pair."""
    pairs = [(one, other) for one, other in combinations(labels, 2) if touching(one, other)]
    return Agreement(
        sum(one[1] == other[1] for one, other in pairs),
        sum(same_found(one, other) for one, other in pairs),
        sum(one[1] == other[1] and same_found(one, other) for one, other in pairs),
    )


a_clustering = st.lists(
    st.tuples(st.sampled_from(["gp", "rent", "police"]), st.integers(0, 3), st.none() | st.integers(0, 3)),
    min_size=1,
    max_size=14,
)


@pytest.mark.proves("FIND-20")
def test_a_clustering_worked_out_by_hand_has_the_figures_worked_out_by_hand(write_run, write_truth):
    """Seven records: ann has four, bob two, cas one; p1 holds three of ann and one of bob.

    True pairs: ann 6, bob 1, cas 0, so 7. Found pairs: p1 6, all others 0, so 6. Right: ann's three in p1,
    so 3.
    Precision 3/6, recall 3/7, F1 6/13.

    B-cubed precision per record: ann in p1 3/4 three times, bob in p1 1/4, the other three 1: (9/4 + 1/4 +
    3) / 7.
    Recall: ann in p1 3/4 three times, ann in p2 1/4, bob 1/2 twice, cas 1: (9/4 + 1/4 + 1 + 1) / 7.

    Found people: p1, p2, p3 and cas alone, 4; p1 is mixed, so 3/4 pure; of joined people 0 of 1. Nobody but
    cas is
    whole and alone: 1 of 3. One false merge; ann and bob live together, so it is within a household. Ann and
    bob are
    split, one extra piece each.
    """
    run = write_run({record: found for record, (_, found) in HAND_MADE.items()})
    truth = write_truth(
        {record: true for record, (true, _) in HAND_MADE.items()},
        households=[{"person": person, "household_id": "h1"} for person in ("ann", "bob")],
    )
    linkage = evaluate(run, truth).linkage

    assert linkage.pairwise == Agreement(true_pairs=7, found_pairs=6, right_pairs=3)
    assert (linkage.pairwise.precision, linkage.pairwise.recall) == (0.5, pytest.approx(3 / 7))
    assert linkage.pairwise.f1 == pytest.approx(6 / 13)
    assert linkage.bcubed.precision == pytest.approx(5.5 / 7)
    assert linkage.bcubed.recall == pytest.approx(4.5 / 7)
    found = linkage.clusters
    assert (found.true_people, found.found_people) == (3, 4)
    assert (found.precision, found.joined_precision, found.exact) == (0.75, 0, pytest.approx(1 / 3))
    assert (found.false_merges, found.within_household, found.across_households) == (1, 1, 0)
    assert (found.split_people, found.extra_pieces) == (2, 2)
    assert found.largest[0] == LargeCluster("p1", records=4, true_people=2)
    assert linkage.records.unnamed == 1


def test_a_merge_of_three_people_of_two_households_is_one_within_and_one_across(write_run, write_truth):
    run = write_run({("gp", str(place)): "p1" for place in range(3)})
    truth = write_truth(
        {("gp", str(place)): person for place, person in enumerate(("ann", "bob", "cas"))},
        households=[
            {"person": "ann", "household_id": "h1"},
            {"person": "bob", "household_id": "h1"},
            {"person": "cas", "household_id": "h2"},
        ],
    )
    found = evaluate(run, truth).linkage.clusters
    assert (found.false_merges, found.within_household, found.across_households) == (2, 1, 1)


@unhurried
@given(a_clustering)
def test_pairs_counted_by_set_are_the_pairs_counted_one_by_one(labels: Labels):
    assert pairwise(loaded(labels)) == counted(labels)


@unhurried
@given(a_clustering)
def test_b_cubed_by_set_is_b_cubed_record_by_record(labels: Labels):
    found = b_cubed(loaded(labels))

    def companions(of: tuple[str, int, int | None], at: int) -> list[tuple[str, int, int | None]]:
        return [other for place, other in enumerate(labels) if place == at or same_found(of, other)]

    precision = [
        sum(other[1] == each[1] for other in companions(each, at)) / len(companions(each, at))
        for at, each in enumerate(labels)
    ]
    recall = [
        sum(other[1] == each[1] for other in companions(each, at))
        / sum(other[1] == each[1] for other in labels)
        for at, each in enumerate(labels)
    ]
    assert found.precision == pytest.approx(sum(precision) / len(labels))
    assert found.recall == pytest.approx(sum(recall) / len(labels))


@unhurried
@given(a_clustering, st.permutations(range(4)), st.permutations(range(4)))
def test_giving_people_other_names_changes_no_figure(
    labels: Labels, true_names: list[int], found_names: list[int]
):
    renamed = [
        (source, true_names[true], None if found is None else found_names[found])
        for source, true, found in labels
    ]
    assert figures(labels) == figures(renamed)


def figures(labels: Labels) -> dict[str, object]:
    backend = loaded(labels)
    backend.create("true_households", "select '' as person, '' as household_id where false")
    shape = clusters(backend, has_households=True)
    return {
        "pairs": pairwise(backend),
        "b_cubed": [round(share or 0, 9) for share in b_cubed(backend).as_json().values()],
        "clusters": (
            shape.exact,
            shape.precision,
            shape.false_merges,
            shape.split_people,
            shape.across_households,
        ),
        "sources": by_source_pair(backend),
    }


@unhurried
@given(a_clustering)
def test_by_source_and_by_pair_of_sources_count_the_pairs_that_touch_them(labels: Labels):
    pairs = by_source_pair(loaded(labels))
    for (one, other), agreement in pairs.items():
        assert agreement == counted(labels, lambda a, b, want={one, other}: {a[0], b[0]} == want)
    for source, agreement in by_source(pairs).items():
        assert agreement == counted(labels, lambda a, b, want=source: want in (a[0], b[0]))


@unhurried
@given(a_clustering, st.lists(st.sampled_from(["female", "male", None]), min_size=4, max_size=4))
def test_a_group_is_measured_over_its_true_pairs_and_the_found_pairs_that_touch_it(
    labels: Labels, sexes: list[str | None]
):
    people = [{"person": f"t{true}", "sex": sex} for true, sex in enumerate(sexes)]
    for group, found in by_group(loaded(labels, people), "sex").items():
        mine = counted(labels, lambda a, b, want=group: want in (sexes[a[1]], sexes[b[1]]))
        others = {"female", "male"} - {group}
        rest = counted(labels, lambda a, b, want=others: bool(want & {sexes[a[1]], sexes[b[1]]}))
        assert found.agreement == mine
        assert found.rest == rest


@pytest.mark.proves("FIND-20")
def test_a_group_more_than_two_points_below_the_rest_is_flagged(write_run, write_truth):
    """Women: 100 people of two records, all found. Men: 97 of 100: recall 3 points below."""
    links, truth = {}, {}
    for place in range(200):
        split = place >= 197
        for record in ("a", "b"):
            truth["gp", f"{place}{record}"] = f"t{place}"
            links["gp", f"{place}{record}"] = f"p{place}{record if split else ''}"
    people = [{"person": f"t{place}", "sex": "female" if place < 100 else "male"} for place in range(200)]
    evaluation = evaluate(write_run(links), write_truth(truth, people=people))
    groups = evaluation.linkage.by_group["sex"]
    assert groups["male"].recall_points_below_rest == pytest.approx(3)
    assert groups["male"].flagged
    assert groups["female"].recall_points_below_rest == pytest.approx(-3)
    assert not groups["female"].flagged
