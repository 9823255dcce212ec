r"""Where rows begin and end in CSV text, at the speed of numpy.

Rules (RFC 4180, ``\n`` line ends): a cell that starts with a quotation mark ends with one, and may hold
delimiters and line ends; two inside stand for one. Beyond the RFC, because it occurs: a quotation mark inside
a cell that does not start with one is text (a height of 5'10"); one that opens and never closes costs its own
line and not the rest.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]

_LINE_END, _QUOTE = ord("\n"), ord('"')
_LONGEST_CELL = 1 << 20
"""Bytes after which an open quotation mark is taken for a slip, not a long note."""
_MOST_LINES = 200
"""Lines after which it is taken for a slip too."""


@dataclass
class Rows:
    """The rows of a block: [start, end) of each and how many cells it has; ``consumed`` bytes make them up.

    ``against`` maps the place of a row that is out of order to the reason; ``instead`` the place of a row
    to a way of writing it that cannot be misread.
    """

    starts: Places
    ends: Places
    cells: Places
    against: dict[int, str]
    instead: dict[int, bytes]
    consumed: int


class Splitter:
    """Finds rows: at once where quotation marks are in order, line by line in a block where one is not."""

    def __init__(self, delimiter: bytes, width: int) -> None:
        self.delimiter = delimiter
        self.width = width
        mark = re.escape(delimiter)
        quoted = rb'"[^"]*+(?:""[^"]*+)*+"'
        bare = rb'(?:[^"\n' + mark + rb"][^\n" + mark + rb"]*+)?"
        cell = rb"(?:" + quoted + rb"|" + bare + rb")"
        self._row = re.compile(cell + rb"(?:" + mark + cell + rb")*+")
        self._cell = re.compile(rb"(" + quoted + rb"|" + bare + rb")(?:" + mark + rb"|\Z)")
        self._open = re.compile(rb"(?:" + cell + mark + rb')*+"[^"]*+(?:""[^"]*+)*+\Z')

    def split(self, block: bytes, *, last: bool) -> Rows:
        """Return the whole rows of the block; ``last`` says that nothing follows it."""
        rows = self._at_once(block, last=last)
        return self._line_by_line(block, last=last) if rows is None else rows

    def _at_once(self, block: bytes, *, last: bool) -> Rows | None:
        """Return the rows, or None where a quotation mark is out of order."""
        letters = np.frombuffer(block, np.uint8)
        line_end = letters == _LINE_END
        delimiter = letters == ord(self.delimiter)
        if b'"' in block:
            quote = letters == _QUOTE
            if not self._in_order(letters, np.flatnonzero(quote)):
                return None
            outside = ~np.bitwise_xor.accumulate(quote)
            line_end &= outside
            delimiter &= outside
        ends = np.flatnonzero(line_end)
        consumed = int(ends[-1]) + 1 if len(ends) else 0
        rest = len(block) - consumed
        if rest and (last or rest > _LONGEST_CELL) and b'"' in block[consumed:]:
            return None
        starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        upto = np.searchsorted(np.flatnonzero(delimiter), ends)
        cells = np.diff(upto, prepend=0) + 1
        if b'"' in block and self._swallowed_lines(np.flatnonzero(letters == _LINE_END), ends, cells):
            return None
        return Rows(starts, ends, cells, {}, {}, consumed)

    def _in_order(self, letters: npt.NDArray[np.uint8], quotes: Places) -> bool:
        """Say whether marks open only at the start of a cell and close only at the end of one."""
        around = np.zeros(256, bool)
        around[[_LINE_END, _QUOTE, ord(self.delimiter)]] = True
        opening, closing = quotes[::2], quotes[1::2]
        before = around[letters[opening[opening > 0] - 1]]
        after = around[letters[closing[closing < len(letters) - 1] + 1]]
        return bool(before.all() and after.all())

    def _swallowed_lines(self, line_ends: Places, ends: Places, cells: Places) -> bool:
        """Whether a row of several lines has the wrong number of cells: a mark may have opened by mistake."""
        lines = np.diff(np.searchsorted(line_ends, ends), prepend=-1)
        return bool(((lines > 1) & (cells != self.width)).any())

    def _line_by_line(self, block: bytes, *, last: bool) -> Rows:
        """Return the rows, each line on its own; a mark that never closes counts against its line alone."""
        lines = block.split(b"\n")[:-1]  # there is nothing after the last line end yet
        starts: list[int] = []
        ends: list[int] = []
        cells: list[int] = []
        against: dict[int, str] = {}
        instead: dict[int, bytes] = {}
        at = place = 0
        while place < len(lines):
            taken, row = 1, lines[place]
            if b'"' in row:
                whole = self._whole(lines, place)
                if whole is None and not last and len(lines) - place <= _MOST_LINES and self._open.match(row):
                    break  # its end may be in the next block
                if whole is None:
                    against[len(starts)] = self._complaint(row, is_last=last and place == len(lines) - 1)
                    count = row.count(self.delimiter) + 1
                else:
                    taken, row = whole
                    parts = self._cells(row)
                    count = len(parts)
                    if any(b'"' in part and not part.startswith(b'"') for part in parts):
                        instead[len(starts)] = self.delimiter.join(_quoted(part) for part in parts)
            else:
                count = row.count(self.delimiter) + 1
            starts.append(at)
            ends.append(at + len(row))
            cells.append(count)
            at += len(row) + 1
            place += taken
        return Rows(
            np.array(starts, np.int64),
            np.array(ends, np.int64),
            np.array(cells, np.int64),
            against,
            instead,
            at,
        )

    def _whole(self, lines: list[bytes], place: int) -> tuple[int, bytes] | None:
        """Return how many lines the row here takes, and the row; None if its marks are out of order."""
        row = lines[place]
        if self._row.fullmatch(row):
            return 1, row
        if not self._open.match(row):
            return None
        for after in range(place + 1, min(place + _MOST_LINES, len(lines))):
            row += b"\n" + lines[after]
            if b'"' not in lines[after]:
                continue
            if self._row.fullmatch(row):
                return (after - place + 1, row) if len(self._cells(row)) == self.width else None
            if len(row) > _LONGEST_CELL or not self._open.match(row):
                return None
        return None

    def _cells(self, row: bytes) -> list[bytes]:
        """Return the cells of a row that is in order, as written."""
        parts, at = [], 0
        while True:
            found = self._cell.match(row, at)
            assert found is not None, "the row was matched whole before"  # noqa: S101
            parts.append(found.group(1))
            if found.end() == len(row) and not found.group().endswith(self.delimiter):
                return parts
            if found.end() == len(row):
                return [*parts, b""]
            at = found.end()

    def _complaint(self, row: bytes, *, is_last: bool) -> str:
        if self._open.match(row):
            if is_last:
                return "the file ends inside a quoted cell of this row: it may have been cut short"
            return "a quotation mark opens a cell and is never closed"
        return "a quotation mark is in the wrong place"


def _quoted(part: bytes) -> bytes:
    """Return a cell so that no reader can take its marks for anything but text."""
    if b'"' in part and not part.startswith(b'"'):
        return b'"' + part.replace(b'"', b'""') + b'"'
    return part
