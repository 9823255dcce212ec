"""Chance agreements that go together: what independence would get wrong about strangers.

Somebody called Mohammed is likelier than others to be called Khan, and Doris likelier than others to be born
in 1930. Taken as independent, two strangers of one community and one age look like one person far more often
than they should, and it is always the same communities. Here the agreement of strangers on both is counted,
among pairs who differ in year and in day of birth and so can hardly be one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alongside.insight.backends import Backend
from alongside.insight.linkage.comparisons import EXACT, Comparison, share_level
from alongside.insight.linkage.mixture import Floats, Levels

ENOUGH_NODES = 150_000
"""About how many nodes to count among: evenly spaced ones where there are more."""
_SAME_YEAR = (
    "the same",
    "the same, but 1 January, which forms are filled with",
    "day and month have changed places",
    "the year fits",
)


@dataclass(frozen=True)
class Together:
    """How much more often strangers are at two levels at once than independence says (logs, 0 or more)."""

    one: str
    other: str
    logs: Floats
    """One row per level of ``one``, one column per level of ``other``."""


def offsets(patterns: Levels, together: Sequence[Together], comparisons: Sequence[Comparison]) -> Floats:
    """For each pattern, what to add to the log likelihood of strangers."""
    column = {comparison.name: number for number, comparison in enumerate(comparisons)}
    total = np.zeros(len(patterns))
    for pair in together:
        logs = np.pad(pair.logs, ((0, 1), (0, 1)))  # -1, not known, takes the last row or column: nothing
        total += logs[patterns[:, column[pair.one]], patterns[:, column[pair.other]]]
    return total


def count_together(backend: Backend, comparisons: Sequence[Comparison], *, nodes: int) -> list[Together]:
    """Count over ``nodes`` how strangers' forenames go with their surnames, and with their years of birth."""
    sizes = {comparison.name: len(comparison.labels) for comparison in comparisons}
    if not {"forename", "surname", "birth"} <= set(sizes):
        return []
    backend.create(
        "named_and_born",
        f"""select forename, surname, surname_sound,
          {share_level("forename_share")} as f, {share_level("surname_share")} as s,
          left(birth_digits, 4) as y, right(birth_digits, 4) as d
        from compared_nodes where forename is not null and surname is not null and birth_digits is not null
          and node_id % {nodes // ENOUGH_NODES + 1} = 0""",
    )
    birth = next(comparison for comparison in comparisons if comparison.name == "birth")
    names = np.zeros((sizes["forename"], sizes["surname"]))
    names[:EXACT, :EXACT] = _names(backend)
    years = np.zeros((sizes["forename"], sizes["birth"]))
    years[:EXACT, [level for level, label in enumerate(birth.labels) if label in _SAME_YEAR]] = _years(
        backend
    )[:, None]
    backend.drop("named_and_born")
    return [Together("forename", "surname", names), Together("forename", "birth", years)]


def _pairs(backend: Backend, by: str, keep: str = "") -> Floats:
    """Ordered pairs that agree on all of ``by``: one number, or one for each bucket of ``keep`` (f, s)."""
    group = ", ".join(part for part in (keep, by) if part)
    rows = backend.arrow(
        f"select {keep + ',' if keep else ''} cast(sum(n * (n - 1)) as double) as pairs "
        f"from (select {group}, count(*) as n from named_and_born group by {group})"
        + (f" group by {keep}" if keep else "")
    ).to_pylist()
    shape = [EXACT] * len([part for part in keep.split(",") if part])
    found = np.zeros(shape)
    for row in rows:
        found[tuple(row[part.strip()] for part in keep.split(",") if part.strip())] = row["pairs"] or 0.0
    return found


def _unlike(backend: Backend, by: str, keep: str = "") -> Floats:
    """Ordered pairs that agree on ``by`` and differ in year and in day of birth."""

    def agreeing(*more: str) -> Floats:
        return _pairs(backend, ", ".join(part for part in (by, *more) if part) or "1", keep)

    return agreeing() - agreeing("y") - agreeing("d") + agreeing("y", "d")


def _names(backend: Backend) -> Floats:
    everyone = float(_unlike(backend, ""))
    forenames, surnames = _unlike(backend, "forename", "f"), _unlike(backend, "surname", "s")
    both = _unlike(backend, "forename, surname", "f, s")
    expected = np.outer(forenames, surnames) / max(everyone, 1.0)
    return np.asarray(np.maximum(np.log((both + 1.0) / (expected + 1.0)), 0.0))


def _years(backend: Backend) -> Floats:
    """Of pairs of one forename whose surnames sound different: one year of birth, against all pairs."""
    same_name = _pairs(backend, "forename", "f") - _pairs(backend, "forename, surname_sound", "f")
    and_year = _pairs(backend, "forename, y", "f") - _pairs(backend, "forename, surname_sound, y", "f")
    rate = float(_pairs(backend, "y")) / max(float(_pairs(backend, "1")), 1.0)
    return np.asarray(np.maximum(np.log((and_year + 1.0) / (same_name * rate + 1.0)), 0.0))
