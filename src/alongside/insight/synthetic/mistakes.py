"""What goes wrong when somebody's details are recorded, and how often.

``Habits`` is the table: its defaults are the rates of an ordinary system, and each agency in ``agencies``
states where it differs. They are our judgement of what such registers look like; they do not come from
real data.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from alongside.insight.synthetic import names
from alongside.insight.synthetic.calendar import Words
from alongside.insight.synthetic.chance import Flags, happens


@dataclass(frozen=True)
class Habits:
    """How one agency records people: the share of records in which each thing happens.

    ``nhs_number``, ``ni_number``, ``upn``, ``phone``, ``email``, ``uprn``, ``middle`` and ``born`` are the
    share of records that hold the item at all, if the person has one. The rest are errors.
    """

    nhs_number: float = 0.0
    ni_number: float = 0.0
    upn: float = 0.0
    phone: float = 0.0
    email: float = 0.0
    uprn: float = 0.0
    middle: float = 0.0
    born: float = 1.0
    wrong_nhs_number: float = 0.0008
    """Somebody else's in the household."""
    typo: float = 0.012
    """Per name: a wrong key, a lost letter, two swapped, or a letter misread from paper."""
    nickname: float = 0.02
    """Of those whose name has a short form."""
    spelling: float = 0.03
    """Of those whose name has several spellings."""
    swapped: float = 0.004
    """Forename and surname swapped; five times as often for Chinese names."""
    middle_as_forename: float = 0.015
    """Of those with a middle name; five times as often where the first is Mohammed or Abdul."""
    one_surname: float = 0.15
    """Of those with two surnames or a double-barrelled one."""
    day_month: float = 0.004
    """Day and month of birth swapped, where that makes a date."""
    first_january: float = 0.002
    """1 January of the year.

    Twenty times as often for people who came from where births were not registered.
    """
    year_off: float = 0.003
    day_off: float = 0.004
    stale_name: float = 0.35
    """Of those who changed their name: the old one is still held."""
    stale_address: float = 0.15
    """Of those who moved: the old one is still held."""
    no_address: float = 0.01
    accents: bool = False
    """Whether the system can hold letters with accents."""
    fresh: bool = False
    """Typed afresh each time, so that each record has its own errors; otherwise each person has one entry."""


_NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        [
            "wa",
            "qes",
            "wrd",
            "etf",
            "ryg",
            "tuh",
            "yij",
            "uok",
            "ipl",
            "ol",
            "qsz",
            "adwx",
            "sfec",
            "dgrv",
            "fhtb",
            "gjyn",
            "hkum",
            "jli",
            "ko",
            "xas",
            "zcsd",
            "xvdf",
            "cbfg",
            "vngh",
            "bmhj",
            "njk",
        ],
        strict=True,
    )
)
_MISREAD = {
    "m": "rn",
    "n": "r",
    "u": "v",
    "l": "i",
    "i": "l",
    "e": "c",
    "c": "e",
    "o": "a",
    "h": "b",
    "cl": "d",
    "g": "q",
    "a": "o",
}


def slip(rng: Generator, written: Words, hit: Flags) -> Words:
    """Return names with one slip of the hand or eye in those that are ``hit``.

    Names of under three letters keep theirs.
    """
    result = written.copy()
    where = np.flatnonzero(hit)
    kinds, points, picks = (
        rng.integers(0, 5, len(where)),
        rng.random(len(where)),
        rng.integers(0, 4, len(where)),
    )
    for index, kind, point, pick in zip(
        where.tolist(), kinds.tolist(), points.tolist(), picks.tolist(), strict=True
    ):
        name = result[index]
        if name is None or len(name) < 3:
            continue
        at = 1 + int(point * (len(name) - 1))
        letter = name[at].lower()
        if kind == 0:
            name = name[:at] + name[at + 1 :]
        elif kind == 1 and at + 1 < len(name):
            name = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        elif kind == 2:
            name = name[:at] + name[at] + name[at:]
        elif kind == 3:
            near = _NEIGHBOURS.get(letter, letter)
            name = name[:at] + near[pick % len(near)] + name[at + 1 :]
        else:
            name = name[:at] + _MISREAD.get(letter, letter) + name[at + 1 :]
        result[index] = name
    return result


def otherwise(rng: Generator, written: Words, table: dict[str, list[str]], how_likely: float) -> Words:
    """Return names with some replaced by another form that ``table`` gives (a nickname, a spelling)."""
    result = written.copy()
    where = np.flatnonzero(happens(rng, how_likely, len(written)))
    picks = rng.integers(0, 1000, len(where))
    for index, pick in zip(where.tolist(), picks.tolist(), strict=True):
        others = table.get(result[index])
        if others:
            result[index] = others[pick % len(others)]
    return result


def in_plain_letters(written: Words) -> Words:
    """Return names in the letters of an old system."""
    known = {
        name: names.plain(name)
        for name in dict.fromkeys(each for each in written if each is not None and not each.isascii())
    }
    return np.array([known.get(each, each) for each in written], dtype=object)
