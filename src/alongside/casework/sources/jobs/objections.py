"""Who the next run leaves out, as an extract of Alongside's own beside those of the agencies.

A run recognises them as it does anybody, by joining records; the source in the area pack that reads this file
says that they object, and the lists exclude it (``excludes: [objected]``).
"""

from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path

from django.conf import settings

from alongside.area import AreaPack
from alongside.casework.access.actors import Actor
from alongside.casework.sources.commands import objections
from alongside.casework.sources.jobs.files import write_whole
from alongside.casework.sources.queries.objecting import Objector
from alongside.insight.intake import OBJECTIONS_FILE, asks_for_objections


def write_objections(*, actor: Actor, at: datetime) -> int:
    """Write who objects into the drop folder, where the next run reads it; return how many."""
    path = Path(settings.DROP_FOLDER) / OBJECTIONS_FILE
    return objections.hand_over_objections(
        actor=actor, at=at, write=lambda people: write_objections_file(path, people)
    )


def write_objections_file(path: Path, people: Sequence[Objector]) -> None:
    """Write them as the extract that the pack's source reads, the same bytes for the same people.

    Where nobody objects there is no file: an extract without a row would be one that failed.
    """
    if people:
        write_whole(path, [each.name for each in fields(Objector)], map(astuple, people))
    else:
        path.unlink(missing_ok=True)


def reach_runs(pack: AreaPack) -> bool:
    """Say whether the pack has a source that reads this file: without one no run learns of an objection."""
    return any(asks_for_objections(source.files) for source in pack.sources.values())
