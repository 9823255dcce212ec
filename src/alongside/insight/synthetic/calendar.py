"""Days as whole numbers (days since 1970-01-01), and how agencies write them."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.integer[Any]]
Words = NDArray[Any]
"""Texts as Python objects; None where nothing is held."""

NEVER = np.int32(99_999)
"""A day after every other (the year 2243): "did not happen"."""


def day(year: int, month: int, day_of_month: int) -> int:
    """Return the number of a calendar day."""
    return (date(year, month, day_of_month) - date(1970, 1, 1)).days


OPENING = day(2023, 11, 1)
"""The first day of the three years that the borough covers."""
AS_AT = day(2026, 11, 1)
"""The day the extracts are drawn; harm in the truth comes after it."""
CLOSING = day(2027, 10, 31)
"""The last day on which later harm is looked for."""
_FIRST = day(1900, 1, 1)


@cache
def _written(style: str) -> Words:
    days = [date.fromordinal(date(1900, 1, 1).toordinal() + each) for each in range(CLOSING - _FIRST + 1)]
    return np.array([*(each.strftime(style) for each in days), None], dtype=object)


def written(days: Days, style: str) -> Words:
    """Write days in an agency's style (``strftime``).

    A day outside 1900 to 2027, such as ``NEVER``, is None.
    """
    place = days.astype(np.int64) - _FIRST
    pool = _written(style)
    return pool[np.where((place < 0) | (place >= len(pool) - 1), len(pool) - 1, place)]


def parts(days: Days) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return year, month and day of month of days."""
    moment = days.astype("datetime64[D]")
    months = moment.astype("datetime64[M]")
    return (
        moment.astype("datetime64[Y]").astype(np.int64) + 1970,
        months.astype(np.int64) % 12 + 1,
        (moment - months).astype(np.int64) + 1,
    )


def from_parts(
    year: NDArray[np.int64], month: NDArray[np.int64], day_of_month: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the days with these calendar parts; the parts must make a day that exists."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    return (months.astype("datetime64[D]").astype(np.int64) + day_of_month - 1).astype(np.int32)
