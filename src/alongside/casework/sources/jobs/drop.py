"""The drop folder: agencies put extracts there, and a run is made that waits for an approver."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from alongside.casework.access.actors import system_actor
from alongside.casework.sources.jobs.links import DECISIONS_FILE, write_decisions
from alongside.casework.sources.jobs.objections import write_objections
from alongside.casework.sources.jobs.runs import open_run, run_folders, runs_folder
from alongside.casework.sources.models import Run
from alongside.insight.run import find
from alongside.insight.run_folder import MANIFEST, mark
from alongside.insight.run_folder import Run as RunFolder
from alongside.insight.run_folder import open_run as open_folder

STILL_WRITING = 60
"""Seconds since a file was last written before it counts as whole."""


def watch_drop_folder(*, at: datetime) -> Run | None:
    """Make a run if an agency has put a new extract into the drop folder; None if there is nothing new.

    The run waits for an approver: nothing is ever released from here.

    Raises:
        AlongsideError: the run could not be made; the message says why.
    """
    drop, actor = Path(settings.DROP_FOLDER), system_actor("drop folder")
    folders = sorted(run_folders(), key=lambda each: (each / MANIFEST).stat().st_mtime)
    previous = open_folder(folders[-1]) if folders else None
    if not _has_news(drop, previous, at):
        return None
    write_decisions(actor=actor, at=at)
    write_objections(actor=actor, at=at)
    name = _free_name(f"{at:%Y-%m-%d}")
    find(
        Path(settings.AREA_FOLDER),
        drop,
        as_at=timezone.localdate(at),
        out=runs_folder() / name,
        previous=previous.folder if previous else None,
        decisions=runs_folder() / DECISIONS_FILE,
    )
    return open_run(actor=actor, at=at, folder=name)


def whole_files(drop: Path, at: datetime) -> list[Path]:
    """Return the files of the drop folder that nobody is still writing, by name."""
    if not drop.is_dir():
        return []
    return [
        each
        for each in sorted(drop.iterdir())
        if each.is_file()
        and not each.is_symlink()
        and not each.name.startswith(".")
        and at.timestamp() - each.stat().st_mtime >= STILL_WRITING
    ]


def _has_news(drop: Path, previous: RunFolder | None, at: datetime) -> bool:
    """Whether there is a whole file that the run before did not read as it is now."""
    whole = whole_files(drop, at)
    if previous is None:
        return bool(whole)
    strange = set(previous.json("quality.json").get("unmatched_files", []))
    return any(
        each.name not in strange and previous.manifest.inputs.get(each.name) != mark(each) for each in whole
    )


def _free_name(name: str) -> str:
    taken = {each.name for each in runs_folder().iterdir()} if runs_folder().is_dir() else set()
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *others) if each not in taken)
