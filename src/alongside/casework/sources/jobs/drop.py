"""The drop folder: agencies put extracts there, and a run is made that waits for an approver."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.background.rules import Outcome, Went
from alongside.casework.kernel.connections import let_go
from alongside.casework.sources.jobs.links import DECISIONS_FILE, write_decisions
from alongside.casework.sources.jobs.objections import write_objections
from alongside.casework.sources.jobs.runs import open_run, run_folders, runs_folder, waiting_folders
from alongside.casework.sources.models import Run
from alongside.errors import AlongsideError
from alongside.insight.intake import OBJECTIONS_FILE, all_files, shown
from alongside.insight.run import find
from alongside.insight.run_folder import MANIFEST, mark
from alongside.insight.run_folder import Run as RunFolder
from alongside.insight.run_folder import open_run as open_folder

STILL_WRITING = 60
"""Seconds since a file was last written before it counts as whole."""
MAKING = ".drop-folder-makes"
"""The name of the run that is being made, in the folder of runs, until it is noted in the database."""
LOCK = ".drop-folder-lock"
"""A file in the folder of runs, locked by the one process that may make a run of the drop folder."""


class BeingMadeError(AlongsideError):
    """Another process looks into the drop folder now, and may be making a run of it."""


def watch_drop_folder(*, at: datetime) -> Run | None:
    """Make a run if an agency has put a new extract into the drop folder; None if there is nothing new.

    The run waits for an approver: nothing is ever released from here. None is made while a file is still
    being written, and one that was made before but could not be noted is noted first.

    Raises:
        BeingMadeError: another process is doing so now.
        AlongsideError: the run could not be made; the message says why.
    """
    with alone():
        return _watched(at)


@contextmanager
def alone() -> Iterator[None]:
    """Keep others from making a run of the drop folder; the system lets go however this process ends.

    There is one marker of what is being made, so a second run beside it would have the first forgotten.

    Raises:
        BeingMadeError: another process is making one.
    """
    runs_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (runs_folder() / LOCK).open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingMadeError(
                "Another process is making a run of the drop folder now, so none was begun here. Wait until "
                "it has ended."
            ) from None
        yield


def _watched(at: datetime) -> Run | None:
    drop, actor = Path(settings.DROP_FOLDER), system_actor("drop folder")
    folders = sorted(run_folders(), key=lambda each: (each / MANIFEST).stat().st_mtime)
    if folders and _left_unnoted(folders[-1].name, actor):
        return _noted(folders[-1].name, actor, at)
    previous = open_folder(folders[-1]) if folders else None
    if not_yet(drop, at) or not _has_news(drop, previous, at):
        return None
    write_decisions(actor=actor, at=at)
    write_objections(actor=actor, at=at)
    name = _free_name(f"{at:%Y-%m-%d}")
    making = runs_folder() / MAKING
    making.write_text(name, encoding="utf-8")
    let_go()  # an hour from now it may have been cut
    try:
        find(
            Path(settings.AREA_FOLDER),
            drop,
            as_at=timezone.localdate(at),
            out=runs_folder() / name,
            previous=previous.folder if previous else None,
            decisions=runs_folder() / DECISIONS_FILE,
        )
    except BaseException:
        if not (runs_folder() / name).exists():  # one that is there is whole, and is noted the next time
            making.unlink(missing_ok=True)
        raise
    return _noted(name, actor, at)


def whole_files(drop: Path, at: datetime) -> list[Path]:
    """Return the files of the drop folder that nobody is still writing, by name; links do not count."""
    return [
        each
        for each, written in _written(drop).items()
        if not each.is_symlink() and at.timestamp() - written >= STILL_WRITING
    ]


def not_yet(drop: Path, at: datetime) -> Outcome | None:
    """Say why no run may be made yet; None if one may be.

    A run reads the whole folder, so one file that is half there would leave people out of it.
    """
    ages = {shown(each, drop): at.timestamp() - written for each, written in _written(drop).items()}
    ages.pop(OBJECTIONS_FILE, None)  # Alongside's own is put there whole
    if ahead := [name for name, age in ages.items() if age < -STILL_WRITING]:
        return Outcome(
            "No run is made, because a file is dated in the future and so may still be being written: "
            f"{', '.join(ahead)}. Put it there again, or correct its date.",
            Went.BADLY,
        )
    if young := [name for name, age in ages.items() if age < STILL_WRITING]:
        return Outcome(
            f"{', '.join(young)} may still be being written. Alongside waits until no file has changed for a "
            "minute."
        )
    return None


def _written(drop: Path) -> dict[Path, float]:
    """When each file that a run would read was last written, in seconds."""
    written = {}
    for each in all_files(drop) if drop.is_dir() else []:
        with suppress(FileNotFoundError):  # an upload that is done may get another name
            if each.is_file():
                written[each] = each.stat().st_mtime
    return written


def _has_news(drop: Path, previous: RunFolder | None, at: datetime) -> bool:
    """Whether there is a whole file that the run before did not read as it is now."""
    whole = {shown(each, drop): each for each in whole_files(drop, at)}
    if previous is None:
        return bool(whole)
    strange = set(previous.json("quality.json").get("unmatched_files", []))
    return any(
        name not in strange and previous.manifest.inputs.get(name) != mark(each)
        for name, each in whole.items()
    )


def _left_unnoted(newest: str, actor: Actor) -> bool:
    """Whether the newest run folder was made from here, and the database never learned of it."""
    try:
        made = (runs_folder() / MAKING).read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return made == newest and newest in waiting_folders(actor)


def _noted(name: str, actor: Actor, at: datetime) -> Run:
    run = open_run(actor=actor, at=at, folder=name)
    (runs_folder() / MAKING).unlink(missing_ok=True)
    return run


def _free_name(name: str) -> str:
    taken = {each.name for each in runs_folder().iterdir()} if runs_folder().is_dir() else set()
    others = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *others) if each not in taken)
