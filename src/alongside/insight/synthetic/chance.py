"""Random draws, in whole arrays.

Every part of the borough has its own stream, so that a change in one does not affect another.
"""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import Days

Rate = float | NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]
Places = NDArray[np.integer[Any]]


def stream(seed: int, part: str) -> Generator:
    """Return the stream of one part of the borough: the same seed and part give the same draws, always."""
    return Generator(PCG64(SeedSequence([seed, crc32(part.encode())])))


def happens(rng: Generator, how_likely: Rate, count: int) -> Flags:
    """Return ``count`` answers, each true with its probability."""
    return rng.random(count) < how_likely


def ranked(rng: Generator, options: int, count: int, *, head: float, fall: float) -> Places:
    """Draw places in a list ordered from frequent to rare, as names are.

    Weight (rank + head) to the power of -fall.
    """
    weights = (np.arange(options) + head) ** -fall
    return np.minimum(np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(count)), options - 1)


def weighted(rng: Generator, weights: Sequence[float], count: int) -> Places:
    """Draw places with the given weights, which need not add up to one."""
    shares = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.minimum(np.searchsorted(shares / shares[-1], rng.random(count), side="right"), len(weights) - 1)


def happenings(
    rng: Generator,
    per_year: NDArray[np.float64],
    since: Days,
    until: Days,
    *,
    hard_since: Days,
    hard_until: Days,
    boost: Rate,
) -> tuple[Places, Days]:
    """Draw when something happens to each of many: a Poisson process, ``boost`` times as fast in a hard time.

    Args:
        rng: The stream to draw from.
        per_year: The rate of each, in ordinary times.
        since: The first day on which it can happen to each.
        until: The day from which it no longer can.
        hard_since: When the hard time of each begins (``NEVER`` where there is none).
        hard_until: When it ends.
        boost: How many times as fast in the hard time.

    Returns:
        Who it happened to (places in ``per_year``) and on which day, in order of day.
    """
    rate = np.maximum(per_year, 0.0)
    ordinary = np.maximum(until - since, 0)
    begins = np.maximum(since, hard_since)
    hard = np.maximum(np.minimum(until, hard_until) - begins, 0)
    times = rng.poisson(rate * ordinary / 365.25)
    more = rng.poisson(rate * np.maximum(np.asarray(boost) - 1.0, 0.0) * hard / 365.25)
    everyone = np.arange(len(rate))
    who = np.concatenate([np.repeat(everyone, times), np.repeat(everyone, more)])
    first = np.concatenate([np.repeat(since, times), np.repeat(begins, more)])
    length = np.concatenate([np.repeat(ordinary, times), np.repeat(hard, more)])
    days = (first + np.floor(rng.random(len(who)) * length)).astype(np.int32)
    order = np.lexsort((who, days))
    return who[order], days[order]
