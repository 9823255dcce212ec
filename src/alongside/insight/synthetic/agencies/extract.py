"""What every agency's extract is made of, and the small things they have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from alongside.insight.synthetic.calendar import AS_AT, OPENING, Days, Words
from alongside.insight.synthetic.chance import Flags, Places, happens, stream
from alongside.insight.synthetic.lives import Lives
from alongside.insight.synthetic.population import Population

Column = NDArray[Any]


@dataclass(frozen=True)
class Form:
    """The kind of file an agency sends."""

    suffix: str = "csv"
    """``csv``, ``parquet`` or ``xlsx``."""
    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, eq=False)
class Extract:
    """One agency's extract, and who each of its records is really about."""

    source: str
    columns: Mapping[str, Column]
    """In the order of the file; the column ``record`` names each row."""
    record: str
    person: Places
    """Who each record names; -1 where it names nobody."""
    about: Places
    """Who it is about, named or not; -1 where it is about a place."""
    form: Form = field(default_factory=Form)

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.source}_202610.{self.form.suffix}"

    @property
    def rows(self) -> int:
        """How many records."""
        return len(self.person)


@dataclass(frozen=True, eq=False)
class World:
    """Everything an agency could see."""

    population: Population
    lives: Lives

    def stream(self, source: str) -> Generator:
        """Return the agency's own random stream."""
        return stream(self.population.seed, source)

    def ages(self) -> NDArray[np.float64]:
        """Return everyone's age on the day, in years with fractions."""
        return (AS_AT - self.population.born) / 365.25

    def alive(self) -> Flags:
        """Return who is alive on the day."""
        return self.population.died >= AS_AT

    def span(
        self, since: int = OPENING, *, from_age: float = 0.0, to_age: float = 130.0
    ) -> tuple[Days, Days]:
        """Return the period in which each person could meet an agency.

        Alive, of an age, before the day of the extract.
        """
        born = self.population.born
        begins = np.maximum(since, born + np.int32(from_age * 365.25))
        ends = np.minimum(np.minimum(self.population.died, AS_AT - 2), born + np.int32(to_age * 365.25))
        return begins.astype(np.int32), np.maximum(ends, begins).astype(np.int32)


def serials(prefix: str, count: int, *, start: int = 1, width: int = 7) -> Words:
    """Return ``count`` running references, such as ``AE0000001``."""
    return np.array([f"{prefix}{each:0{width}d}" for each in range(start, start + count)], dtype=object)


def local_number(rng: Generator, population: Population, who: Places, prefix: str) -> Words:
    """Return the agency's own number of each person.

    The same person has the same one, barring one in 200 entered twice.
    """
    order = rng.permutation(population.count)
    twice = happens(rng, 0.005, len(who))
    return np.array(
        [
            f"{prefix}{each:07d}"
            for each in np.where(twice, order[who] + population.count, order[who]).tolist()
        ],
        dtype=object,
    )


def chosen(words: list[str | None], which: Places | Flags) -> Words:
    """Return the word for each place in the list."""
    return np.array(words, dtype=object)[np.asarray(which).astype(np.int64)]


def spoilt(rng: Generator, column: Words, share: float, *instead: str) -> Words:
    """Return a column with a small share of its cells made impossible, as in rows from real systems."""
    result = column.copy()
    hit = np.flatnonzero(happens(rng, share, len(column)))
    result[hit] = np.array(instead, dtype=object)[rng.integers(0, len(instead), len(hit))]
    return result


def missing_as(word: str, column: Words) -> Words:
    """Return a column with missing values written as the agency writes them."""
    return np.where(column == None, word, column)  # noqa: E711 - element by element
