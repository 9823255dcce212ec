"""A million records of people who do not exist, with the mistakes records have, and who is who."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic.chance import happens, stream, weighted
from alongside.insight.synthetic.names import (
    ORIGINS,
    draw_forenames,
    draw_surnames,
    nicknames,
    plain,
    spellings,
)
from alongside.insight.synthetic.numbers import nhs_numbers, telephones

Words = NDArray[np.object_]
Whole = NDArray[np.int64]
RECORDS_PER_PERSON = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COPIED = 0.3
"""Share of records that say exactly what another of the same person says."""


def write_records(count: int, file: Path, *, seed: int = 1) -> None:
    """Write ``count`` records of about a third as many people, in no order, as one Parquet file.

    Columns: ``record_id forename surname birth_digits dob sex postcode phone nhs_number`` (text, NULL where
    not known) and ``person``, the truth. People live in households that share a home and often a surname.
    """
    rng = stream(seed, "records")
    people = count // RECORDS_PER_PERSON
    who = _people(rng, people)
    # each person has at least one record; the rest go to the few who are seen often, as in real life
    often = rng.permutation(np.repeat(np.arange(people), rng.geometric(0.3, people)))
    person = np.concatenate([np.arange(people), often, rng.integers(0, people, count)])[:count]
    version = _versions(rng, person)
    said, first = np.unique(np.stack([person, version], axis=1), axis=0, return_inverse=True)
    columns = _with_mistakes(rng, {name: values[said[:, 0]] for name, values in who.items()}, said[:, 1] == 0)
    order = rng.permutation(count)
    chosen = first.ravel()[order]
    table = {name: pa.array(values[chosen], pa.string()) for name, values in columns.items()}
    birth = columns["birth_digits"]
    dob = np.array([None if d is None else f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in birth], dtype=object)
    ids = pa.array([f"r{number:07d}" for number in range(count)])
    pq.write_table(
        pa.table(
            {"record_id": ids, **table, "dob": pa.array(dob[chosen], pa.string()), "person": person[order]}
        ),
        file,
    )


def _versions(rng: Generator, person: Whole) -> Whole:
    """Which version of the person a record is: 0 has no mistakes, and some are copies of another."""
    version = np.arange(len(person)) + 1
    return np.where(happens(rng, COPIED, len(person)), 0, version)


def _people(rng: Generator, count: int) -> dict[str, Words]:
    household = np.sort(rng.integers(0, int(count / 2.4) + 1, count))
    homes = int(household.max()) + 1
    home_origin = weighted(rng, list(ORIGINS.values()), homes)
    origin = home_origin[household]
    sex = rng.integers(0, 2, count)
    born = rng.integers(1930, 2024, count)
    surname = draw_surnames(rng, home_origin)[household]
    own = happens(rng, 0.25, count)
    surname[own] = draw_surnames(rng, origin[own])
    street = rng.integers(0, max(homes // 15, 1), homes)
    day = np.array([f"{year}-01-01" for year in born], dtype="datetime64[D]") + rng.integers(0, 365, count)
    phone = telephones(rng, count)
    phone[~happens(rng, 0.5, count)] = None
    numbers = nhs_numbers(rng, count)
    return {
        "forename": _small(draw_forenames(rng, origin, sex, born)),
        "surname": _small(surname),
        "birth_digits": np.char.replace(day.astype(str), "-", "").astype(object),
        "sex": np.array(["female", "male"], dtype=object)[sex],
        "postcode": _postcodes(street)[household],
        "phone": phone,
        "nhs_number": numbers,
    }


def _small(names: Words) -> Words:
    """Lower-case letters without accents, as cleaning leaves a name."""
    return np.array([plain(name).lower().replace(" ", "").replace("-", "") for name in names], dtype=object)


def _postcodes(street: Whole) -> Words:
    """A postcode in the area ZZ, which does not exist, for each street; neighbouring streets differ."""
    place = street * 7919 % 160_000
    return np.array(
        [
            f"zz{1 + each % 40}{each // 40 % 10}{LETTERS[each // 400 % 20]}{LETTERS[each // 8000 % 20]}"
            for each in place.tolist()
        ],
        dtype=object,
    )


def _with_mistakes(rng: Generator, said: dict[str, Words], perfect: NDArray[np.bool_]) -> dict[str, Words]:
    """Write each record as happens in real life; those in ``perfect`` as they should be."""
    count = len(perfect)
    columns = {name: values.copy() for name, values in said.items()}

    def some(share: float) -> Whole:
        return np.flatnonzero(happens(rng, share, count) & ~perfect)

    for column, missing, slip in (
        ("forename", 0.01, 0.07), ("surname", 0.01, 0.07), ("birth_digits", 0.04, 0.0), ("sex", 0.03, 0.0),
        ("postcode", 0.06, 0.03), ("phone", 0.45, 0.03), ("nhs_number", 0.58, 0.0),
    ):  # fmt: skip
        values = columns[column]
        if slip:
            here = some(slip)
            values[here] = [_slip(rng, each) for each in values[here]]
        values[some(missing)] = None
    other = {**nicknames(), **spellings()}
    other = {name.lower(): [plain(each).lower() for each in forms] for name, forms in other.items()}
    here = some(0.08)
    forename = columns["forename"]
    forename[here] = [_one_of(rng, other.get(name)) or name for name in forename[here]]
    for column, share in (
        ("surname", 0.04),
        ("postcode", 0.12),
        ("phone", 0.1),
    ):  # married, moved, a new number
        here = some(share)
        columns[column][here] = columns[column][rng.integers(0, count, len(here))]
    born = columns["birth_digits"]
    here = some(0.02)
    born[here] = [
        each and (each[:4] + each[6:] + each[4:6] if each[6:] <= "12" else each) for each in born[here]
    ]
    here = some(0.03)
    born[here] = [each and _wrong_day(rng, each) for each in born[here]]
    here = some(0.01)
    born[here] = [each and each[:4] + "0101" for each in born[here]]
    return columns


def _one_of(rng: Generator, forms: list[str] | None) -> str | None:
    return forms[int(rng.integers(len(forms)))] if forms else None


def _slip(rng: Generator, word: str | None) -> str | None:
    """One slip of the pen: a letter wrong, missing or doubled, or two swapped."""
    if word is None or len(word) < 3:
        return word
    kind, at = int(rng.integers(4)), int(rng.integers(1, len(word) - 1))
    match kind:
        case 0:
            return word[:at] + LETTERS[int(rng.integers(26))] + word[at + 1 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _wrong_day(rng: Generator, digits: str) -> str:
    """A day, month or year that is wrong."""
    match int(rng.integers(3)):
        case 0:
            return digits[:6] + f"{int(rng.integers(1, 29)):02d}"
        case 1:
            return digits[:4] + f"{int(rng.integers(1, 13)):02d}" + digits[6:]
        case _:
            return f"{int(digits[:4]) + int(rng.integers(-2, 3))}" + digits[4:]
