"""The installed command, as an analyst types it, and a partnership of one extract to type it at."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from tools.tree import ROOT

COMMAND = Path(sys.executable).with_name("alongside")
Told = subprocess.CompletedProcess[str]


class Alongside(Protocol):
    def __call__(
        self, *arguments: str | Path, in_folder: Path | None = None, largest_file: int = 0
    ) -> Told: ...


@pytest.fixture(scope="session")
def alongside() -> Alongside:
    """Run the command and give what it told; whatever happened, it told no traceback and no defect of ours.

    ``largest_file``, in bytes, is how far a file may grow: what a full disk looks like from inside.
    """

    def run(*arguments: str | Path, in_folder: Path | None = None, largest_file: int = 0) -> Told:
        told = subprocess.run(
            [COMMAND, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            cwd=in_folder,
            preexec_fn=_limit(largest_file) if largest_file else None,
        )
        said = told.stdout + told.stderr
        assert "Traceback" not in said, said
        assert told.returncode in {0, 1, 2}, said
        return told

    return run


def _limit(largest_file: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))


@pytest.fixture
def first_list(tmp_path: Path) -> Path:
    """A copy of the pack for one extract: ``area`` and ``extracts``, five rows of four people."""
    place = tmp_path / "mine"
    for path in sorted((ROOT / "docs" / "how-to" / "first-list").rglob("*")):
        copy = place / path.relative_to(ROOT / "docs" / "how-to" / "first-list")
        if path.is_dir():
            copy.mkdir(parents=True)
        else:
            copy.write_bytes(path.read_bytes())
    return place
