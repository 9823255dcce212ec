"""The drop folder as the background worker looks at it: cheaply, or else in a separate process.

A run of finding takes gigabytes and perhaps an hour. In a process of its own it gives the memory back, can
break without breaking the worker, and ends with the worker.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from alongside import __version__
from alongside.casework.background.rules import Outcome, Went
from alongside.casework.design.dates import moment_in_words
from alongside.casework.kernel.area import area_files, seen
from alongside.casework.sources.jobs.drop import MAKING, not_yet, whole_files
from alongside.casework.sources.jobs.runs import runs_folder

LOOKED = ".drop-folder-looked-at.json"
"""What the last look found, in the folder of runs: a run that could not be made is not tried each time."""
WAITS = ".drop-folder-waits"
"""Since when each look has found a file that may still be being written, in the folder of runs."""
PATIENCE = timedelta(hours=1)
"""How long that may go on before the page says that something is wrong."""
REFUSED = 3
"""The exit code of the separate process if the run could not be made, and it said why."""
BUSY = 4
"""Its exit code if another process, such as one started by hand, is making a run."""
COMMAND = [sys.executable, "-m", "django", "watch_drop_folder", "--until-input-ends"]


def look_into_drop_folder(*, at: datetime) -> Outcome:
    """Make a run, in a separate process, if what is in the drop folder is not what the last look found."""
    drop = Path(settings.DROP_FOLDER)
    if not drop.is_dir():
        return Outcome("There is no drop folder here.")
    if waiting := not_yet(drop, at):
        return _waited(waiting, at)
    (runs_folder() / WAITS).unlink(missing_ok=True)
    there = _fingerprint(whole_files(drop, at))
    kept = runs_folder() / LOOKED
    if known := _known(kept, there):
        return known
    reading, writing = os.pipe()
    try:
        done = subprocess.run(
            COMMAND, stdin=reading, capture_output=True, text=True, check=False, start_new_session=True
        )
    finally:
        os.close(writing)
        os.close(reading)
    if done.returncode == BUSY:
        return Outcome(done.stdout.strip(), Went.PARTLY)  # not kept: nobody has looked at what is there
    if done.returncode not in (0, REFUSED):
        # what it wrote may quote rows, so it goes nowhere
        return Outcome(
            "The run broke off, and that may be our fault. It will be tried again next time; "
            "`alongside manage watch-drop-folder` shows where.",
            Went.BADLY,
        )
    outcome = Outcome(done.stdout.strip(), Went.WELL if done.returncode == 0 else Went.BADLY)
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept.write_text(json.dumps({"there": there, "outcome": asdict(outcome)}), encoding="utf-8")
    return outcome


def _waited(waiting: Outcome, at: datetime) -> Outcome:
    """What a look says that waits: after an hour, that no agency's files become a run, and since when."""
    kept = runs_folder() / WAITS
    try:
        since = datetime.fromisoformat(kept.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # this is the first look that waits, or the note was cut off
        since = at
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.write_text(since.isoformat(), encoding="utf-8")
    if waiting.went != Went.WELL or at - since < PATIENCE:
        return waiting
    return Outcome(
        f"No run has been made since {moment_in_words(since)}, because a file had just changed at every "
        f"look, so no agency's new files are used. {waiting.words} Whoever puts the file there should change "
        "it less often.",
        Went.BADLY,
    )


def _known(kept: Path, there: str) -> Outcome | None:
    """What the last look said, if everything is as it was then."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["there"] != there:
            return None
        if (went := Went(told["outcome"]["went"])) == Went.WELL:
            return Outcome("There is nothing new in the drop folder.")
        return Outcome(told["outcome"]["words"], went)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # never looked, or not by this version


def _fingerprint(whole: list[Path]) -> str:
    """What a look depends on, from names, sizes and times alone: files, pack, program, a run not noted."""
    all_seen = [*map(seen, whole), *area_files(), seen(runs_folder() / MAKING)]
    return sha256(json.dumps([__version__, all_seen]).encode()).hexdigest()
