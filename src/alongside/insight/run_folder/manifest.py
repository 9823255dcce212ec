"""``manifest.json``: what a run was made from, with what, and what came out; from it the run can be repeated.

It holds nothing from the clock (``timings.json`` does, outside this promise): the same inputs give the same
bytes.
"""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alongside.errors import DataRefusedError

FILE = "manifest.json"
FORMAT: Literal["alongside-run/1"] = "alongside-run/1"
"""Changes whenever readers of the folder have to change."""
_ANY_FORMAT = "alongside-run/"
_ENGINES = ("alongside", "duckdb", "pyarrow", "pyspark", "scipy", "splink", "sqlglot")
_IN_NO_MANIFEST = {FILE, "timings.json"}


class FileMark(BaseModel):
    """What tells whether a file is still the one that was read or written."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int = Field(ge=0, description="bytes")


class Manifest(BaseModel):
    """See the module; every mapping is keyed by a path with forward slashes, relative to its folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["alongside-run/1"] = FORMAT
    area: str = Field(description="code of the area pack")
    as_at: date
    seed: int
    backend: str
    key_fingerprint: str = Field(description="tells two keys apart; the key itself is nowhere in the folder")
    kept_identity: bool = Field(description="identity/ holds everybody, not only people on a list")
    pack: str = Field(description="SHA-256 of the area pack's files, names and bytes")
    inputs: dict[str, FileMark] = Field(description="the extracts that were read")
    decisions: FileMark | None = Field(default=None, description="the clerk's file")
    previous: FileMark | None = Field(default=None, description="manifest.json of the previous run")
    counts: dict[str, int]
    versions: dict[str, str]
    outputs: dict[str, FileMark]

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder``, keys in order."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True)
        (folder / FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a run folder.

    Raises:
        DataRefusedError: it is missing, damaged, or not in the format this version reads.
    """
    path = folder / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataRefusedError(
            f"{folder} is not a run folder: it has no {FILE}; name a folder that `alongside find` wrote"
        ) from None
    except ValueError:
        raise DataRefusedError(f"{path} is damaged: it is not JSON; make the run again") from None
    told = found.get("format") if isinstance(found, dict) else None
    if told != FORMAT:
        raise DataRefusedError(
            f"{path} is in the format {told}, but this version reads {FORMAT}; make the run again"
        )
    try:
        return Manifest.model_validate(found)
    except ValidationError as error:
        where = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
        raise DataRefusedError(f"{path} is damaged ({where}); make the run again") from None


def is_run(folder: Path) -> bool:
    """Say whether a folder holds a run, of this format or another."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and str(found.get("format")).startswith(_ANY_FORMAT)


def mark(path: Path) -> FileMark:
    """Work out the mark of one file."""
    with path.open("rb") as stream:
        return FileMark(sha256=hashlib.file_digest(stream, "sha256").hexdigest(), size=path.stat().st_size)


def marks(folder: Path, paths: Iterable[Path] | None = None) -> dict[str, FileMark]:
    """Mark ``paths``, or every file in ``folder`` that a manifest lists, by its path within ``folder``."""
    chosen = paths if paths is not None else (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in chosen}
    return {name: mark(named[name]) for name in sorted(named.keys() - _IN_NO_MANIFEST)}


def changed(folder: Path, promised: Mapping[str, FileMark]) -> list[str]:
    """Name the files in ``folder`` that are gone, lie elsewhere or are no longer what was ``promised``."""
    return [name for name, was in promised.items() if not _is_still(folder, name, was)]


def _is_still(folder: Path, name: str, was: FileMark) -> bool:
    """Whether a file is there itself: a link may lead to what is right today and something else tomorrow."""
    path = folder / name
    itself = path.resolve() == folder.resolve() / name
    # its size first: a file that was made huge is not read to its end
    return itself and path.is_file() and path.stat().st_size == was.size and mark(path) == was


def versions() -> dict[str, str]:
    """Say which Python and which engines made the run."""
    found = {"python": platform.python_version()}
    for name in _ENGINES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an engine that is not installed, such as pyspark
            continue
    return found
