"""DuckDB's dialect in Spark's: sqlglot translates; here is the little whose meaning it would change."""

from functools import cache

import sqlglot
from sqlglot import ErrorLevel, UnsupportedError, exp

JARO_WINKLER, DAMERAU_LEVENSHTEIN = "alongside_jaro_winkler", "alongside_damerau_levenshtein"
"""Names of our own: Spark has functions with DuckDB's names and different results, and would use those."""

_RENAMED = {"damerau_levenshtein": DAMERAU_LEVENSHTEIN, "hash": "xxhash64"}
_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What DuckDB's trim removes; Spark's, unless told, removes only the first of them."""
_CAPITALS, _SMALL = "\u0130\u03a3", "i\u03c3"
"""I with a dot, and sigma: how Spark lowercases these depends on the letters around them."""


@cache
def to_spark(sql: str) -> str:
    """Return one statement of DuckDB's dialect in Spark's.

    Raises:
        sqlglot.errors.UnsupportedError: it says something that has no equivalent in Spark.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in reversed(list(tree.bfs())):  # inner expressions before outer ones
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
        case exp.Lower():
            return _filled(f"lower(translate(:text, '{_CAPITALS}', '{_SMALL}'))", text=node.this)
        case exp.Trim(expression=None):
            return _filled(f"trim(both '{_SPACES}' from :text)", text=node.this)
        case exp.Round():
            return _rounded(node)
        case exp.ArrayAgg():
            return _in_order(node)
        case exp.Sum() | exp.Avg() if node.this.is_type("double"):
            return _added_in_order(node)
        case exp.Filter() if not isinstance(node.this, exp.AggFunc):
            return _chosen(node)
        case _:
            return node


def _rounded(node: exp.Round) -> exp.Expr:
    """Round the number as it is held, as DuckDB does; Spark rounds it as it is written, 2.675 to 2.68."""
    places = int(node.args["decimals"].name) if node.args.get("decimals") else 0
    return _filled(f"(round(:number * 1e{places}d) / 1e{places}d)", number=node.this) if places else node


def _in_order(node: exp.ArrayAgg) -> exp.Expr:
    """Sort a list by its one key: Spark collects rows in whatever order they come."""
    ordered = node.this
    keys = ordered.expressions if isinstance(ordered, exp.Order) else []
    if len(keys) != 1 or keys[0].args.get("desc"):
        raise UnsupportedError(f"a list is ordered by one key, ascending: {node.sql('duckdb')}")
    pairs = "collect_list(struct(:key as `key`, :value as `value`))"
    return _filled(
        f"transform(array_sort({pairs}), each -> each.`value`)", key=keys[0].this, value=ordered.this
    )


def _added_in_order(node: exp.Sum | exp.Avg) -> exp.Expr:
    """Add the smallest first: a floating-point sum depends on the order, and that on who finishes first."""
    added = "named_struct('total', coalesce(so_far.total + each, each), 'n', so_far.n + 1)"
    answer = "so_far.total" if isinstance(node, exp.Sum) else "so_far.total / nullif(so_far.n, 0)"
    return _filled(
        "aggregate(array_sort(collect_list(:number)), named_struct('total', cast(null as double), 'n', 0), "
        f"(so_far, each) -> {added}, so_far -> {answer})",
        number=node.this,
    )


def _chosen(node: exp.Filter) -> exp.Expr:
    """Where an aggregate has become a list and a function of it, the filter goes to the rows of the list."""
    made: exp.Expr = node.this
    for rows in made.find_all(exp.ArrayAgg):
        rows.replace(exp.Filter(this=rows.copy(), expression=node.expression))
    return made


def _filled(spark: str, **parts: exp.Expr) -> exp.Expr:
    return exp.replace_placeholders(sqlglot.parse_one(spark, read="spark"), **parts)
