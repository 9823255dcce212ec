"""What a name sounds like, and which longer name it is short for: worked out once per distinct name."""

from collections.abc import Iterable, Mapping
from functools import cache

import jellyfish
import pyarrow as pa
from nicknames import NickNamer


@cache
def _longer() -> Mapping[str, set[str]]:
    return NickNamer().canonical_lookup


def sound_of(name: str) -> str:
    """How a name sounds (Metaphone): Mohammed, Muhammad and Mohamed alike. Itself if nothing is left."""
    return jellyfish.metaphone(name) or name


def longer_names(name: str) -> list[str]:
    """The names that ``name`` is a short or pet form of, sorted: Bill is Robert, Will or William."""
    return sorted(_longer().get(name.lower(), ()))


def name_forms(names: Iterable[str]) -> pa.Table:
    """A table ``name sound longer`` of distinct names, for joining to records.

    ``longer`` holds ``longer_names`` with a space before and after each, NULL where there is none: text,
    because a list would make every pair costlier to compare.
    """
    ordered = sorted(set(names))
    return pa.table(
        {
            "name": pa.array(ordered, pa.string()),
            "sound": pa.array([sound_of(name) for name in ordered], pa.string()),
            "longer": pa.array(
                [f" {' '.join(names)} " if (names := longer_names(name)) else None for name in ordered],
                pa.string(),
            ),
        }
    )
