"""CSV text split into sound rows and rejected ones, so that every row is one or the other and is counted.

The engine that reads the rows afterwards gets only sound ones, in a file of its own: it needs no leniency,
and the count is ours.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np

from alongside.errors import DataRefusedError
from alongside.insight.intake.dialect import Dialect
from alongside.insight.intake.files import BLOCK
from alongside.insight.intake.splitter import Places, Rows, Splitter


@dataclass(frozen=True)
class Rejected:
    """A row that cannot be read: where a spreadsheet shows it (the first is 1), why, and all of its text."""

    row_number: int
    reason: str
    raw: str


@dataclass
class Scan:
    """What a file held below its header: sound, rejected and blank rows, and where the sound ones stood.

    ``longest`` is the bytes of the longest sound row.

    ``runs`` has (place among the sound rows from 0, row number) at the start of every unbroken run of them.
    """

    kept: int = 0
    rejected: int = 0
    blank: int = 0
    undecodable: int = 0
    longest: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)


def scan(
    blocks: Iterable[bytes], dialect: Dialect, sound: BinaryIO, reject: Callable[[list[Rejected]], None]
) -> Scan:
    r"""Write the sound rows (UTF-8, no header) to ``sound``, hand the others to ``reject``, and count.

    Blank rows, including those of delimiters alone that spreadsheets leave below a table, are neither.

    Args:
        blocks: The text as UTF-8 with ``\n`` line ends, cut anywhere.
        dialect: Its delimiter and header.
        sound: Where the rows that can be read go.
        reject: Called with the rejected rows of a block, if any.

    Raises:
        DataRefusedError: a row is longer than any table's.
    """
    scanner = _Scanner(dialect, sound, reject)
    held = b""
    for block in blocks:
        held = scanner.take(held + block, last=False)
        if len(held) > 4 * BLOCK:
            raise DataRefusedError("a row is longer than 64 MiB: this is not a table of rows.")
    if held:
        scanner.cut_short = not held.endswith(b"\n")
        scanner.take(held if held.endswith(b"\n") else held + b"\n", last=True)
    return scanner.result


class _Scanner:
    """Goes through the blocks of one file; ``seen`` rows so far, header and blank ones included."""

    def __init__(self, dialect: Dialect, sound: BinaryIO, reject: Callable[[list[Rejected]], None]) -> None:
        self.result = Scan()
        self.cut_short = False
        self._splitter = Splitter(dialect.delimiter.encode(), len(dialect.header))
        self._first = dialect.header_row + 1
        self._sound = sound
        self._reject = reject
        self._seen = 0

    def take(self, block: bytes, *, last: bool) -> bytes:
        """Split the whole rows of a block, and return the rest of it."""
        rows = self._splitter.split(block, last=last)
        count = len(rows.starts)
        if count:
            self._part(block, rows, max(0, min(count, self._first - self._seen)), last=last)
            self._seen += count
        return block[rows.consumed :]

    def _part(self, block: bytes, rows: Rows, above: int, *, last: bool) -> None:
        """Write, reject or pass over each row; the first ``above`` are the header and what is above it."""
        blank = (rows.ends == rows.starts) | ((rows.ends - rows.starts == rows.cells - 1) & (rows.cells > 1))
        bad = self._faults(block, rows, last=last)
        bad = {place: bad[place] for place in sorted(bad) if place >= above and not blank[place]}
        keep = ~blank
        keep[list(bad)] = False
        keep[:above] = False
        self.result.blank += int(blank[above:].sum())
        self.result.rejected += len(bad)
        if bad:
            self._reject(
                [
                    Rejected(
                        self._seen + place + 1, words, _text(block[rows.starts[place] : rows.ends[place]])
                    )
                    for place, words in bad.items()
                ]
            )
        kept = np.flatnonzero(keep)
        if len(kept):
            breaks = np.flatnonzero(np.diff(kept, prepend=-2) != 1)
            self._note_runs(kept, breaks)
            self._write(block, rows, kept, breaks)
            self.result.kept += len(kept)
            self.result.longest = max(self.result.longest, int((rows.ends - rows.starts)[kept].max()))

    def _faults(self, block: bytes, rows: Rows, *, last: bool) -> dict[int, str]:
        """Return the place of every row that cannot be read, and why."""
        width = self._splitter.width
        bad = dict(rows.against)
        for place in np.flatnonzero(rows.cells != width).tolist():
            bad.setdefault(place, f"{rows.cells[place]} cells where the header has {width}")
        if last and self.cut_short and len(rows.cells) - 1 in bad:
            bad[len(rows.cells) - 1] = "the file ends in the middle of this row: it may have been cut short"
        for place in _rows_with_nul(block, rows):
            bad[place] = "contains NUL bytes, which text never does: part of the file may be damaged"
        for place in _rows_not_utf8(block, rows):
            bad[place] = "contains bytes that are not text in the file's encoding"
            self.result.undecodable += 1
        return bad

    def _note_runs(self, kept: Places, breaks: Places) -> None:
        """Remember where row numbers jump."""
        for place in breaks.tolist():
            ordinal, row_number = self.result.kept + place, self._seen + int(kept[place]) + 1
            runs = self.result.runs
            if not runs or runs[-1][1] - runs[-1][0] != row_number - ordinal:
                runs.append((ordinal, row_number))

    def _write(self, block: bytes, rows: Rows, kept: Places, breaks: Places) -> None:
        """Copy the kept rows, an unbroken run at a time."""
        for first, after in zip(breaks.tolist(), [*breaks[1:].tolist(), len(kept)], strict=True):
            run = kept[first:after]
            if rows.instead:
                for place in run.tolist():
                    self._sound.write(rows.instead.get(place) or block[rows.starts[place] : rows.ends[place]])
                    self._sound.write(b"\n")
            else:
                self._sound.write(block[rows.starts[run[0]] : rows.ends[run[-1]] + 1])


def _text(raw: bytes) -> str:
    """Return bytes as text that can be shown, with nothing lost."""
    return raw.decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def _rows_with_nul(block: bytes, rows: Rows) -> list[int]:
    """Return the places of rows that hold a NUL byte."""
    if b"\0" not in block:
        return []
    nuls = np.flatnonzero(np.frombuffer(block, np.uint8) == 0)
    places = np.unique(np.searchsorted(rows.ends, nuls, side="left"))
    return [int(place) for place in places if place < len(rows.ends)]


def _rows_not_utf8(block: bytes, rows: Rows) -> list[int]:
    """Return the places of rows that are not UTF-8."""
    text = block[: rows.consumed]
    if text.isascii():
        return []
    try:
        text.decode()
    except UnicodeDecodeError:
        wrong = np.frombuffer(text, np.uint8) >= 0x80
        places = np.unique(np.searchsorted(rows.ends, np.flatnonzero(wrong), side="left"))
        return [int(place) for place in places if not _is_utf8(text[rows.starts[place] : rows.ends[place]])]
    return []


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
