"""What the files of a pack must agree on: references that resolve, expressions, and a few legal requirements.

``refusals`` yields what makes a pack unusable, ``warnings`` what its author should know. No clock is read.
"""

from collections.abc import Iterator

from alongside.area.consistency import _area, _casework, _factors, _policies, _sources
from alongside.area.consistency._factors import derivable, known_factors
from alongside.area.files import PackFiles
from alongside.area.problems import PackProblem

__all__ = ["derivable", "refusals", "warnings"]


def refusals(files: PackFiles) -> Iterator[PackProblem]:
    """What makes the pack unusable, from whichever of its files have the right shape."""
    factors = known_factors(files)
    yield from _area.refusals(files)
    yield from _sources.refusals(files)
    yield from _factors.refusals(files, factors)
    yield from _policies.refusals(files, factors)
    yield from _casework.refusals(files)


def warnings(files: PackFiles) -> Iterator[PackProblem]:
    """What does not stop a run but should be known; for a pack without refusals."""
    factors = known_factors(files)
    yield from _area.warnings(files)
    yield from _sources.warnings(files)
    yield from _policies.warnings(files, factors)
    yield from _casework.warnings(files)
