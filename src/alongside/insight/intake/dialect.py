"""How a CSV file is laid out: its delimiter and header row, judged by the columns the pack expects."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alongside.area.models import Source
from alongside.errors import DataRefusedError
from alongside.insight.intake.columns import folded, wanted_columns

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_TITLE_ROWS = 20
"""Rows a report may put above its header."""


@dataclass(frozen=True)
class Dialect:
    """``header_row`` counts from 0 and includes blank rows; ``header`` is its cells."""

    delimiter: str
    header_row: int
    header: tuple[str, ...]


def dialect_of(path: Path, blocks: Iterable[bytes], source: Source) -> Dialect | None:
    """Return the layout that finds most of the wanted columns; None for a file without a word in it.

    Of equally good layouts, the one whose header is higher up, then the one with more columns.

    Raises:
        DataRefusedError: under no delimiter does any wanted column show; says what was found.
    """
    sample = b""
    for block in blocks:
        sample += block
        if len(sample) > 1 << 16:
            break
    text = sample[: 1 << 16].decode("utf-8", "replace")
    if not text.strip():
        return None
    wanted = {folded(column) for column in wanted_columns(source)}
    declared = source.delimiter
    candidates = [
        (len(wanted & {folded(cell) for cell in row}), -place, len(row), delimiter, row)
        for delimiter in ([declared] if declared else _DELIMITERS)
        for place, row in enumerate(_rows(text, delimiter))
    ]
    found, above, width, delimiter, row = max(candidates, key=lambda each: each[:3])
    dialect = Dialect(delimiter, -above, tuple(cell.strip() for cell in row))
    if not found:
        raise DataRefusedError(_nothing_found(path, declared, width, dialect))
    return dialect


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the first rows, blank ones included."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(text.split("\n"), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= _TITLE_ROWS:
                break
    except csv.Error:  # a cell beyond any size, or a NUL: the rows so far are all that can be read
        pass
    return rows


def _nothing_found(path: Path, declared: str | None, width: int, dialect: Dialect) -> str:
    """Return the sentence for a file in which no wanted column shows."""
    if width <= 1:
        how = f"the declared delimiter {declared!r}" if declared else "commas, semicolons, tabs and pipes"
        return (
            f"{path.name}: everything is in one column (tried {how}). "
            "Set `delimiter:` in the source's file, or `encoding:` if the text looks wrong."
        )
    return (
        f"{path.name}: none of the columns the source declares is in its first rows "
        f"({width} columns found, parted by "
        f"{_DELIMITERS.get(dialect.delimiter, dialect.delimiter)}). "
        "The first row must name the columns as the source's file does."
    )
