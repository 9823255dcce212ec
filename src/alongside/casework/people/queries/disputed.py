"""Which rows about a person are disputed: the app that keeps disputes adds the lookup, pages show it.

UK GDPR Article 18: while somebody checks whether something is right, it is marked where it is read.
"""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Model

from alongside.casework.kernel.asked import Asked

Marks = dict[tuple[str, str], str]
"""Maps a model's label and a row's key to the sentence shown beside that row."""
DISPUTED: Asked[Callable[[UUID], Marks]] = Asked()
"""Each is called with the id of any record of one person, and sees only what the reader may see."""


def mark_of(row: Model, marks: Marks) -> str:
    """Return what to show beside a row; empty where nothing is."""
    return marks.get((row._meta.label, str(row.pk)), "")


def disputed(person_id: UUID) -> Marks:
    """Return what to show beside rows of any record of a person. Not a page: its caller records the look."""
    found: Marks = {}
    for read in DISPUTED:
        found |= read(person_id)
    return found
