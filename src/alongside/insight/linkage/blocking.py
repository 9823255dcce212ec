"""Which pairs are worth comparing: those that agree on some two things about the person.

Agreement on two things is what nearly every true pair has, however many of its fields are wrong, and what few
strangers have. On ``historical_50k`` the usual handful of rules finds two thirds of the true pairs; these
find four fifths, and nearly all people through some record (ADR 0006).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.insight.backends import Backend

_YEAR, _MONTH_DAY, _YEAR_MONTH = "left(birth_digits, 4)", "right(birth_digits, 4)", "left(birth_digits, 6)"
_DAY_AND_MONTH = (
    "least(substr(birth_digits, 5, 2), right(birth_digits, 2)), "
    "greatest(substr(birth_digits, 5, 2), right(birth_digits, 2))"
)
_PAIRS = """select distinct a.node_id as l, b.node_id as r
  from (select * from blocks where node_id % {parts} = {part}) a
  join blocks b on a.block = b.block and a.node_id < b.node_id"""
_PAIRS_WITH_FRESH = """select distinct least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r
  from (select * from blocks where node_id in (select node_id from fresh_nodes)) a
  join blocks b on a.block = b.block and a.node_id <> b.node_id"""
PAIRS_PER_NODE = 4
"""What one rule may find, for every node that is new."""
PAIRS_PER_NODE_IN_ALL = 40
"""What all rules together may find, a pair counted once for every rule that finds it."""
PAIRS_AT_ONCE = 40_000_000
"""So many pairs, found by several rules each, are told apart at once in a gigabyte or two."""
_NAMES = "least(forename_sound, surname_sound), greatest(forename_sound, surname_sound)"


@dataclass(frozen=True)
class Rule:
    """Records of one ``key``, all its parts known, make a block; ``narrower`` parts a block too large."""

    name: str
    needs: tuple[str, ...]
    key: str
    narrower: str | None = None


@dataclass(frozen=True)
class _Most:
    """What one rule may find: so many pairs, in blocks of at most so many nodes."""

    pairs: int
    size: int


def rules_for(columns: Sequence[str]) -> list[Rule]:
    """The blocking rules that records with these ``columns`` allow."""
    has = {*columns, "postcode_district"} if "postcode" in columns else set(columns)
    born, home = "birth_digits", "postcode"
    rules = [
        Rule(column, (column,), column)
        for column in sorted(has)
        if column.startswith("id_") or column in ("email", "phone")
    ]
    rules += [
        Rule("date of birth and forename", (born, "forename"), f"forename_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("date of birth and surname", (born, "surname"), f"surname_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("both names", ("forename", "surname"), _NAMES, narrower="birth_year"),
        Rule(
            "birthday and forename",
            (born, "forename"),
            f"forename_sound, {_MONTH_DAY}",
            narrower="surname_sound",
        ),
        Rule(
            "birthday and surname",
            (born, "surname"),
            f"surname_sound, {_MONTH_DAY}",
            narrower="forename_sound",
        ),
        Rule(
            "month of birth and forename",
            (born, "forename"),
            f"forename_sound, {_YEAR_MONTH}",
            narrower="surname_sound",
        ),
        Rule(
            "month of birth and surname",
            (born, "surname"),
            f"surname_sound, {_YEAR_MONTH}",
            narrower="forename_sound",
        ),
        Rule("date of birth and district", (born, home), "birth_digits, postcode_district"),
        Rule("postcode and forename", (home, "forename"), "postcode, forename_sound"),
        Rule("postcode and surname", (home, "surname"), "postcode, surname_sound"),
        Rule(
            "district and forename",
            (home, "forename"),
            "postcode_district, forename_sound",
            narrower="birth_year",
        ),
        Rule(
            "district and surname",
            (home, "surname"),
            "postcode_district, surname_sound",
            narrower="birth_year",
        ),
        Rule("postcode and year of birth", (home, born), f"postcode, {_YEAR}"),
        Rule("home and forename", ("uprn", "forename"), "uprn, forename_sound"),
        Rule("home and surname", ("uprn", "surname"), "uprn, surname_sound"),
        Rule("address and forename", ("address", "forename"), "address_key, forename_sound"),
        Rule("address and surname", ("address", "surname"), "address_key, surname_sound"),
        Rule("address and date of birth", ("address", born), "address_key, birth_digits"),
    ]
    for column in sorted(column for column in has if column.startswith("other_")):
        title = column.removeprefix("other_").replace("_", " ")
        rules += [
            Rule(
                f"{title} and forename",
                (column, "forename"),
                f"{column}, forename_sound",
                narrower="birth_year",
            ),
            Rule(
                f"{title} and surname", (column, "surname"), f"{column}, surname_sound", narrower="birth_year"
            ),
            Rule(f"{title} and date of birth", (column, born), f"{column}, birth_digits"),
        ]
    return [rule for rule in rules if set(rule.needs) <= has]


def candidate_pairs(
    backend: Backend, rules: Sequence[Rule], *, nodes: int, largest_block: int, fresh_only: bool
) -> None:
    """Make the table ``pairs`` (``l`` < ``r``, node ids): all that share a block, each once.

    A rule whose blocks hold more than ``PAIRS_PER_NODE`` pairs for every node says too little to be worth its
    cost: its largest blocks, and all of more than ``largest_block`` nodes, are parted by the rule's
    ``narrower``, and what is still too large is left to the other rules. Where all rules together find more
    than ``PAIRS_PER_NODE_IN_ALL``, those that find most give way. So the work grows with the nodes, not with
    their square.

    ``fresh_only`` leaves out pairs of which neither is in ``fresh_nodes``; a fresh node may then have as many
    partners as a node has in a whole run.
    """
    # a pair has two ends: in a whole run, each node has twice as many partners as there are pairs for it
    pays = 2 * backend.count("fresh_nodes") if fresh_only else nodes
    most = _Most(PAIRS_PER_NODE * pays, largest_block)
    found: dict[str, dict[int, int]] = {}
    for number, rule in enumerate(rules):
        key = f"{number}, {rule.key}"
        _block(
            backend,
            f"select node_id, hash({key}) as block from nodes where {_known(rule.needs)}",
            fresh_only=fresh_only,
        )
        table = f"blocks_{number}"
        found[table] = _keep(backend, table, most)
        if rule.narrower:
            backend.create(
                "too_large",
                f"select node_id from keyed join sizes using (block) where size > {max(found[table])}",
            )
            _block(
                backend,
                f"select k.node_id, hash({key}, {rule.narrower}) as block from nodes n "
                f"join too_large k on k.node_id = n.node_id where {rule.narrower} is not null",
                fresh_only=fresh_only,
            )
            found[f"{table}_narrower"] = _keep(backend, f"{table}_narrower", most)
    found = give_way(found, most_pairs=PAIRS_PER_NODE_IN_ALL * pays)
    every = [
        "select node_id, hash(node_id) as block from nodes where false",
        *(f"select node_id, block from {table} where size <= {max(pairs)}" for table, pairs in found.items()),
    ]
    backend.create("blocks", " union all ".join(every))
    if fresh_only:
        backend.create("pairs", _PAIRS_WITH_FRESH)
    else:
        _all_pairs(backend, parts=sum(sum(pairs.values()) for pairs in found.values()) // PAIRS_AT_ONCE + 1)
    backend.drop("blocks", "keyed", "sizes", "too_large", *found)


def give_way(found: Mapping[str, Mapping[int, int]], *, most_pairs: float) -> dict[str, dict[int, int]]:
    """Return what is left of each rule's blocks so that all together hold at most so many pairs.

    A rule that finds little keeps all of it: what it does not need is the others', in even shares. Each keeps
    its smallest blocks. A cut at one size for all would take from the person with forty records, whose every
    block is large, the very rules that find them.

    Args:
        found: for each rule, how many pairs there are in its blocks of each size.
        most_pairs: how many there may be.
    """
    left, room = {}, most_pairs
    by_pairs = sorted(found, key=lambda rule: (sum(found[rule].values()), rule))
    for place, rule in enumerate(by_pairs):
        left[rule] = smallest_first(found[rule], most_pairs=room / (len(by_pairs) - place))
        room -= sum(left[rule].values())
    return left


def smallest_first(
    pairs: Mapping[int, int], *, most_pairs: float, largest: int | None = None
) -> dict[int, int]:
    """Return the sizes of block there is room for, the smallest first, with their pairs; 1 has none.

    Args:
        pairs: how many pairs there are in all blocks of each size.
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
    """Make ``pairs`` of all that share a block, in so many parts: telling pairs apart takes memory."""
    for part in range(parts):
        backend.create(f"pairs_{part}", _PAIRS.format(parts=parts, part=part))
    backend.create("pairs", " union all ".join(f"select l, r from pairs_{part}" for part in range(parts)))
    backend.drop(*(f"pairs_{part}" for part in range(parts)))


def pairs_inside(rules: Sequence[Rule], nodes: str) -> str:
    """SQL of ``l r`` (``l`` < ``r``): pairs of ``nodes`` (``node_id chain``) of one chain that share a block.

    Args:
        rules: what makes a block.
        nodes: a table ``node_id chain``.
    """
    blocks = [
        f"select g.node_id, g.chain, hash({number}, {rule.key}) as block from nodes n "
        f"join {nodes} g on g.node_id = n.node_id where {_known(rule.needs)}"
        for number, rule in enumerate(rules)
    ]
    every = " union all ".join(blocks) or f"select node_id, chain, node_id as block from {nodes} where false"
    return (
        f"with blocked as ({every}) select distinct a.node_id as l, b.node_id as r from blocked a "
        "join blocked b on a.chain = b.chain and a.block = b.block and a.node_id < b.node_id"
    )


def _block(backend: Backend, keyed: str, *, fresh_only: bool) -> None:
    """Make ``keyed`` (``node_id block``) and ``sizes`` (``block size pairs``) of the blocks of two and more.

    With ``fresh_only``, of those that a fresh node is in, and of their pairs those with a fresh node.
    """
    if not fresh_only:
        backend.create("keyed", keyed)
        counted, pairs = "select block, count(*) as size from keyed group by block", "size * (size - 1) / 2"
    else:
        fresh = "select node_id from fresh_nodes"
        touched = f"select block from ({keyed}) f where f.node_id in ({fresh})"
        backend.create("keyed", f"select node_id, block from ({keyed}) where block in ({touched})")
        counted = (
            "select block, count(*) as size, count(f.node_id) as fresh from keyed "
            "left join fresh_nodes f using (node_id) group by block"
        )
        pairs = "fresh * (size - fresh) + fresh * (fresh - 1) / 2"
    backend.create("sizes", f"select block, size, {pairs} as pairs from ({counted}) where size > 1")


def _keep(backend: Backend, table: str, most: _Most) -> dict[int, int]:
    """Make ``table`` (``node_id block size``) of the smallest blocks; return the pairs of each size."""
    rows = backend.arrow("select size, cast(sum(pairs) as bigint) as pairs from sizes group by size")
    counted = dict(zip(rows.column("size").to_pylist(), rows.column("pairs").to_pylist(), strict=True))
    kept = smallest_first(counted, most_pairs=most.pairs, largest=most.size)
    backend.create(
        table, f"select node_id, block, size from keyed join sizes using (block) where size <= {max(kept)}"
    )
    return kept


def _known(columns: Sequence[str]) -> str:
    """SQL that every column a key is made of is known."""
    made_of = {"forename": "forename_sound", "surname": "surname_sound", "address": "address_key"}
    return " and ".join(f"{made_of.get(column, column)} is not null" for column in columns)
