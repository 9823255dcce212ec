"""Identifiers that look right and belong to nobody."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import Words


def check_digits(first_nine: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the tenth digit of NHS numbers by their first nine.

    10 where no such number is issued (modulus 11).
    """
    digits = first_nine[:, None] // 10 ** np.arange(8, -1, -1) % 10
    rest = 11 - (digits * np.arange(10, 1, -1)).sum(axis=1) % 11
    return np.where(rest == 11, 0, rest)


def nhs_numbers(rng: Generator, count: int) -> Words:
    """Return ``count`` different NHS numbers from the 999 range, in no order.

    The range holds about 909,000 valid numbers: in a larger borough the rest have none (None), as new
    arrivals do.
    """
    first_nine = 999_000_000 + rng.permutation(1_000_000)[: min(1_000_000, int(count * 1.2) + 100)]
    tenth = check_digits(first_nine)
    whole = (first_nine * 10 + tenth)[(tenth < 10) & (first_nine != 999_999_999)][:count]
    numbers = np.full(count, None, dtype=object)
    numbers[rng.permutation(count)[: len(whole)]] = whole.astype(str).astype(object)
    return numbers


def ni_numbers(rng: Generator, count: int) -> Words:
    """Return National Insurance numbers with the prefix QQ, which is never issued."""
    serial = rng.permutation(4_000_000)[:count]
    digits = (serial // 4 + 1_000_000).astype(str).astype(object)
    letter = np.array(list("ABCD"), dtype=object)[serial % 4]
    written: Words = np.array(["QQ" + each[1:] for each in digits], dtype=object) + letter
    return written


def pupil_numbers(rng: Generator, count: int) -> Words:
    """Return unique pupil numbers of local authority 999, which does not exist."""
    serial = (9_990_000_000_00 + rng.permutation(max(count, 1))[:count]).astype(str).astype(object)
    letter = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"), dtype=object)[rng.integers(0, 23, count)]
    written: Words = letter + serial
    return written


def telephones(rng: Generator, count: int) -> Words:
    """Return telephone numbers in the area code 01632, kept for fiction, in the ways people write them."""
    serial = rng.integers(0, 1_000_000, count)
    digits = np.array([f"{each:06d}" for each in serial.tolist()], dtype=object)
    return "01632" + digits


def national_format(numbers: Words, style: str) -> Words:
    """Write telephone numbers as an agency does.

    ``plain``, ``spaced``, ``bracketed`` or ``international``.
    """
    write: dict[str, Callable[[str], str]] = {
        "plain": lambda each: each,
        "spaced": lambda each: f"{each[:5]} {each[5:]}",
        "bracketed": lambda each: f"({each[:5]}) {each[5:8]} {each[8:]}",
        "international": lambda each: f"+44 {each[1:5]} {each[5:]}",
    }
    return np.array([None if each is None else write[style](each) for each in numbers], dtype=object)
