"""The fitted weights as JSON: what a later run starts from, and what ``explain`` shows field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from alongside.insight.linkage.comparisons import Comparison
from alongside.insight.linkage.mixture import Mixture
from alongside.insight.linkage.together import Together

FORMAT = 2
"""Raise it when linkage comes to judge differently: no run then continues from one judged the old way."""
_KINDS = ("same", "household", "unrelated")


@dataclass(frozen=True)
class Weights:
    """All that a pair is judged by: the mixture, and how strangers' chance agreements go together."""

    mixture: Mixture
    together: list[Together]


def to_json(
    weights: Weights,
    comparisons: Sequence[Comparison],
    *,
    columns: Sequence[str],
    settings: Mapping[str, Any],
    people: int,
) -> dict[str, Any]:
    """The model as plain values: priors, and each level's share in each kind of pair, by comparison.

    ``settings`` and ``people`` are kept as they are: what besides the weights decided who is one person, and
    how many people there are.
    """
    mixture = weights.mixture
    levels = zip(comparisons, mixture.same, mixture.household, mixture.unrelated, strict=True)
    return {
        "format": FORMAT,
        "columns": list(columns),
        "settings": dict(settings),
        "people": people,
        "prior": {
            "same": mixture.prior_same,
            "household": mixture.prior_household,
            "unrelated": 1 - mixture.prior_same - mixture.prior_household,
        },
        "comparisons": [
            {
                "name": comparison.name,
                "title": comparison.title,
                "levels": [
                    {
                        "label": label,
                        **{kind: float(share) for kind, share in zip(_KINDS, shares, strict=True)},
                    }
                    for label, *shares in zip(comparison.labels, *kinds, strict=True)
                ],
            }
            for comparison, *kinds in levels
        ],
        "together": [
            {"one": pair.one, "other": pair.other, "logs": pair.logs.tolist()} for pair in weights.together
        ],
    }


def from_json(
    saved: dict[str, Any], comparisons: Sequence[Comparison], *, columns: Sequence[str]
) -> Weights | None:
    """The weights of a saved model; None if it was fitted to other columns, comparisons or levels."""
    if saved.get("format") != FORMAT or saved.get("columns") != list(columns):
        return None
    ours = [(comparison.name, list(comparison.labels)) for comparison in comparisons]
    theirs = [
        (comparison["name"], [level["label"] for level in comparison["levels"]])
        for comparison in saved["comparisons"]
    ]
    if ours != theirs:
        return None
    kinds = [
        tuple(
            np.array([level[kind] for level in comparison["levels"]]) for comparison in saved["comparisons"]
        )
        for kind in _KINDS
    ]
    same, household, unrelated = kinds
    prior = saved["prior"]
    mixture = Mixture(prior["same"], prior["household"], same, household, unrelated)
    return Weights(
        mixture, [Together(pair["one"], pair["other"], np.array(pair["logs"])) for pair in saved["together"]]
    )
