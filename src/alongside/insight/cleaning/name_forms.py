"""What a name sounds like, and which longer name it is short for: worked out once per distinct name."""

from collections.abc import Iterable
from functools import cache

import jellyfish
import pyarrow as pa
from nicknames import NickNamer


@cache
def _namer() -> NickNamer:
    return NickNamer()


def sound_of(name: str) -> str:
    """How a name sounds (Metaphone): Mohammed, Muhammad and Mohamed alike. Itself if nothing is left."""
    return jellyfish.metaphone(name) or name


def root_of(name: str) -> str:
    """The name that ``name`` is a short or pet form of (of several, the first), else ``name`` itself."""
    roots = _namer().canonicals_of(name)
    return min(roots) if roots else name


def name_forms(names: Iterable[str]) -> pa.Table:
    """A table ``name sound root`` of distinct names, for joining to records."""
    ordered = sorted(set(names))
    return pa.table(
        {
            "name": pa.array(ordered, pa.string()),
            "sound": pa.array([sound_of(name) for name in ordered], pa.string()),
            "root": pa.array([root_of(name) for name in ordered], pa.string()),
        }
    )
