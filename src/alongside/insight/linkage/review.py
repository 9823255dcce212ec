"""Doubtful pairs, each with a clerk's question. A doubt is put to a person, never settled by a rule."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from alongside.insight.backends import Backend
from alongside.insight.linkage.chains import Integers
from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Levels
from alongside.insight.linkage.scoring import Edges

_AGREES = {"birth": 3, "home": 3}
"""Up to which level a comparison still agrees, for the words of a question; else to its last but one."""


def question(levels: Mapping[str, int], titles: Mapping[str, str], otherwise: Mapping[str, int]) -> str:
    """The question for a pair: what would settle it. ``levels`` by comparison name; -1 is not known."""
    agrees = {name for name, level in levels.items() if 0 <= level <= _AGREES.get(name, otherwise[name] - 1)}
    differs = {name for name, level in levels.items() if level == otherwise[name]}
    if "id_nhs_number" in differs:
        return (
            "Much agrees, but the two NHS numbers differ and both pass their check. Has one been written on "
            "the wrong record?"
        )
    if "forename" in differs and {"surname", "birth"} <= agrees:
        return "Same surname and date of birth, different forenames. Twins, or one person under two names?"
    if "surname" in differs and {"forename", "birth"} <= agrees:
        return "Same forename and date of birth, different surnames. Has the name changed?"
    if "birth" in differs and {"forename", "surname"} <= agrees:
        return "Same name, different dates of birth. Parent and child, or a mistake in a date?"
    if "home" in differs and {"forename", "surname"} <= agrees:
        return "Same name, different homes. Has the person moved?"
    if levels.get("birth", -1) == -1 and {"forename", "surname"} <= agrees:
        return "Same name, but one record has no date of birth. One person, or two with the same name?"
    same = ", ".join(sorted(titles[name].lower() for name in agrees)) or "nothing"
    other = ", ".join(sorted(titles[name].lower() for name in differs)) or "nothing"
    return f"What agrees: {same}. What differs: {other}. One person?"


def questions(levels: Levels, comparisons: Sequence[Comparison]) -> list[str]:
    """The questions of pairs with these ``levels`` (one row each), worked out once per distinct pattern."""
    names = [comparison.name for comparison in comparisons]
    titles = {comparison.name: comparison.title for comparison in comparisons}
    otherwise = {comparison.name: len(comparison.levels) for comparison in comparisons}
    patterns, which = np.unique(levels, axis=0, return_inverse=True)
    asked = [
        question(dict(zip(names, (int(level) for level in row), strict=True)), titles, otherwise)
        for row in patterns
    ]
    return [asked[index] for index in which.ravel()]


def make_review(
    backend: Backend,
    edges: Edges,
    levels: Levels,
    comparisons: Sequence[Comparison],
    person: Integers,
    *,
    doubtful: float,
    apart: Sequence[tuple[int, int]],
) -> None:
    """Make ``touched_review``: of every two people a likely pair would join, the likeliest and its question.

    Args:
        backend: holds ``node_records`` and ``node_person`` (``node_id person_id``).
        edges: scored pairs.
        levels: their levels, one row each.
        comparisons: what the columns of ``levels`` are.
        person: a number for the person of every node that an edge has.
        doubtful: the probability from which a clerk is asked.
        apart: pairs of nodes that a clerk told apart, who thereby answered for the two people.
    """
    between = _two_people(person, edges.left, edges.right)
    settled = _two_people(
        person, *(np.array([pair[side] for pair in apart], dtype=np.int64) for side in (0, 1))
    )
    open_ = (
        (edges.probability >= doubtful)
        & (person[edges.left] != person[edges.right])
        & ~np.isin(between, settled)
    )
    likeliest_first = np.flatnonzero(open_)[np.argsort(-edges.probability[open_], kind="stable")]
    _, first = np.unique(between[likeliest_first], return_index=True)
    chosen = likeliest_first[np.sort(first)]
    backend.register(
        "doubts",
        pa.table(
            {
                "l": edges.left[chosen].astype(np.int32),
                "r": edges.right[chosen].astype(np.int32),
                "probability": edges.probability[chosen],
                "question": pa.array(questions(levels[chosen], comparisons), pa.string()),
            }
        ),
    )
    backend.create(
        "touched_review",
        """select a.source as source_l, a.record_id as record_l,
          b.source as source_r, b.record_id as record_r,
          p.person_id as person_l, q.person_id as person_r, d.probability, d.question
        from doubts d join node_records a on a.node_id = d.l and a.speaks
        join node_records b on b.node_id = d.r and b.speaks
        join node_person p on p.node_id = d.l join node_person q on q.node_id = d.r""",
    )


def _two_people(person: Integers, left: Integers, right: Integers) -> Integers:
    """One number for the two people of each pair, whichever is named first."""
    one, other = person[left], person[right]
    return np.minimum(one, other) * len(person) + np.maximum(one, other)
