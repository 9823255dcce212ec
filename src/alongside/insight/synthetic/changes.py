"""What changes in three years: homes, names and telephones; who moves, marries, separates and dies."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic import names, numbers
from alongside.insight.synthetic.calendar import AS_AT, NEVER, OPENING, Days, Words
from alongside.insight.synthetic.chance import Flags, Places, happens
from alongside.insight.synthetic.shapes import (
    CHILD,
    FIRST,
    GROWN,
    HOMELESS,
    HOSTEL,
    HOUSEMATE,
    OLDER_COUPLE,
    OLDER_SINGLE,
    PARTNER,
    SHARED_HOUSE,
    YEAR,
)


def moves(
    rng: Generator,
    *,
    household: Places,
    role: NDArray[np.int8],
    shape: Places,
    sex: NDArray[np.int8],
    age: NDArray[np.float64],
    tenure: NDArray[np.int8],
    home: Places,
    empty: Places,
    refuge: int,
    first_hostel: int,
) -> tuple[Places, Days, Days]:
    """Draw who moves where and when.

    Whole households, couples who separate, young people who leave, and a few into a refuge or hostel.

    People move into homes others have left, so that strangers have the same address at different times.
    """
    people, households = len(household), len(shape)
    now, moved = home.copy(), np.full(people, NEVER, dtype=np.int32)
    movable = (shape != HOSTEL) & (shape != HOMELESS)
    going = movable & happens(
        rng,
        np.array([0.09, 0.36, 0.13])[tenure]
        * np.where(np.isin(shape, [OLDER_SINGLE, OLDER_COUPLE]), 0.4, 1.0),
        households,
    )
    when = rng.integers(OPENING, AS_AT - 10, households).astype(np.int32)
    couple = np.zeros(households, dtype=bool)
    couple[household[role == PARTNER]] = True
    parting = (
        couple
        & ~going
        & happens(rng, np.where(np.isin(shape, [OLDER_COUPLE, GROWN]), 0.006, 0.045), households)
    )
    separated = np.where(parting, when, NEVER).astype(np.int32)
    movers = np.flatnonzero(going)
    left = home[np.searchsorted(household, movers)]
    leavers = np.flatnonzero(
        (parting[household] & (role == PARTNER))
        | ((role == CHILD) & (age >= 20) & (age < 32) & ~going[household] & happens(rng, 0.16, people))
        | ((role == HOUSEMATE) & (shape[household] == SHARED_HOUSE) & happens(rng, 0.4, people))
    )
    free = rng.permutation(np.concatenate([left, empty]))
    # if more leave than there are free homes, several share one: a house of strangers
    given = free[np.arange(len(movers) + len(leavers)) % len(free)]
    target = np.full(households, -1, dtype=np.int64)
    target[movers] = given[: len(movers)]
    whole = going[household]
    now[whole] = target[household[whole]]
    moved[whole] = when[household[whole]]
    now[leavers] = given[len(movers) :]
    moved[leavers] = np.where(
        role[leavers] == PARTNER, when[household[leavers]], rng.integers(OPENING, AS_AT - 10, len(leavers))
    )
    # some of those who separate flee with the children; some have nowhere to go
    fled = parting & happens(rng, 0.09, households)
    mother = np.flatnonzero(np.isin(role, [FIRST, PARTNER]) & (sex == 0) & fled[household])
    fleeing = np.zeros(people, dtype=bool)
    fleeing[mother] = True
    with_mother = np.zeros(households, dtype=bool)
    with_mother[household[mother]] = True
    fleeing |= (role == CHILD) & (age < 18) & with_mother[household]
    now[fleeing] = refuge
    moved[fleeing] = np.maximum(when[household[fleeing]], AS_AT - 220)
    adrift = np.flatnonzero((shape[household] == HOMELESS) & happens(rng, 0.4, people))
    now[adrift] = first_hostel
    moved[adrift] = rng.integers(OPENING, AS_AT - 10, len(adrift))
    return now, moved, separated


def renaming(
    rng: Generator,
    *,
    household: Places,
    role: NDArray[np.int8],
    sex: NDArray[np.int8],
    surname: Words,
    origin: Places,
    separated: Days,
    first_man: Places,
    born: Days,
) -> tuple[tuple[Words, Words], Days]:
    """Draw who marries and takes the husband's name, and who takes her own back after separating.

    Returns (before, after) and the day.
    """
    people = len(household)
    before, after = surname.copy(), surname.copy()
    renamed = np.full(people, NEVER, dtype=np.int32)
    custom = ~np.isin(origin, [names.PUNJABI, names.BANGLADESHI, names.SOMALI, names.CHINESE, names.ARABIC])
    wives = np.isin(role, [FIRST, PARTNER]) & (sex == 0) & (first_man[household] >= 0) & custom
    parted = separated[household] < NEVER
    own = names.draw_surnames(rng, origin)
    young = (AS_AT - born) / YEAR < 48
    marries = wives & ~parted & happens(rng, np.where(young, 0.09, 0.008), people)
    before[marries] = own[marries]
    husband = surname[first_man[household]]
    feminine = np.array(
        [name[:-1] + "a" if name.endswith(("ski", "cki")) else name for name in husband[marries]],
        dtype=object,
    )
    after[marries] = feminine
    renamed[marries] = rng.integers(OPENING + 30, AS_AT - 30, int(marries.sum()))
    back = wives & parted & happens(rng, 0.35, people)
    after[back] = own[back]
    renamed[back] = np.minimum(separated[household[back]] + rng.integers(60, 400, int(back.sum())), AS_AT - 1)
    return (before, after), renamed


def contacts(
    rng: Generator, *, household: Places, age: NDArray[np.float64], forename: Words, surname: Words
) -> tuple[Words, Words]:
    """Draw telephone numbers, a quarter of them shared in the household; children have a parent's.

    Also e-mail addresses.
    """
    people = len(household)
    phone = numbers.telephones(rng, people)
    first = np.searchsorted(household, household)
    shared = (age < 16) | happens(rng, 0.25, people)
    phone[shared] = phone[first[shared]]
    phone[happens(rng, 0.05, people)] = None
    email = np.full(people, None, dtype=object)
    host = np.array(["example.com", "example.org", "example.net"], dtype=object)
    writes = np.flatnonzero(
        happens(rng, np.where(age < 16, 0.0, np.clip(1.25 - age / 110, 0.3, 0.9)), people)
    )
    digits = rng.integers(0, 1000, len(writes))
    style = rng.integers(0, 3, len(writes))
    at = host[rng.integers(0, 3, len(writes))]
    email[writes] = [
        "".join(each for each in names.plain(text).lower() if each.isalnum() or each in "._-@")
        for text in (
            (first if how == 0 else first[:1] if how == 1 else first + ".")
            + last.replace(" ", "")
            + (str(number) if how < 2 else str(number % 100))
            + "@"
            + place
            for first, last, number, how, place in zip(
                [each.split(" ")[0] for each in forename[writes]],
                surname[writes],
                digits.tolist(),
                style.tolist(),
                at,
                strict=True,
            )
        )
    ]
    return phone, email


def deaths(rng: Generator, age: NDArray[np.float64], rough: Flags) -> Days:
    """Draw deaths within the three years, by age; three times as often among those with no home."""
    yearly = 0.00035 + 0.00003 * np.exp(0.094 * np.clip(age, 0, 100)) * np.where(rough, 12.0, 1.0)
    dies = rng.exponential(1.0, len(age)) / np.minimum(yearly, 0.6)
    day = OPENING + dies * YEAR
    alive = (day >= AS_AT - 5) | (age < 3.2)
    return np.where(alive, NEVER, day).astype(np.int32)
