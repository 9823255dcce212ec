"""The files of a source: which match, what they are by their first bytes, and their fingerprint."""

import gzip
import hashlib
import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, Literal, cast

from alongside.errors import AskedWronglyError, DataRefusedError

BLOCK = 16 << 20
"""Bytes read at a time: what bounds the memory of reading text."""
Format = Literal["csv", "parquet", "xlsx"]
OBJECTIONS_FILE = "objections_alongside.csv"
"""Who objects to being found, as Alongside records it and writes it into the drop folder before each run."""

_NOT_TEXT = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Office file",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x7fELF": "a program",
}


def all_files(extracts: Path) -> list[Path]:
    """Return what lies in the extracts folder and is not hidden; folders only if named ``.csv`` and such.

    Raises:
        AskedWronglyError: there is no such folder.
    """
    if not extracts.is_dir():
        raise AskedWronglyError(
            f"There is no folder {extracts.name!r} to read extracts from; name one that exists."
        )
    found = [
        path
        for path in extracts.rglob("*")
        if not any(p.startswith(".") for p in path.relative_to(extracts).parts)
    ]
    return sorted(
        (path for path in found if not path.is_dir() or path.suffix),
        key=lambda path: (shown(path, extracts).casefold(), shown(path, extracts)),
    )


def shown(path: Path, extracts: Path) -> str:
    """Return the name of a file as people see it: from the extracts folder down, if it is in there."""
    return path.relative_to(extracts).as_posix() if path.is_relative_to(extracts) else path.name


def matches(path: Path, extracts: Path, pattern: str) -> bool:
    """Say whether a file is one the pattern asks for, ignoring case."""
    return fnmatchcase(shown(path, extracts).casefold(), pattern.casefold())


def asks_for_objections(pattern: str) -> bool:
    """Say whether a source of this pattern reads who objects, as Alongside records it."""
    return fnmatchcase(OBJECTIONS_FILE.casefold(), pattern.casefold())


def says_who_objects(path: Path) -> bool:
    """Say whether a file's name is that of Alongside's own list of who objects, or a part or copy of it."""
    return path.name.casefold().startswith(Path(OBJECTIONS_FILE).stem)


def private(path: Path) -> Path:
    """Make an empty file that only its owner can read, replacing what was there; return its path."""
    os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    return path


def fingerprint(path: Path) -> tuple[int, str]:
    """Return the size in bytes and the SHA-256 of a file.

    Raises:
        DataRefusedError: it is a folder, a pipe or the like, or cannot be read.
    """
    if path.is_dir():
        raise DataRefusedError(f"{path.name} is a folder, not a file.")
    if path.exists() and not path.is_file():  # waiting for a pipe would never end
        raise DataRefusedError(
            f"{path.name} is not a file but a pipe, a socket or a device; put a file there."
        )
    digest = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise DataRefusedError(
            f"{path.name} cannot be opened ({error.strerror}); give the account that runs this "
            "permission to read it."
        ) from error
    return size, digest.hexdigest()


def format_of(path: Path) -> Format:
    """Return what a file is by its first bytes, whatever its name says.

    Raises:
        DataRefusedError: it is not text, nor a workbook, nor Parquet; says what it looks like.
    """
    with path.open("rb") as file:
        start = file.read(16)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    for magic, words in _NOT_TEXT.items():
        if start.startswith(magic):
            raise DataRefusedError(
                f"{path.name} is not a table but {words}; export it as CSV, XLSX or Parquet."
            )
    return "csv"


def open_text(path: Path) -> BinaryIO:
    """Open a text file as bytes, unpacking gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")
