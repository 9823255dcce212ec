"""DuckDB's dialect in Spark's: sqlglot translates, and here is the little that it would leave another meaning."""

from functools import cache

import sqlglot
from sqlglot import ErrorLevel, UnsupportedError, exp

JARO_WINKLER, DAMERAU_LEVENSHTEIN = "alongside_jaro_winkler", "alongside_damerau_levenshtein"
"""Names of our own: Spark has functions of DuckDB's names that give other numbers, and would take those."""

_RENAMED = {"damerau_levenshtein": DAMERAU_LEVENSHTEIN, "hash": "xxhash64"}
_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What DuckDB's trim takes away; Spark's, unless told, only the first of them."""


@cache
def to_spark(sql: str) -> str:
    """Return one statement of DuckDB's dialect in Spark's.

    Raises:
        sqlglot.errors.UnsupportedError: it says something that has no equal in Spark.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in reversed(list(tree.bfs())):  # what is inside before what is around it
        equivalent = _equivalent(node)
        if equivalent is not node:
            node.replace(equivalent)
    return tree.sql("spark", unsupported_level=ErrorLevel.RAISE, comments=False)


def _equivalent(node: exp.Expr) -> exp.Expr:
    match node:
        case exp.Anonymous() if node.name.lower() in _RENAMED:
            return exp.Anonymous(this=_RENAMED[node.name.lower()], expressions=node.expressions)
        case exp.JarowinklerSimilarity():
            return exp.Anonymous(this=JARO_WINKLER, expressions=[node.this, node.expression])
        case exp.Trim(expression=None):
            return exp.Trim(this=node.this, expression=exp.Literal.string(_SPACES), position="BOTH")
        case exp.Round():
            return _rounded(node)
        case exp.ArrayAgg():
            return _in_order(node)
        case _:
            return node


def _rounded(node: exp.Round) -> exp.Expr:
    """Round the number as it is held, as DuckDB does; Spark rounds the one that would be shown: 2.675 to 2.68."""
    places = int(node.args["decimals"].name) if node.args.get("decimals") else 0
    if not places:
        return node
    return _filled(f"(round(:number * 1e{places}d) / 1e{places}d)", number=node.this)


def _in_order(node: exp.ArrayAgg) -> exp.Expr:
    """Sort a list by its one key: Spark collects rows in whatever order they come."""
    ordered = node.this
    keys = ordered.expressions if isinstance(ordered, exp.Order) else []
    if len(keys) != 1 or keys[0].args.get("desc"):
        raise UnsupportedError(f"a list is ordered by one key, ascending: {node.sql('duckdb')}")
    pairs = "collect_list(struct(:key as `key`, :value as `value`))"
    return _filled(f"transform(array_sort({pairs}), each -> each.`value`)", key=keys[0].this, value=ordered.this)


def _filled(spark: str, **parts: exp.Expr) -> exp.Expr:
    return exp.replace_placeholders(sqlglot.parse_one(spark, read="spark"), **parts)
