"""DuckDB's words in Spark's: sqlglot's translation, and the few things that it leaves with another meaning."""

from functools import cache

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects import Spark

JARO_WINKLER, DAMERAU_LEVENSHTEIN = "alongside_jaro_winkler", "alongside_damerau_levenshtein"
_RENAMED = {"hash": "xxhash64", "damerau_levenshtein": DAMERAU_LEVENSHTEIN}
_SPACES = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What DuckDB trims; Spark, unless told, only the first."""


def _trim(generator: Spark.Generator, node: exp.Trim) -> str:
    return f"TRIM(BOTH '{_SPACES}' FROM {generator.sql(node, 'this')})"


def _round(generator: Spark.Generator, node: exp.Round) -> str:
    """Round the number as it is held, as DuckDB does; Spark rounds the one that would be shown."""
    places = int(node.args["decimals"].name) if node.args.get("decimals") else 0
    whole = f"ROUND({generator.sql(node, 'this')} * 1E{places}D) / 1E{places}D"
    return f"({whole})"


def _list(generator: Spark.Generator, node: exp.ArrayAgg) -> str:
    """Sort by the one key asked for; Spark collects rows in whatever order they come."""
    inside = node.this
    if not isinstance(inside, exp.Order):
        generator.unsupported("a list without an order differs from run to run")
        return ""
    value = generator.sql(inside.this)
    key, *more = inside.expressions
    if more or key.args.get("desc"):
        generator.unsupported("a list is ordered by one key, ascending")
    pairs = f"COLLECT_LIST(STRUCT({generator.sql(key.this)} AS `key`, {value} AS `value`))"
    return f"TRANSFORM(ARRAY_SORT({pairs}), each -> each.`value`)"


class _Generator(Spark.Generator):
    TRANSFORMS = {
        **Spark.Generator.TRANSFORMS,
        exp.ArrayAgg: _list,
        exp.JarowinklerSimilarity: lambda self, node: self.func(JARO_WINKLER, node.this, node.expression),
        exp.Round: _round,
        exp.Trim: _trim,
    }


class _Spark(Spark):
    Generator = _Generator


@cache
def to_spark(sql: str) -> str:
    """Return one statement of DuckDB's dialect in Spark's.

    Raises:
        sqlglot.errors.UnsupportedError: it says something that has no equal in Spark.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    for call in tree.find_all(exp.Anonymous):
        call.set("this", _RENAMED.get(call.name.lower(), call.name))
    return tree.sql(_Spark, unsupported_level=ErrorLevel.RAISE, comments=False)
