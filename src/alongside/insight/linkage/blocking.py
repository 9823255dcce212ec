"""Which pairs are worth comparing: those that agree on some two things about the person.

Agreement on two things is what nearly every true pair has, however many of its fields are wrong, and what few
strangers have. On ``historical_50k`` the usual handful of rules finds two thirds of the true pairs; these
find four fifths, and nearly all people through some record (ADR 0006).
"""

from collections.abc import Sequence
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
    ``narrower``, and what is still too large is left to the other rules. So the work grows with the nodes,
    not with their square. ``fresh_only`` leaves out pairs of which neither is in ``fresh_nodes``.
    """
    budget = PAIRS_PER_NODE * nodes
    kept, found = [], 0
    for number, rule in enumerate(rules):
        kept.append(f"blocks_{number}")
        key, known = f"{number}, {rule.key}", _known(rule.needs)
        _block(
            backend, f"select node_id, hash({key}) as block from nodes where {known}", fresh_only=fresh_only
        )
        largest, pairs = _largest(backend, most_pairs=budget, largest_block=largest_block)
        found += pairs
        backend.create(
            kept[-1], f"select node_id, block from keyed join sizes using (block) where size <= {largest}"
        )
        if rule.narrower:
            backend.create(
                "too_large", f"select node_id from keyed join sizes using (block) where size > {largest}"
            )
            finer = (
                f"select k.node_id, hash({key}, {rule.narrower}) as block from nodes n "
                f"join too_large k on k.node_id = n.node_id where {rule.narrower} is not null"
            )
            kept.append(f"blocks_{number}_narrower")
            _block(backend, finer, fresh_only=fresh_only)
            largest, pairs = _largest(backend, most_pairs=budget, largest_block=largest_block)
            found += pairs
            backend.create(
                kept[-1], f"select node_id, block from keyed join sizes using (block) where size <= {largest}"
            )
    nothing = "select node_id, hash(node_id) as block from nodes where false"
    every = [nothing, *(f"select node_id, block from {table}" for table in kept)]
    backend.create("blocks", " union all ".join(every))
    if fresh_only:
        backend.create("pairs", _PAIRS_WITH_FRESH)
    else:
        _all_pairs(backend, parts=found // PAIRS_AT_ONCE + 1)
    backend.drop("blocks", "keyed", "sizes", "too_large", *kept)


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
    """Make ``keyed`` (``node_id block``) and ``sizes`` of the blocks of two and more.

    With ``fresh_only``, of those that a fresh node is in.
    """
    if fresh_only:
        touched = f"select block from ({keyed}) f where f.node_id in (select node_id from fresh_nodes)"
        keyed = f"select node_id, block from ({keyed}) where block in ({touched})"
    backend.create("keyed", keyed)
    backend.create("sizes", "select block, count(*) as size from keyed group by block having count(*) > 1")


def _largest(backend: Backend, *, most_pairs: float, largest_block: int) -> tuple[int, int]:
    """The size up to which blocks are kept, the smallest first while there is room, and their pairs."""
    counted = backend.arrow(
        "select size, count(*) * size * (size - 1) / 2 as pairs from sizes group by size order by size"
    ).to_pydict()
    largest, pairs = 1, 0.0
    for size, more in zip(counted["size"], counted["pairs"], strict=True):
        if size > largest_block or pairs + more > most_pairs:
            break
        largest, pairs = int(size), pairs + more
    return largest, int(pairs)


def _known(columns: Sequence[str]) -> str:
    """SQL that every column a key is made of is known."""
    made_of = {"forename": "forename_sound", "surname": "surname_sound", "address": "address_key"}
    return " and ".join(f"{made_of.get(column, column)} is not null" for column in columns)
