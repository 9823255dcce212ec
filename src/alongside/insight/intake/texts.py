"""The files of one source as one table of texts, whatever their format; what cannot be read is kept apart."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.area.models import Source, TableField
from alongside.errors import DataRefusedError
from alongside.insight.intake.cells import filled_sql, trimmed_sql
from alongside.insight.intake.columns import HeaderMatch, folded, match_header, wanted_columns
from alongside.insight.intake.dialect import dialect_of
from alongside.insight.intake.encodings import declared_encoding, encoding_of, utf8_blocks
from alongside.insight.intake.files import fingerprint, format_of, private
from alongside.insight.intake.native import text_sql, workbook_rows, workbook_table
from alongside.insight.intake.results import FileRead
from alongside.insight.intake.rows import Rejected, Scan, scan
from alongside.insight.intake.sql import literal
from alongside.insight.machine import as_machine_error

_USUAL_ROW = 2 << 20
"""Bytes the engine allows for a row; more only where a row needs it."""


class Texts:
    """Tables of texts in a DuckDB connection of intake's own, dropped by ``close``.

    ``raw`` (texts without the spaces around them, a column ``w<place>`` for each of ``columns``) · ``texts``
    (a view of it: ``ord``, and ``t<place>`` for each wanted column, NULL where missing) · ``stood`` (row
    numbers by runs) · ``unread`` (rows that are not in raw).
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        fields: Mapping[str, TableField],
        work_dir: Path,
    ) -> None:
        self.source = source
        self.wanted = wanted_columns(source)
        self.columns: list[str] = []
        self.files: list[FileRead] = []
        self.notes: list[str] = []
        self.surplus: list[str] = []
        self.absent: set[str] = set()
        self.rows = 0
        self.unreadable = 0
        self._connection = connection
        self._sql = connection.execute
        self._fields = fields
        self._work_dir = work_dir
        self._made: list[Path] = []
        self._layouts: list[tuple[str, dict[str, str]]] = []

    def place(self, column: str) -> int:
        """Return where a wanted column is."""
        return self.columns.index(column)

    def text(self, column: str) -> str:
        """Return the name of a wanted column in ``texts``."""
        return f"t{self.place(column)}"

    def read(self, paths: list[Path], shown: Callable[[Path], str]) -> None:
        """Read the files, in their order.

        Raises:
            DataRefusedError: a file cannot be used; says which, why, and what would be right.
        """
        self._sql("create temp table unread (file varchar, row_number bigint, reason varchar, raw varchar)")
        self._sql("create temp table stood (ordinal bigint, row_number bigint, file varchar)")
        for path in paths:
            size, sha256 = fingerprint(path)
            file = FileRead(shown(path), size, sha256, format_of(path))
            if not size:
                self.notes.append(f"{file.name} is empty.")
                self.files.append(file)
                continue
            try:
                match file.format:
                    case "csv":
                        self._read_csv(path, file)
                    case "xlsx":
                        self._read_workbook(path, file)
                    case "parquet":
                        self._read_parquet(path, file)
            except (OSError, EOFError, zlib.error) as error:
                lacking = as_machine_error(error)
                if lacking:  # no room to copy it to: nothing is wrong with the file
                    raise lacking from error
                raise DataRefusedError(
                    f"{file.name} cannot be read to its end: it is damaged, or was cut short on its way. "
                    "Ask for it again."
                ) from error
        self._fill_raw()

    def _read_csv(self, path: Path, file: FileRead) -> None:
        encoding = (
            declared_encoding(path, self.source.encoding, self.source.source)
            if self.source.encoding
            else encoding_of(path)
        )
        dialect = dialect_of(path, utf8_blocks(path, encoding), self.source)
        if dialect is None:
            self.notes.append(f"{file.name} is empty.")
            self.files.append(file)
            return
        match = match_header(self.source, dialect.header, file.name)
        if dialect.header_row:
            self.notes.append(
                f"{file.name}: the header is row {dialect.header_row + 1}; rows above it were skipped."
            )
        sound = self._private(f"{self.source.source}-{len(self._made)}.csv")
        with sound.open("wb") as out:
            found = scan(
                utf8_blocks(path, encoding), dialect, out, lambda rows: self._unread(file.name, rows)
            )
        self._note_scan(file.name, found)
        columns = "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(dialect.header))) + "}"
        selected = self._lay_out(match, dialect.header, [f"c{place}" for place in range(len(dialect.header))])
        if found.kept:
            longest = max(_USUAL_ROW, 2 * found.longest)
            table = (
                f"read_csv({literal(str(sound))}, header=false, auto_detect=false, columns={columns}, "
                f"delim={literal(dialect.delimiter)}, quote='\"', escape='\"', strict_mode=true, "
                f"new_line='\\n', max_line_size={longest}, buffer_size={4 * longest})"
            )
            self._layouts.append((table, selected))
        self.files.append(
            replace(file, encoding=encoding, delimiter=dialect.delimiter, rows=found.kept + found.rejected)
        )

    def _unread(self, file: str, rows: list[Rejected]) -> None:
        """Keep rows that could not be read."""
        batch = pa.table(
            {
                "row_number": [row.row_number for row in rows],
                "reason": [row.reason for row in rows],
                "raw": [row.raw for row in rows],
            }
        )
        self._connection.register("batch", batch)
        self._sql("insert into unread select ?, row_number, reason, raw from batch", [file])
        self._connection.unregister("batch")

    def _note_scan(self, file: str, found: Scan) -> None:
        self._stood(file, found.runs)
        self.unreadable += found.rejected
        self.rows += found.kept
        if found.blank:
            self.notes.append(f"{file}: {found.blank} blank rows were skipped.")
        if found.undecodable and found.undecodable > (found.kept + found.rejected) / 100:
            self.notes.append(
                f"{file}: rows with bytes that are not text in the file's encoding: {found.undecodable:,}; "
                "if that is wrong, set `encoding:` in the source's file."
            )

    def _stood(self, file: str, runs: list[tuple[int, int]]) -> None:
        """Keep where the rows of a file were; ordinals continue from the files before."""
        if runs:
            batch = pa.table(
                {
                    "ordinal": [run[0] + self.rows for run in runs],
                    "row_number": [run[1] for run in runs],
                }
            )
            self._connection.register("batch", batch)
            self._sql("insert into stood select ordinal, row_number, ? from batch", [file])
            self._connection.unregister("batch")

    def _read_workbook(self, path: Path, file: FileRead) -> None:
        rows = workbook_rows(path, self.source.sheet)
        header_row = _header_row(rows, self.wanted)
        if header_row is None:
            self.notes.append(f"{file.name} is empty.")
            self.files.append(file)
            return
        header = [str(cell).strip() for cell in rows[header_row]]
        match = match_header(self.source, header, file.name)
        filled = [
            (number, row)
            for number, row in enumerate(rows, start=1)
            if number > header_row + 1 and any(str(cell).strip() for cell in row)
        ]
        runs = [
            (place, number)
            for place, (number, _) in enumerate(filled)
            if not place or filled[place - 1][0] != number - 1
        ]
        fields = self._fields_by_place(match, len(header))
        out = self._private(f"{self.source.source}-{len(self._made)}.parquet")
        pq.write_table(workbook_table([row for _, row in filled], fields), out)
        self._note_scan(file.name, Scan(kept=len(filled), runs=runs))
        if header_row:
            self.notes.append(f"{file.name}: the header is row {header_row + 1}; rows above it were skipped.")
        selected = self._lay_out(match, header, [f"c{place}" for place in range(len(header))])
        if filled:
            self._layouts.append((f"read_parquet({literal(str(out))})", selected))
        self.files.append(replace(file, rows=len(filled)))

    def _read_parquet(self, path: Path, file: FileRead) -> None:
        table = f"read_parquet({literal(str(path))})"
        try:
            described = self._sql(f"describe select * from {table}").fetchall()
            rows = pq.ParquetFile(path).metadata.num_rows
        except (duckdb.Error, pa.ArrowException) as error:
            raise DataRefusedError(
                f"{file.name} cannot be read as Parquet: it is damaged or cut short. Ask for it again."
            ) from error
        header = [column for column, *_ in described]
        match = match_header(self.source, header, file.name)
        fields = self._fields_by_place(match, len(header))
        written = [
            text_sql(column, kind, each) for (column, kind, *_), each in zip(described, fields, strict=True)
        ]
        self._note_scan(file.name, Scan(kept=rows, runs=[(0, 1)] if rows else []))
        selected = self._lay_out(match, header, written)
        if rows:
            self._layouts.append((table, selected))
        self.files.append(replace(file, rows=rows))

    def _fields_by_place(self, match: HeaderMatch, width: int) -> list[TableField | None]:
        """Return the schema's field for each place of a header."""
        by_place = {
            place: self._fields.get(column) for column, place in match.places.items() if place is not None
        }
        return [by_place.get(place) for place in range(width)]

    def _lay_out(self, match: HeaderMatch, header: Sequence[str], written: list[str]) -> dict[str, str]:
        """Return SQL for each column of ``raw``; columns nobody asked for are for rejected rows alone."""
        by_place = {place: column for column, place in match.places.items() if place is not None}
        selected: dict[str, str] = {}
        for place, expression in enumerate(written):
            column = by_place.get(place)
            if column is None:
                column = "surplus " + (folded(header[place]) or f"column {place + 1}")
                if column in selected:
                    column += f" {place + 1}"
                if column not in self.columns and header[place]:
                    self.surplus.append(header[place])
            if column not in self.columns:
                self.columns.append(column)
            selected[column] = expression
        self.notes += match.notes
        self.absent |= {column for column, place in match.places.items() if place is None}
        return selected

    def _private(self, file: str) -> Path:
        """Return a new file that its owner alone can read."""
        path = private(self._work_dir / file)
        self._made.append(path)
        return path

    def _fill_raw(self) -> None:
        self.columns += [column for column in self.wanted if column not in self.columns]
        columns = [f"w{place}" for place in range(len(self.columns))]
        self._sql(f"create temp table raw ({', '.join(f'{column} varchar' for column in columns)})")
        for table, selected in self._layouts:
            said = [
                trimmed_sql(selected[column]) if column in selected else "null" for column in self.columns
            ]
            self._sql(f"insert into raw select {', '.join(said)} from {table}")
        for path in self._made:
            path.unlink()
        (rows,) = self._sql("select count(*) from raw").fetchall()[0]
        if rows != self.rows:
            raise AssertionError(f"{self.source.source}: {self.rows} sound rows were written and {rows} read")
        missing = self.source.schema_.missing_values
        texts = ", ".join(
            f"{filled_sql(f'w{self.place(column)}', missing)} as {self.text(column)}"
            for column in self.wanted
        )
        self._sql(f"create temp view texts as select rowid as ord, {texts} from raw")

    def close(self) -> None:
        """Drop the tables and what is left of the private files."""
        self._sql("drop view if exists texts")
        for table in ("raw", "stood", "unread"):
            self._sql(f"drop table if exists {table}")
        for path in self._made:
            path.unlink(missing_ok=True)


def _header_row(rows: list[list[object]], wanted: list[str]) -> int | None:
    """Return which of a workbook's first rows names most columns (of equals, the topmost); None if blank."""
    names = {folded(column) for column in wanted}
    best: tuple[int, int] | None = None
    for place, row in enumerate(rows[:20]):
        if any(str(cell).strip() for cell in row):
            found = len(names & {folded(str(cell)) for cell in row})
            if best is None or found > best[0]:
                best = (found, place)
    return None if best is None else best[1]
