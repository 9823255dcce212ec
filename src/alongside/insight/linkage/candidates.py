"""The pairs that are compared: those that share a block, as far as there is room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alongside.insight.backends import Backend
from alongside.insight.linkage.blocking import Rule

_PAIRS = """select distinct a.node_id as l, b.node_id as r
  from (select * from blocks where node_id % {parts} = {part}) a
  join blocks b on a.block = b.block and a.node_id < b.node_id"""
_PAIRS_WITH_FRESH = """select distinct least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r
  from (select * from blocks where node_id in (select node_id from fresh_nodes)) a
  join blocks b on a.block = b.block and a.node_id <> b.node_id"""
PAIRS_PER_NODE = 4
"""What one rule may find, for every node."""
PAIRS_PER_NODE_IN_ALL = 40
"""What all rules together may find, a pair counted once for every rule that finds it."""
PAIRS_AT_ONCE = 40_000_000
"""This many pairs, each found by several rules, fit in a gigabyte or two while duplicates are removed."""
_NO_BLOCKS = "select node_id, hash(node_id) as block from nodes where false"
Sizes = Mapping[int, int]
"""How many pairs there are in all blocks of each size."""


def candidate_pairs(
    backend: Backend, rules: Sequence[Rule], *, nodes: int, largest_block: int, fresh_only: bool
) -> None:
    """Make the table ``pairs`` (``l`` < ``r``, node ids): all that share a block, each once.

    A rule whose blocks hold more than ``PAIRS_PER_NODE`` pairs for every node says too little to be worth its
    cost: its largest blocks, and all of more than ``largest_block`` nodes, are split by the rule's
    ``narrower``, and what is still too large is left to the other rules. Where all rules together find more
    than ``PAIRS_PER_NODE_IN_ALL``, those that find most give way. So the work grows with the nodes, not with
    their square.

    ``fresh_only`` leaves out pairs of which neither is in ``fresh_nodes``; a fresh node may then have as many
    partners as a node has in a whole run.
    """
    # a pair has two ends: in a whole run, each node has twice as many partners as there are pairs for it
    pays = 2 * backend.count("fresh_nodes") if fresh_only else nodes
    room = PAIRS_PER_NODE * pays
    # the keys of all nodes by all rules at once would not fit; those of fresh nodes' blocks do
    together = [rules] if fresh_only else [[rule] for rule in rules]
    found: dict[int, Sizes] = {}
    tables: list[str] = []
    for some in together:
        keys = _keys(some, rules)
        while keys:
            tables.append(f"blocks_{len(tables)}")
            _block(backend, keys, fresh_only=fresh_only)
            kept, cut = _keep(backend, tables[-1], keys, most_pairs=room, largest=largest_block)
            found |= kept
            keys = _narrower_keys(cut, rules)
            if keys:
                backend.create(
                    "too_large",
                    "select rule, node_id from keyed join sizes using (rule, block) "
                    f"where not ({_fits(kept)})",
                )
    left = give_way(found, most_pairs=PAIRS_PER_NODE_IN_ALL * pays)
    every = [_NO_BLOCKS, *(f"select node_id, block from {table} where {_fits(left)}" for table in tables)]
    backend.create("blocks", " union all ".join(every))
    if fresh_only:
        backend.create("pairs", _PAIRS_WITH_FRESH)
    else:
        _all_pairs(backend, parts=sum(sum(pairs.values()) for pairs in left.values()) // PAIRS_AT_ONCE + 1)
    backend.drop("blocks", "keyed", "sizes", "too_large", *tables)


@dataclass(frozen=True)
class _Key:
    """SQL of what is hashed, and of when all of it is known."""

    hashed: str
    known: str


def _keys(some: Sequence[Rule], rules: Sequence[Rule]) -> dict[int, _Key]:
    """The keys of some of the rules, by even numbers."""
    numbers = {2 * rules.index(rule): rule for rule in some}
    return {number: _Key(f"{number}, {rule.key}", rule.known) for number, rule in numbers.items()}


def _narrower_keys(cut: Iterable[int], rules: Sequence[Rule]) -> dict[int, _Key]:
    """The narrower keys, by odd numbers, of what was too large for those of the rules that have one."""
    keys = {}
    for number in cut:
        rule = rules[number // 2]
        if number % 2 == 0 and rule.narrower:
            left_over = f"node_id in (select node_id from too_large where rule = {number})"
            known = f"{rule.known} and {rule.narrower} is not null and {left_over}"
            keys[number + 1] = _Key(f"{number + 1}, {rule.key}, {rule.narrower}", known)
    return keys


def give_way(found: Mapping[int, Sizes], *, most_pairs: float) -> dict[int, Sizes]:
    """Return what is left of each rule's blocks so that all together hold at most so many pairs.

    A rule that finds little keeps all of it: what it does not need is the others', in even shares. Each keeps
    its smallest blocks. A cut at one size for all would take from the person with forty records, whose every
    block is large, the very rules that find them.

    Args:
        found: for each rule, its pairs.
        most_pairs: how many there may be.
    """
    left: dict[int, Sizes] = {}
    room = most_pairs
    by_pairs = sorted(found, key=lambda rule: (sum(found[rule].values()), rule))
    for place, rule in enumerate(by_pairs):
        left[rule] = smallest_first(found[rule], most_pairs=room / (len(by_pairs) - place))
        room -= sum(left[rule].values())
    return left


def smallest_first(pairs: Sizes, *, most_pairs: float, largest: int | None = None) -> Sizes:
    """Return the sizes of block there is room for, the smallest first, with their pairs; 1 has none.

    Args:
        pairs: how many there are.
        most_pairs: how many there is room for.
        largest: the largest size a block may have.
    """
    kept, total = {1: 0}, 0
    for size, more in sorted(pairs.items()):
        total += more
        if total > most_pairs or (largest is not None and size > largest):
            break
        kept[size] = more
    return kept


def _all_pairs(backend: Backend, *, parts: int) -> None:
    """Make ``pairs`` of all that share a block, in parts: finding duplicate pairs takes memory."""
    for part in range(parts):
        backend.create(f"pairs_{part}", _PAIRS.format(parts=parts, part=part))
    backend.create("pairs", " union all ".join(f"select l, r from pairs_{part}" for part in range(parts)))
    backend.drop(*(f"pairs_{part}" for part in range(parts)))


def pairs_inside(backend: Backend, rules: Sequence[Rule], chain_of: str) -> str:
    """Return SQL of ``l r`` (``l`` < ``r``): pairs of nodes of one chain that share a block.

    Args:
        backend: holds ``nodes``.
        rules: what makes a block.
        chain_of: a table ``node_id chain``.
    """
    backend.create("inside", f"select n.*, c.chain from nodes n join {chain_of} c on c.node_id = n.node_id")
    blocks = [
        f"select node_id, chain, hash({number}, {rule.key}) as block from inside where {rule.known}"
        for number, rule in enumerate(rules)
    ]
    every = " union all ".join(blocks) or "select node_id, chain, node_id as block from inside where false"
    return (
        f"with blocked as ({every}) select distinct a.node_id as l, b.node_id as r from blocked a "
        "join blocked b on a.chain = b.chain and a.block = b.block and a.node_id < b.node_id"
    )


def _block(backend: Backend, keys: Mapping[int, _Key], *, fresh_only: bool) -> None:
    """Make ``keyed`` (``rule node_id block``) and, of the blocks of two and more, ``sizes``.

    ``sizes`` has ``rule block size pairs``. With ``fresh_only``, blocks are those that a fresh node is in,
    and their pairs those with a fresh node.
    """

    def keyed(nodes: str) -> str:
        return " union all ".join(
            f"select cast({rule} as smallint) as rule, node_id, hash({key.hashed}) as block "
            f"from {nodes} where {key.known}"
            for rule, key in keys.items()
        )

    if not fresh_only:
        backend.create("keyed", keyed("nodes"))
        counted = "select rule, block, cast(count(*) as integer) as size from keyed group by rule, block"
        pairs = "size * (size - 1) / 2"
    else:
        backend.create("fresh", "select nodes.* from nodes join fresh_nodes using (node_id)")
        touched = f"select block from ({keyed('fresh')})"
        backend.create("keyed", f"select * from ({keyed('nodes')}) where block in ({touched})")
        counted = (
            "select rule, block, cast(count(*) as integer) as size, count(f.node_id) as fresh from keyed "
            "left join fresh_nodes f using (node_id) group by rule, block"
        )
        pairs = "fresh * (size - fresh) + fresh * (fresh - 1) / 2"
    backend.create("sizes", f"select rule, block, size, {pairs} as pairs from ({counted}) where size > 1")


def _keep(
    backend: Backend, table: str, rules: Iterable[int], *, most_pairs: float, largest: int
) -> tuple[dict[int, Sizes], list[int]]:
    """Make ``table`` (``rule node_id block size``) of each rule's smallest blocks.

    Return what they hold, and the rules whose larger blocks are left out.
    """
    rows = backend.arrow(
        "select rule, size, cast(sum(pairs) as bigint) as pairs from sizes group by rule, size"
    ).to_pylist()
    counted: dict[int, dict[int, int]] = {rule: {} for rule in rules}
    for row in rows:
        counted[row["rule"]][row["size"]] = row["pairs"]
    kept = {
        rule: smallest_first(pairs, most_pairs=most_pairs, largest=largest) for rule, pairs in counted.items()
    }
    backend.create(
        table,
        f"select rule, node_id, block, size from keyed join sizes using (rule, block) where {_fits(kept)}",
    )
    return kept, [rule for rule, pairs in counted.items() if not pairs.keys() <= kept[rule].keys()]


def _fits(kept: Mapping[int, Sizes]) -> str:
    """SQL that a block of ``size`` is among those that its ``rule`` keeps."""
    most = " ".join(f"when {rule} then {max(pairs)}" for rule, pairs in kept.items())
    return f"size <= case rule {most} else 0 end" if most else "false"
