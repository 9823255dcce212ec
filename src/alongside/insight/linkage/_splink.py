"""The one module that knows Splink (design rule 6): its comparison levels, as SQL of either engine.

Splink 5 decides what "nearly the same name" is in each engine's own functions; which levels there are, what
they weigh and what follows from them is Alongside's (ADR 0006).
"""

from collections.abc import Callable

import splink.comparison_level_library as cll

Condition = Callable[[str], str]
"""Given an engine's name ("duckdb", "spark"), SQL over columns ``<name>_l`` and ``<name>_r``."""

__all__ = ["Condition", "any_of", "expression", "near", "same", "similarity_functions", "similarity_jar", "slips", "swapped"]


def _sql(creator: object) -> Condition:
    return lambda engine: f"({creator.create_level_dict(engine)['sql_condition']})"  # type: ignore[attr-defined]


def same(column: str) -> Condition:
    """Both sides hold the same value."""
    return _sql(cll.ExactMatchLevel(column))


def near(column: str, similarity: float) -> Condition:
    """Jaro-Winkler similarity of at least ``similarity`` (0 to 1)."""
    return _sql(cll.JaroWinklerLevel(column, similarity))


def slips(column: str, at_most: int) -> Condition:
    """At most so many slips of the pen: a letter wrong, missing, added, or two exchanged (Damerau-Levenshtein)."""
    return _sql(cll.DamerauLevenshteinLevel(column, at_most))


def swapped(one: str, other: str) -> Condition:
    """Each side's ``one`` stands in the other side's ``other``."""
    return _sql(cll.ColumnsReversedLevel(one, other, symmetrical=True))


def expression(sql: str) -> Condition:
    """A condition of our own, written in DuckDB's words."""
    return _sql(cll.CustomLevel(sql, base_dialect_str="duckdb"))


def any_of(*conditions: Condition) -> Condition:
    """At least one holds."""
    return lambda engine: "(" + " or ".join(f"coalesce({condition(engine)}, false)" for condition in conditions) + ")"


def similarity_jar() -> str:
    """Where the file is that gives Spark these similarity functions; to be named before its first session."""
    from splink.backends.spark import similarity_jar_location  # needs pyspark, which only the spark extra brings

    return str(similarity_jar_location())


def similarity_functions() -> list[tuple[str, str, object]]:
    """The functions of that file to register in a Spark session: name, Java class, type returned."""
    from splink.internals.spark.jar_location import get_scala_udfs  # as above

    return list(get_scala_udfs())
