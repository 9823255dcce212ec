"""Doubtful pairs, each with a clerk's question. A doubt is put to a person, never settled by a rule."""

from collections.abc import Mapping, Sequence

import numpy as np

from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Levels

_AGREES = {"birth": 3, "home": 3}
"""Up to which level a comparison still counts as agreeing, for the words of a question; else up to its last but one."""


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
        return "Same name, different dates of birth. Parent and child, or a date written wrongly?"
    if "home" in differs and {"forename", "surname"} <= agrees:
        return "Same name, different homes. Has the person moved?"
    if levels.get("birth", -1) == -1 and {"forename", "surname"} <= agrees:
        return "Same name, but one record has no date of birth. One person, or two of one name?"
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
