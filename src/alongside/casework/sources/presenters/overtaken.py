"""What is said of a run that a newer one overtook, wherever it could be released from."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.sources.models import Run
from alongside.casework.sources.rules import overtaken_in_words


@dataclass(frozen=True)
class OvertakenShown:
    """Why nothing is released from a run, and the run to release from instead."""

    sentence: str
    newer_id: UUID
    newer: str


def overtaken(newer: Run | None) -> OvertakenShown | None:
    """Say that this run is newer; None where none is."""
    if newer is None:
        return None
    named = _("Run as at %(day)s") % {"day": day_in_words(newer.as_at)}
    return OvertakenShown(overtaken_in_words(newer.as_at), newer.id, named)
