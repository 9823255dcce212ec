"""Which rows about a person are disputed: the app that keeps disputes adds the lookup, pages show it.

UK GDPR Article 18: while somebody checks whether something is right, it is marked where it is read.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Model

from alongside.casework.kernel.asked import Asked

Marks = dict[tuple[str, str], str]
"""Maps a model's label and a row's key to the sentence shown beside that row."""
DISPUTED: Asked[Callable[[Collection[UUID]], Marks]] = Asked()
"""Each is called with the ids of all records of one person, and sees only what the reader may see."""


def mark_of(row: Model, marks: Marks) -> str:
    """Return what to show beside a row; empty where nothing is."""
    return marks.get((row._meta.label, str(row.pk)), "")


def disputed(records: Collection[UUID]) -> Marks:
    """Return what to show beside rows of one person's records. Not a page: its caller records the look."""
    found: Marks = {}
    for read in DISPUTED:
        found |= read(records)
    return found
