"""From edges to people: likeliest links first, while all that is known of two groups speaks for one person.

Joining whatever a chain of links connects makes one person of a street, sooner or later. Here two groups of
records join while the *average* evidence of all compared pairs between them is still above the line, evidence
against included, and never across a hard line: two different numbers with a check digit, two records of a
source that keeps each person once, or a clerk's decision that they are different people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from alongside.insight.linkage.chains import Integers, by_smallest, chains
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Levels
from alongside.insight.linkage.scoring import Edges

ON_THE_WHOLE = 1.0
"""Log odds (nearly three to one) of the mean evidence of two groups, needed besides one link that holds."""
MOST_EVIDENCE = 9.2
"""Log odds (one in ten thousand) beyond which one pair's evidence counts no further in an average."""

_NOTHING = (0.0, 1, 0.0)
"""No evidence between two groups: a sum of none, which no entry of the heap has."""


@dataclass(frozen=True)
class Lines:
    """The hard lines: what a group may hold only one of, and which nodes a clerk has joined or kept apart.

    ``only_one`` maps a kind of thing (an identifier system, a source that holds each person once) to two
    arrays: node ids, and the value each holds.
    """

    only_one: Mapping[str, tuple[Integers, Integers]] = field(default_factory=dict)
    joined: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()


def worth_hearing(edges: Edges, levels: Levels, comparisons: Sequence[Comparison], *, linked: float) -> Edges:
    """The edges that speak for or against two records being one person.

    A pair below the line speaks against only where something lasting differs. A person who moved has records
    at two homes, and the pairs across them are no reason to part either from a third at one of them.
    """
    lasting = [column for column, comparison in enumerate(comparisons) if comparison.lasting]
    last = np.array([len(comparisons[column].levels) for column in lasting])
    return edges.where((edges.probability >= linked) | (levels[:, lasting] == last).any(axis=1))


def cluster(edges: Edges, *, nodes: int, linked: float, lines: Lines) -> Integers:
    """Return the group of every node, named by its smallest node id.

    Args:
        edges: scored pairs; pairs that speak against count as well, so pass all that are ``worth_hearing``.
        nodes: how many nodes there are, ids from 0.
        linked: probability at which average evidence joins two groups.
        lines: what must never be in one group.
    """
    line = float(np.log(linked / (1 - linked)))
    odds = np.log(np.maximum(edges.probability, 1e-12) / np.maximum(1 - edges.probability, 1e-12))
    evidence = np.clip(odds, -MOST_EVIDENCE, max(MOST_EVIDENCE, line))
    joining = evidence >= line
    left = np.concatenate([edges.left[joining], [a for a, _ in lines.joined]]).astype(np.int64)
    right = np.concatenate([edges.right[joining], [b for _, b in lines.joined]]).astype(np.int64)
    component = chains(left, right, nodes=nodes)
    inside = component[edges.left] == component[edges.right]
    contested = _contested(component, edges, inside & ~joining, lines)
    group = by_smallest(component)
    chosen = inside & contested[edges.left]
    for member, name in _settle(
        edges.left[chosen], edges.right[chosen], evidence[chosen], line, np.flatnonzero(contested), lines
    ):
        group[member] = name
    return group


def _contested(
    component: Integers, edges: Edges, speaks_against: NDArray[np.bool_], lines: Lines
) -> NDArray[np.bool_]:
    """Which nodes' component may not be one group: something speaks against it, or a line divides it."""
    bad = np.zeros(int(component.max(initial=-1)) + 1, dtype=bool)
    bad[component[edges.left[speaks_against]]] = True
    for node, value in lines.only_one.values():
        most = int(value.max(initial=0)) + 1
        # components, once for every value they hold
        held = np.unique(component[node] * np.int64(most) + value) // most
        bad[held[1:][held[1:] == held[:-1]]] = True
    for a, b in lines.apart:
        bad[component[a]] |= component[a] == component[b]
    return bad[component]


class _Groups:
    """The groups of contested nodes as they grow, each with its evidence towards others and what it holds."""

    def __init__(self, members: Integers, lines: Lines) -> None:
        self.members: dict[int, list[int]] = {node: [node] for node in members.tolist()}
        self.evidence: dict[int, dict[int, tuple[float, int, float]]] = {node: {} for node in self.members}
        # most nodes hold nothing that a group has only one of, and few are kept apart: others are not in here
        self.holds: dict[int, dict[str, set[int]]] = {}
        for kind, (nodes, values) in lines.only_one.items():
            here = np.isin(nodes, members)
            for node, value in zip(nodes[here].tolist(), values[here].tolist(), strict=True):
                self.holds.setdefault(node, {}).setdefault(kind, set()).add(value)
        self.apart: dict[int, set[int]] = {}
        for a, b in lines.apart:
            if a in self.members and b in self.members:
                self.apart.setdefault(a, set()).add(b)
                self.apart.setdefault(b, set()).add(a)

    def may_join(self, a: int, b: int) -> bool:
        """No hard line runs between two groups."""
        one, other = self.holds.get(a), self.holds.get(b)
        if one and other and any(kind in other and values != other[kind] for kind, values in one.items()):
            return False
        return a not in self.apart or self.apart[a].isdisjoint(self.members[b])

    def join(self, a: int, b: int) -> list[int]:
        """Let ``a`` take in ``b``: members, evidence, what it holds; return towards whom that changed."""
        own = self.evidence[a]
        own.pop(b, None)
        of_b = self.evidence.pop(b)
        of_b.pop(a, None)
        for other, (weight, pairs, best) in of_b.items():
            del self.evidence[other][b]
            before, already, better = own.get(other, (0.0, 0, -99.0))
            own[other] = self.evidence[other][a] = (before + weight, already + pairs, max(best, better))
        self.members[a] += self.members.pop(b)
        for kind, values in self.holds.pop(b, {}).items():
            self.holds.setdefault(a, {}).setdefault(kind, set()).update(values)
        if b in self.apart:
            self.apart.setdefault(a, set()).update(self.apart.pop(b))
        return list(of_b)


def _settle(
    left: Integers,
    right: Integers,
    evidence: NDArray[np.float64],
    line: float,
    members: Integers,
    lines: Lines,
) -> list[tuple[list[int], int]]:
    """Split contested nodes into groups, repeatedly joining the two with the strongest average evidence."""
    groups = _Groups(members, lines)
    for a, b, weight in zip(left.tolist(), right.tolist(), evidence.tolist(), strict=True):
        groups.evidence[a][b] = groups.evidence[b][a] = (weight, 1, weight)
    for a, b in lines.joined:
        one, other = _home_of(groups, a), _home_of(groups, b)
        if one is not None and other is not None and one != other:
            groups.join(min(one, other), max(one, other))
    heap = [
        (-total / pairs, a, b)
        for a, others in groups.evidence.items()
        for b, (total, pairs, best) in others.items()
        if a < b and best >= line and total / pairs >= ON_THE_WHOLE
    ]
    heapify(heap)
    while heap:
        average, a, b = heappop(heap)
        total, pairs, _ = groups.evidence.get(a, {}).get(b, _NOTHING)
        # one of the two has gone, or what is between them has changed: then it is in the heap again
        if -total / pairs != average or not groups.may_join(a, b):
            continue
        if len(groups.evidence[a]) < len(groups.evidence[b]):
            a, b = b, a
        for other in groups.join(a, b):
            total, pairs, best = groups.evidence[a][other]
            if best >= line and total / pairs >= ON_THE_WHOLE:
                heappush(heap, (-total / pairs, min(a, other), max(a, other)))
    return [(nodes, min(nodes)) for nodes in groups.members.values()]


def _home_of(groups: _Groups, node: int) -> int | None:
    """The group a node is in now, if it is one of the contested."""
    if node in groups.members:
        return node
    return next((name for name, nodes in groups.members.items() if node in nodes), None)
