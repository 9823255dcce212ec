"""Run a command as a person would, and see how long it took and how much memory it held at its peak."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMMAND = Path(sys.executable).with_name("alongside")
"""The installed command of the Python that runs the benchmark."""


@dataclass(frozen=True)
class Measured:
    """How many seconds a command took, the peak memory of its largest process, and what it printed."""

    seconds: float
    peak_mib: float
    printed: str

    @property
    def answer(self) -> dict[str, Any]:
        """What a command printed when run with ``--json``."""
        answer: dict[str, Any] = json.loads(self.printed)
        return answer


class CommandFailedError(Exception):
    """The command did not end with 0; the message is its last words."""


def alongside(*arguments: str | Path) -> Measured:
    """Run ``alongside`` with these arguments."""
    return run(str(COMMAND), *map(str, arguments))


def run(*command: str) -> Measured:
    """Run a command to its end; its standard output is kept, its standard error shown only if it fails.

    Raises:
        CommandFailedError: it ended with anything but 0.
    """
    with TemporaryFile() as printed, TemporaryFile() as complaints:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=printed, stderr=complaints)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complaints.seek(0)
        if process.returncode:
            asked = " ".join(command[:3])
            last = " ".join(complaints.read().decode(errors="replace").strip().splitlines()[-3:])
            raise CommandFailedError(f"{asked} ended with {process.returncode}: {last}")
        return Measured(seconds, usage.ru_maxrss / 1024, printed.read().decode())


def data_folder() -> Path | None:
    """Where the public data sets are: ``ALONGSIDE_DATA``, else ``shared/data`` beside the repository."""
    named = os.environ.get("ALONGSIDE_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None
