"""Which rows about a person are disputed: the app that keeps disputes adds how to look, pages show it.

UK GDPR Article 18: while it is looked into whether something is right, it is marked wherever it is shown.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from alongside.casework.kernel.asked import Asked

Marks = dict[tuple[str, str], str]
"""Label of a model and key of its row to a sentence that stands beside it, in finished words."""
DISPUTED: Asked[Callable[[Collection[UUID]], Marks]] = Asked()
"""Each is asked with the ids of all records of one person, within whatever the reader may see."""


def disputed(records: Collection[UUID]) -> Marks:
    """Return what stands beside rows of a person's records, those of nobody else. A door, not a page."""
    found: Marks = {}
    for read in DISPUTED:
        found |= read(records)
    return found
