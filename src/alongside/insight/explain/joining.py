"""How records are joined: of all compared pairs, the strongest that are needed to join them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Record = tuple[str, str]
"""Source and record id."""
Pair = TypeVar("Pair")


@dataclass(frozen=True)
class Branch:
    """A record, how deep it stands in its tree, and how likely it is the same person as the record above it.

    ``probability`` is ``None`` at the top of a tree: nothing joins it to the records before it.
    """

    record: Record
    depth: int
    probability: float | None


def strongest(
    pairs: Iterable[tuple[Record, Record, float, Pair]],
) -> list[tuple[Record, Record, float, Pair]]:
    """Keep the pairs that join what no likelier pair has joined (Kruskal 1956); likeliest first."""
    leader: dict[Record, Record] = {}

    def leads(record: Record) -> Record:
        while (above := leader.get(record, record)) != record:
            record = above
        return record

    kept = []
    for pair in sorted(pairs, key=lambda each: (-each[2], each[0], each[1])):
        one, other = leads(pair[0]), leads(pair[1])
        if one != other:
            leader[other] = one
            kept.append(pair)
    return kept


def tree(records: Sequence[Record], joined: Iterable[tuple[Record, Record, float]]) -> list[Branch]:
    """Put each record under the one it is joined to; one that nothing joins starts a tree of its own."""
    beside: dict[Record, list[tuple[float, Record]]] = {record: [] for record in records}
    for one, other, likely in joined:
        beside[one].append((-likely, other))
        beside[other].append((-likely, one))
    found: list[Branch] = []
    seen: set[Record] = set()
    for top in sorted(records, key=lambda record: (-len(beside[record]), record)):
        waiting: list[tuple[Record, int, float | None]] = [(top, 0, None)]
        while waiting:
            record, depth, probability = waiting.pop()
            if record in seen:
                continue
            seen.add(record)
            found.append(Branch(record, depth, probability))
            below = sorted((each for each in beside[record] if each[1] not in seen), reverse=True)
            waiting += [(other, depth + 1, -minus) for minus, other in below]
    return found
