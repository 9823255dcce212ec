"""Groups of records: hard lines hold, order does not matter, and small graphs come out as by hand."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.linkage.clustering import MOST_EVIDENCE, ON_THE_WHOLE, Lines, cluster
from alongside.insight.linkage.scoring import Edges

LINKED = 0.9
Pairs = list[tuple[int, int, float]]


def edges(pairs: Pairs) -> Edges:
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    likely = np.array([pair[2] for pair in pairs])
    empty = np.zeros(len(pairs))
    return Edges(
        np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), empty.astype(np.int64), likely, empty
    )


def groups(
    pairs: Pairs, *, nodes: int, lines: Lines | None = None, linked: float = LINKED
) -> set[frozenset[int]]:
    named = cluster(edges(pairs), nodes=nodes, linked=linked, lines=lines or Lines())
    found: dict[int, set[int]] = {}
    for node, name in enumerate(named.tolist()):
        found.setdefault(name, set()).add(node)
    assert all(min(members) == name for name, members in found.items())
    return {frozenset(members) for members in found.values()}


def holds(**kinds: dict[int, int]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    return {kind: (np.array(list(held)), np.array(list(held.values()))) for kind, held in kinds.items()}


def together(*members: int) -> frozenset[int]:
    return frozenset(members)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], [{0}, {1}, {2}, {3}]),
        ([(0, 1, 0.9)], [{0, 1}, {2}, {3}]),
        ([(0, 1, 0.89)], [{0}, {1}, {2}, {3}]),
        ([(0, 1, 0.99), (1, 2, 0.99)], [{0, 1, 2}, {3}]),  # a chain, of which nothing speaks against the ends
        ([(0, 1, 0.99), (1, 2, 0.95), (0, 2, 0.001)], [{0, 1}, {2}, {3}]),  # father, both's record, son
        ([(0, 1, 0.99), (1, 2, 0.99), (0, 2, 0.6)], [{0, 1, 2}, {3}]),
        ([(0, 1, 0.99), (2, 3, 0.99), (1, 2, 0.92), (0, 3, 0.01), (0, 2, 0.01)], [{0, 1}, {2, 3}]),
        (
            [(0, 1, 0.99), (0, 2, 0.99), (1, 2, 0.99), (2, 3, 0.93), (1, 3, 0.05), (0, 3, 0.05)],
            [{0, 1, 2}, {3}],
        ),
    ],
)
def test_small_graphs_by_hand(pairs: Pairs, expected: list[set[int]]) -> None:
    assert groups(pairs, nodes=4) == {frozenset(each) for each in expected}


@pytest.mark.proves("FIND-20")
def test_two_numbers_with_a_check_digit_are_never_one_person_also_through_a_chain() -> None:
    lines = Lines(only_one=holds(nhs_number={0: 7, 3: 8}))
    found = groups([(0, 1, 0.9999), (1, 2, 0.999), (2, 3, 0.99999)], nodes=4, lines=lines)
    assert not any({0, 3} <= group for group in found)
    assert together(2, 3) in found
    assert together(0, 1) in found


def test_one_number_in_two_records_is_no_line() -> None:
    assert groups([(0, 1, 0.95)], nodes=2, lines=Lines(only_one=holds(nhs_number={0: 7, 1: 7}))) == {
        together(0, 1)
    }


@pytest.mark.proves("FIND-20")
def test_a_clerks_word_joins_without_evidence_and_parts_whatever_the_evidence() -> None:
    chain: Pairs = [(0, 1, 0.9999), (1, 2, 0.9999)]
    assert groups(chain, nodes=4, lines=Lines(joined=[(2, 3)])) == {together(0, 1, 2, 3)}
    parted = groups(chain, nodes=4, lines=Lines(apart=[(0, 2)]))
    assert not any({0, 2} <= group for group in parted)
    against: Pairs = [(0, 1, 0.001)]
    assert groups(against, nodes=2, lines=Lines(joined=[(1, 0)])) == {together(0, 1)}


def test_who_is_joined_by_a_clerk_brings_what_the_others_hold() -> None:
    lines = Lines(only_one=holds(nhs_number={0: 7, 2: 8}), joined=[(0, 1)])
    assert groups([(1, 2, 0.9999)], nodes=3, lines=lines) == {together(0, 1), together(2)}


def test_a_line_nearer_to_certainty_than_evidence_counts_still_links_what_is_beyond_it() -> None:
    assert groups([(0, 1, 0.9999999)], nodes=2, linked=0.99999) == {together(0, 1)}
    assert groups([(0, 1, 0.9999)], nodes=2, linked=0.99999) == {together(0), together(1)}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[int, Pairs, Lines]:
    nodes = draw(st.integers(2, 9))
    possible = list(combinations(range(nodes), 2))
    chosen = draw(st.lists(st.sampled_from(possible), unique=True, max_size=len(possible)))
    likely = st.sampled_from([0.001, 0.05, 0.3, 0.6, 0.85, 0.9, 0.95, 0.99, 0.9999])
    pairs = [(a, b, draw(likely)) for a, b in chosen]
    numbers = draw(st.dictionaries(st.integers(0, nodes - 1), st.integers(0, 2), max_size=nodes))
    once = draw(st.sets(st.integers(0, nodes - 1), max_size=3))
    apart = draw(st.lists(st.sampled_from(possible), max_size=2, unique=True))
    joined = [pair for pair in draw(st.lists(st.sampled_from(possible), max_size=1)) if pair not in apart]
    held = holds(nhs_number=numbers, register=dict(zip(sorted(once), range(9), strict=False)))
    only_one = {kind: (of.astype(np.int64), value.astype(np.int64)) for kind, (of, value) in held.items()}
    return nodes, pairs, Lines(only_one=only_one, joined=joined, apart=apart)


@settings(max_examples=250, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_hard_lines_hold_order_does_not_matter_and_every_group_has_its_reasons(
    world: tuple[int, Pairs, Lines], random
) -> None:
    nodes, pairs, lines = world
    found = groups(pairs, nodes=nodes, lines=lines)
    by_clerk = {frozenset(pair) for pair in lines.joined}
    for group in found:
        for a, b in lines.apart:
            assert not {a, b} <= group
        for of, values in lines.only_one.values():
            held = {int(value) for node, value in zip(of, values, strict=True) if int(node) in group}
            assert len(held) <= 1 or any(joined <= group for joined in by_clerk)
        if len(group) > 1:  # nobody is in a group without a link that holds, or a clerk's word
            links = {frozenset((a, b)) for a, b, likely in pairs if likely >= LINKED} | by_clerk
            assert all(any(node in link and link <= group for link in links) for node in group)
    for a, b in lines.joined:
        assert any({a, b} <= group for group in found)
    turned = [(b, a, likely) if random.random() < 0.5 else (a, b, likely) for a, b, likely in pairs]
    random.shuffle(turned)
    assert groups(turned, nodes=nodes, lines=lines) == found


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_groups_are_those_of_joining_the_strongest_average_again_and_again(
    world: tuple[int, Pairs, Lines],
) -> None:
    """Against the plain rule, worked out from scratch at every step, where no two averages tie."""
    nodes, pairs, _ = world
    step = {(a, b): likely * (1 - 0.0007 * number) for number, (a, b, likely) in enumerate(pairs)}
    line = np.log(LINKED / (1 - LINKED))
    weight = {
        pair: float(np.clip(np.log(p / (1 - p)), -MOST_EVIDENCE, MOST_EVIDENCE)) for pair, p in step.items()
    }
    plain = [frozenset({node}) for node in range(nodes)]
    if all(value >= line for value in weight.values()):  # nothing speaks against: a chain is a group
        return
    while True:
        best: tuple[float, frozenset[int], frozenset[int]] | None = None
        for one, other in combinations(plain, 2):
            between = [value for (a, b), value in weight.items() if {a, b} & one and {a, b} & other]
            if between and max(between) >= line and np.mean(between) >= ON_THE_WHOLE:
                mean = float(np.mean(between))
                best = max(best, (mean, one, other), key=lambda each: each[0]) if best else (mean, one, other)
        if best is None:
            break
        plain = [group for group in plain if group not in best[1:]] + [best[1] | best[2]]
    contested = _components([pair for pair, value in weight.items() if value >= line], nodes)
    expected = set()
    for component in contested:
        inside = [value for (a, b), value in weight.items() if {a, b} <= component]
        uncontested = all(value >= line for value in inside)
        expected |= {component} if uncontested else {group for group in plain if group <= component}
    assert groups([(a, b, likely) for (a, b), likely in step.items()], nodes=nodes) == expected


def _components(links: list[tuple[int, int]], nodes: int) -> list[frozenset[int]]:
    found = [{node} for node in range(nodes)]
    for a, b in links:
        one = next(group for group in found if a in group)
        other = next(group for group in found if b in group)
        if one is not other:
            one |= other
            found.remove(other)
    return [frozenset(group) for group in found]
