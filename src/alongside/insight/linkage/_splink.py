"""The one module that knows Splink (design rule 6): its comparison levels, as SQL of either engine.

Splink 5 decides what "nearly the same name" is in each engine's own functions; which levels there are, what
they weigh and what follows from them is Alongside's (ADR 0006).
"""

from collections.abc import Callable

import splink.comparison_level_library as cll

Condition = Callable[[str], str]
"""Given an engine's name ("duckdb", "spark"), SQL over columns ``<name>_l`` and ``<name>_r``."""

__all__ = [
    "Condition",
    "any_of",
    "expression",
    "near",
    "same",
    "slips",
]


def _sql(creator: object) -> Condition:
    return lambda engine: f"({creator.create_level_dict(engine)['sql_condition']})"  # type: ignore[attr-defined]


def same(column: str) -> Condition:
    """Both sides hold the same value."""
    return _sql(cll.ExactMatchLevel(column))


def _an_end_agrees(column: str, letters: int) -> Condition:
    """The first or the last letters are the same: cheap to check, and true of nearly all that are alike."""
    left, right = f"{column}_l", f"{column}_r"
    return expression(
        f"left({left}, {letters}) = left({right}, {letters}) "
        f"or right({left}, {letters}) = right({right}, {letters})"
    )


def near(column: str, similarity: float) -> Condition:
    """Jaro-Winkler similarity of at least ``similarity`` (0 to 1), if the first or last two letters agree."""
    return _both_of(_an_end_agrees(column, 2), _sql(cll.JaroWinklerLevel(column, similarity)))


def slips(column: str, at_most: int, *, only_if: str | None = None) -> Condition:
    """At most so many slips of the pen: a letter wrong, missing, added, or two exchanged.

    Damerau-Levenshtein, asked only where ``only_if`` (SQL) holds, or else the first or the last three letters
    agree, as one slip leaves them. Two letters exchanged are two plain edits, and plain edits (Levenshtein)
    are counted five times faster: they are asked for first, and nearly always answer.
    """
    plain, most = (_sql(cll.LevenshteinLevel(column, edits)) for edits in (at_most, 2 * at_most))
    exchanged = _both_of(most, _sql(cll.DamerauLevenshteinLevel(column, at_most)))
    cheap = expression(only_if) if only_if else _an_end_agrees(column, 3)
    return _both_of(cheap, lambda engine: f"({plain(engine)} or {exchanged(engine)})")


def _both_of(cheap: Condition, dear: Condition) -> Condition:
    """Both hold; engines check the first one first."""
    return lambda engine: f"case when {cheap(engine)} then {dear(engine)} else false end"


def expression(sql: str) -> Condition:
    """A condition of our own, written in DuckDB's words."""
    return _sql(cll.CustomLevel(sql, base_dialect_str="duckdb"))


def any_of(*conditions: Condition) -> Condition:
    """At least one holds."""
    return lambda engine: (
        "(" + " or ".join(f"coalesce({condition(engine)}, false)" for condition in conditions) + ")"
    )
