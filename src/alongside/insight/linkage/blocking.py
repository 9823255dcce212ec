"""Which pairs are worth comparing: those that agree on some two things about the person.

Agreement on two things is what nearly every true pair has, however many of its fields are wrong, and what few
strangers have. On ``historical_50k`` the usual handful of rules finds two thirds of the true pairs; these find
four fifths, and nearly all people through some record (ADR 0006).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.insight.backends import Backend

_YEAR, _MONTH_DAY, _YEAR_MONTH = "left(birth_digits, 4)", "right(birth_digits, 4)", "left(birth_digits, 6)"
_DAY_AND_MONTH = "least(substr(birth_digits, 5, 2), right(birth_digits, 2)), greatest(substr(birth_digits, 5, 2), right(birth_digits, 2))"
_NAMES = "least(forename_sound, surname_sound), greatest(forename_sound, surname_sound)"


@dataclass(frozen=True)
class Rule:
    """Records with one value of ``key`` (none of its parts unknown) make a block; ``narrower`` parts a block too large."""

    name: str
    needs: tuple[str, ...]
    key: str
    narrower: str | None = None


def rules_for(columns: Sequence[str]) -> list[Rule]:
    """The blocking rules that records with these ``columns`` allow."""
    has = {*columns, "postcode_district"} if "postcode" in columns else set(columns)
    born, home = "birth_digits", "postcode"
    rules = [Rule(column, (column,), column) for column in sorted(has) if column.startswith("id_") or column in ("email", "phone")]
    rules += [
        Rule("date of birth and forename", (born, "forename"), f"forename_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("date of birth and surname", (born, "surname"), f"surname_sound, {_YEAR}, {_DAY_AND_MONTH}"),
        Rule("both names", ("forename", "surname"), _NAMES, narrower="birth_year"),
        Rule("birthday and forename", (born, "forename"), f"forename_sound, {_MONTH_DAY}", narrower="surname_sound"),
        Rule("birthday and surname", (born, "surname"), f"surname_sound, {_MONTH_DAY}", narrower="forename_sound"),
        Rule("month of birth and forename", (born, "forename"), f"forename_sound, {_YEAR_MONTH}", narrower="surname_sound"),
        Rule("month of birth and surname", (born, "surname"), f"surname_sound, {_YEAR_MONTH}", narrower="forename_sound"),
        Rule("date of birth and district", (born, home), f"birth_digits, postcode_district"),
        Rule("postcode and forename", (home, "forename"), "postcode, forename_sound"),
        Rule("postcode and surname", (home, "surname"), "postcode, surname_sound"),
        Rule("district and forename", (home, "forename"), "postcode_district, forename_sound", narrower="birth_year"),
        Rule("district and surname", (home, "surname"), "postcode_district, surname_sound", narrower="birth_year"),
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
            Rule(f"{title} and forename", (column, "forename"), f"{column}, forename_sound", narrower="birth_year"),
            Rule(f"{title} and surname", (column, "surname"), f"{column}, surname_sound", narrower="birth_year"),
            Rule(f"{title} and date of birth", (column, born), f"{column}, birth_digits"),
        ]
    return [rule for rule in rules if set(rule.needs) <= has]


def candidate_pairs(backend: Backend, rules: Sequence[Rule], *, largest_block: int, fresh_only: bool) -> None:
    """Make the table ``pairs`` (``l`` < ``r``, node ids): all that share a block, each once.

    A block of more than ``largest_block`` nodes is parted by the rule's ``narrower``; a part that is still
    larger is left to the other rules. ``fresh_only`` leaves out pairs of which neither is in ``fresh_nodes``.
    """
    blocks = []
    for number, rule in enumerate(rules):
        key = f"concat_ws('|', {rule.key})"
        known = " and ".join(f"{part} is not null" for part in _parts(rule))
        sized = f"select node_id, hash({key}) as block, {rule.narrower or 'null'} as narrower, count(*) over (partition by {key}) as size from nodes where {known}"
        blocks.append(f"select {number} as rule, node_id, block from ({sized}) where size between 2 and {largest_block}")
        if rule.narrower:
            finer = f"select node_id, hash(concat_ws('|', {key}, {rule.narrower})) as block, count(*) over (partition by {key}, {rule.narrower}) as size, count(*) over (partition by {key}) as whole from nodes where {known} and {rule.narrower} is not null"
            blocks.append(f"select {number} as rule, node_id, block from ({finer}) where whole > {largest_block} and size between 2 and {largest_block}")
    backend.create("blocks", "\nunion all\n".join(blocks))
    backend.create(
        "pairs",
        _pairs_with_fresh() if fresh_only else "select distinct a.node_id as l, b.node_id as r from blocks a join blocks b on a.rule = b.rule and a.block = b.block and a.node_id < b.node_id",
    )
    backend.drop("blocks")


def _pairs_with_fresh() -> str:
    """Pairs of which at least one side is new."""
    return """select distinct least(a.node_id, b.node_id) as l, greatest(a.node_id, b.node_id) as r
      from (select * from blocks where node_id in (select node_id from fresh_nodes)) a join blocks b on a.rule = b.rule and a.block = b.block and a.node_id <> b.node_id"""


def _parts(rule: Rule) -> tuple[str, ...]:
    """The columns that must be known for a rule's key."""
    named = {"forename": "forename_sound", "surname": "surname_sound", "address": "address_key"}
    return tuple(named.get(column, column) for column in rule.needs)
