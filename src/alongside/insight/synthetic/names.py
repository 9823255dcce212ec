"""Names of an English borough, by origin, with each origin's own customs.

The lists in ``data/`` are written by hand and hold common names only. Frequencies fall off with rank, as
in real life; the long tail of English surnames is made up from the syllables of place names.
"""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import Words
from alongside.insight.synthetic.chance import Flags, Places, happens, ranked, weighted

ORIGINS: dict[str, float] = {
    "british": 0.60,
    "irish": 0.015,
    "polish": 0.035,
    "romanian": 0.025,
    "pakistani": 0.075,
    "punjabi": 0.035,
    "gujarati": 0.03,
    "bangladeshi": 0.04,
    "nigerian": 0.035,
    "ghanaian": 0.012,
    "somali": 0.018,
    "caribbean": 0.03,
    "chinese": 0.012,
    "arabic": 0.018,
    "turkish": 0.01,
    "iberian": 0.015,
}
"""Origins of names and their share of households; like a mixed English borough, but no real one."""
ORIGIN_NAMES = tuple(ORIGINS)
BRITISH, IRISH, POLISH, ROMANIAN, PAKISTANI, PUNJABI, GUJARATI, BANGLADESHI = range(8)
NIGERIAN, GHANAIAN, SOMALI, CARIBBEAN, CHINESE, ARABIC, TURKISH, IBERIAN = range(8, 16)
_PLAIN = str.maketrans(
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻşŞţŢșȘțȚăĂâÂîÎıİğĞçÇöÖüÜéÉíÍáÁñÑúÚãÃëËêÊôÔ",
    "acelnoszzACELNOSZZsStTsStTaAaAiIiIgGcCoOuUeEiIaAnNuUaAeEeEoO",
)


def _sections(file: str) -> dict[str, list[str]]:
    text = files(__package__).joinpath("data", file).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            here = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            here.extend(line.split())
    return {key: list(dict.fromkeys(names)) for key, names in found.items()}


def _pool(names: list[str]) -> Words:
    return np.array(names, dtype=object)


@cache
def _forenames() -> dict[tuple[int, int], list[tuple[int, Words]]]:
    """Lists by origin and sex (0 female, 1 male), each with the first year of birth it holds for."""
    found: dict[tuple[int, int], list[tuple[int, Words]]] = {}
    for title, names in _sections("forenames.txt").items():
        origin, sex, year = title.split()
        found.setdefault((ORIGIN_NAMES.index(origin), int(sex == "male")), []).append(
            (int(year), _pool(names))
        )
    return found


@cache
def _surnames() -> dict[str, Words]:
    return {title: _pool(names) for title, names in _sections("surnames.txt").items()}


@cache
def spellings() -> dict[str, list[str]]:
    """Return the other spellings of a name that is heard or carried over from another alphabet."""
    text = files(__package__).joinpath("data", "spellings.txt").read_text(encoding="utf-8")
    groups = [line.split() for line in text.splitlines() if not line.startswith("#")]
    found: dict[str, list[str]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, []).extend(other for other in group if other != name)
    return found


@cache
def nicknames() -> dict[str, list[str]]:
    """Return what people given a name are called."""
    text = files(__package__).joinpath("data", "nicknames.txt").read_text(encoding="utf-8")
    pairs = [line.split(":") for line in text.splitlines() if not line.startswith("#")]
    return {name: short.split() for name, short in pairs}


def plain(name: str) -> str:
    """Return the name in the letters an old council system can hold."""
    return name.translate(_PLAIN)


def draw_forenames(rng: Generator, origin: Places, sex: Places, year: NDArray[np.int64]) -> Words:
    """Draw a forename for each person from the list of their origin, sex and year of birth."""
    drawn = np.empty(len(origin), dtype=object)
    for (of, which), eras in _forenames().items():
        starts = np.array([start for start, _ in eras])
        mine = np.flatnonzero((origin == of) & (sex == which))
        # one in twelve is named after somebody in another generation
        shown = np.where(happens(rng, 1 / 12, len(mine)), rng.integers(1905, 2026, len(mine)), year[mine])
        era = np.searchsorted(starts, shown, side="right") - 1
        for index, (_, pool) in enumerate(eras):
            here = mine[era == index]
            drawn[here] = pool[ranked(rng, len(pool), len(here), head=4.0, fall=0.9)]
    return drawn


def draw_surnames(rng: Generator, origin: Places) -> Words:
    """Draw a family name for each; nearly four in ten British ones come from the long tail."""
    lists = _surnames()
    drawn = np.empty(len(origin), dtype=object)
    for of, title in enumerate(ORIGIN_NAMES):
        mine = np.flatnonzero(origin == of)
        drawn[mine] = lists[title][ranked(rng, len(lists[title]), len(mine), head=4.0, fall=0.8)]
    british = np.flatnonzero((origin == BRITISH) | ((origin == CARIBBEAN) & happens(rng, 0.25, len(origin))))
    rare = british[happens(rng, 0.38, len(british))]
    heads, tails = lists["british heads"], lists["british tails"]
    drawn[rare] = (
        heads[ranked(rng, len(heads), len(rare), head=20.0, fall=0.6)]
        + tails[ranked(rng, len(tails), len(rare), head=8.0, fall=0.6)]
    )
    double = british[happens(rng, 0.02, len(british))]
    drawn[double] = drawn[double] + "-" + lists["british"][ranked(rng, 300, len(double), head=6.0, fall=0.7)]
    two = np.flatnonzero((origin == IBERIAN) & happens(rng, 0.6, len(origin)))
    drawn[two] = (
        drawn[two] + " " + lists["iberian"][ranked(rng, len(lists["iberian"]), len(two), head=4.0, fall=0.7)]
    )
    return drawn


def follow_customs(
    rng: Generator,
    *,
    origin: Places,
    female: Flags,
    adult: Flags,
    traditional: Flags,
    forename: Words,
    middle: Words,
    surname: Words,
) -> None:
    """Change names, in place, as each origin's customs would change a family's names.

    Sikh women are Kaur and men Singh, as surname or middle name; Bangladeshi and older Pakistani women
    carry
    a name of their own (Begum, Khatun, Bibi); Polish women's names end in -ska; a Mohammed among brothers
    goes by a second name; Chinese given names often have two syllables.

    Args:
        rng: The stream to draw from.
        origin: Place in ``ORIGIN_NAMES``.
        female: Who is female.
        adult: Who was born before 1990 or so, and named as was the custom then.
        traditional: Who lives in a household that keeps the custom whole.
        forename: Changed in place.
        middle: Changed in place.
        surname: Changed in place.
    """
    count = len(origin)
    sikh = origin == PUNJABI
    last = _pool(["Singh", "Kaur"])[female.astype(int)]
    whole = sikh & traditional
    surname[whole] = last[whole]
    part = sikh & ~traditional
    middle[part] = last[part]
    own = (origin == BANGLADESHI) & female & (adult | traditional)
    own |= (origin == PAKISTANI) & female & adult & traditional
    pool = _pool(["Begum", "Khatun", "Bibi", "Akhtar", "Akter", "Kausar", "Parveen"])
    surname[own] = pool[weighted(rng, [45, 15, 12, 12, 8, 5, 3], int(own.sum()))]
    slavic = np.flatnonzero((origin == POLISH) & female)
    surname[slavic] = [
        name[:-1] + "a" if name.endswith(("ski", "cki", "dzki")) else name for name in surname[slavic]
    ]
    called = np.isin(forename.astype(str), ["Mohammed", "Muhammad", "Mohammad", "Md", "Abdul", "Syed"])
    called &= np.isin(origin, [PAKISTANI, BANGLADESHI]) & happens(rng, 0.8, count)
    for of in (PAKISTANI, BANGLADESHI):
        mine = np.flatnonzero(called & (origin == of))
        others = _forenames()[of, 1][0][1][4:]
        middle[mine] = others[ranked(rng, len(others), len(mine), head=5.0, fall=0.8)]
    for which in (0, 1):
        mine = np.flatnonzero((origin == CHINESE) & (female == (which == 0)) & happens(rng, 0.55, count))
        syllables = _forenames()[CHINESE, which][0][1][:18]
        forename[mine] = [
            first if "-" in first else f"{first} {second}"
            for first, second in zip(
                forename[mine], syllables[rng.integers(0, len(syllables), len(mine))], strict=True
            )
        ]
