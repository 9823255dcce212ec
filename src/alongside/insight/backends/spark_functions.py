"""Functions that Spark lacks: DuckDB's own, run by DuckDB in each of Spark's Python workers.

How alike two names are decides who is one person, so it must be the same number on both engines. Spark's own
functions, and those Splink brings for it, count swapped letters differently.
"""

from functools import cache

import duckdb
import pyarrow as pa


def jaro_winkler_similarity(left: pa.Array, right: pa.Array) -> pa.Array:
    """Return how alike two texts are, 0 to 1; NULL where one is NULL."""
    return _of_pairs("jaro_winkler_similarity", left, right)


def damerau_levenshtein(left: pa.Array, right: pa.Array) -> pa.Array:
    """Return how many slips of the pen lie between two texts; NULL where one is NULL."""
    return _of_pairs("damerau_levenshtein", left, right)


def _of_pairs(function: str, left: pa.Array, right: pa.Array) -> pa.Array:
    engine = _engine()
    engine.register("pairs", pa.table({"l": left, "r": right}))
    found = engine.execute(f"select {function}(l, r) as value from pairs").fetch_arrow_table()
    return found.column("value").combine_chunks()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One per worker; with one thread it also keeps the order of the rows."""
    return duckdb.connect(":memory:", config={"threads": "1"})
