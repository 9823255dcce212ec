"""One source of the area pack: its files read as one table of texts, sound rows parted from rejected, cells typed."""

import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.area.models import Source, TableField
from alongside.errors import DataRefusedError
from alongside.insight.intake.cells import Cell, cell_sql, filled_sql
from alongside.insight.intake.columns import (
    HeaderMatch,
    folded,
    identity_columns,
    match_header,
    required_columns,
    wanted_columns,
)
from alongside.insight.intake.dialect import dialect_of
from alongside.insight.intake.encodings import declared_encoding, encoding_of, utf8_blocks
from alongside.insight.intake.files import fingerprint, format_of
from alongside.insight.intake.native import text_sql, workbook_rows, workbook_table
from alongside.insight.intake.results import FileRead
from alongside.insight.intake.rows import Rejected, Scan, scan
from alongside.insight.intake.sql import literal, name
from alongside.insight.machine import as_machine_error

_USUAL_ROW = 2 << 20
"""Bytes the engine makes room for in a row; more only where a row needs it."""


@dataclass
class Texts:
    """The table ``raw`` of one source: all its rows as texts, a column ``w<place>`` for each of ``columns``."""

    columns: list[str] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    rows: int = 0
    unreadable: int = 0

    def place(self, column: str) -> int:
        """Return where a wanted column stands."""
        return self.columns.index(column)


class SourceTables:
    """The tables of one source in a DuckDB connection of intake's own, dropped by ``close``.

    ``raw`` (texts as written) · ``texts`` (a view of it: ``ord``, and ``t<place>`` for each wanted column,
    without the spaces around it and NULL where missing) · ``stood`` (row numbers by runs) · ``unread`` (rows
    that are not in raw) · ``rejected`` (ord, reason) · ``aside`` (ord, place, reason).
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, source: Source, *, as_at: date, work_dir: Path
    ) -> None:
        self.connection = connection
        self.source = source
        self.as_at = as_at
        self.work_dir = work_dir
        self.fields = {each.name: each for each in source.schema_.fields}
        if source.as_at and source.as_at not in self.fields:
            self.fields[source.as_at] = TableField(name=source.as_at, type="date", format="any")
        self.wanted = wanted_columns(source)
        self.identity = identity_columns(source)
        self.evidence = {*self.identity.values(), source.identity.record}
        self.texts = Texts()
        self._sql = connection.execute
        self._made: list[Path] = []
        self._anything_rejected = True
        self._layouts: list[tuple[str, dict[str, str]]] = []

    # --- files to texts ------------------------------------------------------------------------------

    def read(self, paths: list[Path], shown: Callable[[Path], str]) -> None:
        """Read the files as one table of texts.

        Raises:
            DataRefusedError: a file cannot be used; says which, why, and what would be right.
        """
        self._check_names()
        self._check_fields()
        self._sql("create temp table unread (file varchar, row_number bigint, reason varchar, raw varchar)")
        self._sql("create temp table stood (ordinal bigint, row_number bigint, file varchar)")
        for path in paths:
            size, sha256 = fingerprint(path)
            file = FileRead(shown(path), size, sha256, format_of(path))
            if not size:
                self.texts.notes.append(f"{file.name} is empty.")
                self.texts.files.append(file)
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
                if lacking := as_machine_error(
                    error
                ):  # no room to copy it to: nothing is wrong with the file
                    raise lacking from error
                raise DataRefusedError(
                    f"{file.name} cannot be read to its end: it is damaged, or was cut short on its way. "
                    "Ask for it again."
                ) from error
        self._fill_raw()

    def _check_names(self) -> None:
        """Refuse names that the typed table has for itself, or that differ by case alone."""
        reserved = {"record_id", "row_as_at"} - {self.source.identity.record.casefold()}
        seen: set[str] = set()
        for column in (each.name for each in self.source.schema_.fields):
            if column.casefold() in reserved or column.casefold().startswith("raw__"):
                raise DataRefusedError(
                    f"The source {self.source.source} may not have a field '{column}': the name is taken."
                )
            if column.casefold() in seen:
                raise DataRefusedError(
                    f"The source {self.source.source} has two fields '{column}'; names differ by more than case."
                )
            seen.add(column.casefold())

    def _check_fields(self) -> None:
        """Refuse a format, pattern or constraint that does not work, before any row is read."""
        for each in self.fields.values():
            cell = cell_sql("text", each)
            probe = f"select {cell.fault or 'value'} from (select text, {cell.value} as value from (select 'probe' as text))"
            try:
                self._sql(probe).fetchall()
            except duckdb.Error as error:
                raise DataRefusedError(
                    f"The source {self.source.source} declares a format, pattern or constraint for '{each.name}' that "
                    f"cannot be used: {str(error).splitlines()[0]}"
                ) from error

    def _read_csv(self, path: Path, file: FileRead) -> None:
        encoding = (
            declared_encoding(path, self.source.encoding, self.source.source)
            if self.source.encoding
            else encoding_of(path)
        )
        dialect = dialect_of(path, utf8_blocks(path, encoding), self.source)
        if dialect is None:
            self.texts.notes.append(f"{file.name} is empty.")
            self.texts.files.append(file)
            return
        match = match_header(self.source, dialect.header, file.name)
        if dialect.header_row:
            self.texts.notes.append(
                f"{file.name}: the header is row {dialect.header_row + 1}; rows above it were passed over."
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
                f"delim={literal(dialect.delimiter)}, quote='\"', escape='\"', strict_mode=true, new_line='\\n', "
                f"max_line_size={longest}, buffer_size={4 * longest})"
            )
            self._layouts.append((table, selected))
        self.texts.files.append(
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
        self.connection.register("batch", batch)
        self._sql("insert into unread select ?, row_number, reason, raw from batch", [file])
        self.connection.unregister("batch")

    def _note_scan(self, file: str, found: Scan) -> None:
        self._stood(file, found.runs)
        self.texts.unreadable += found.rejected
        self.texts.rows += found.kept
        if found.blank:
            self.texts.notes.append(f"{file}: {found.blank} blank rows were passed over.")
        if found.undecodable and found.undecodable > (found.kept + found.rejected) / 100:
            self.texts.notes.append(
                f"{file}: {found.undecodable:,} {'row holds' if found.undecodable == 1 else 'rows hold'} bytes that are not text in the file's encoding; "
                "if that is wrong, say `encoding:` in the source's file."
            )

    def _stood(self, file: str, runs: list[tuple[int, int]]) -> None:
        """Keep where the rows of a file stood; ordinals count on from the files before."""
        if runs:
            batch = pa.table(
                {
                    "ordinal": [run[0] + self.texts.rows for run in runs],
                    "row_number": [run[1] for run in runs],
                }
            )
            self.connection.register("batch", batch)
            self._sql("insert into stood select ordinal, row_number, ? from batch", [file])
            self.connection.unregister("batch")

    def _read_workbook(self, path: Path, file: FileRead) -> None:
        rows = workbook_rows(path, self.source.sheet)
        header_row = _header_row(rows, self.wanted)
        if header_row is None:
            self.texts.notes.append(f"{file.name} is empty.")
            self.texts.files.append(file)
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
            self.texts.notes.append(
                f"{file.name}: the header is row {header_row + 1}; rows above it were passed over."
            )
        selected = self._lay_out(match, header, [f"c{place}" for place in range(len(header))])
        if filled:
            self._layouts.append((f"read_parquet({literal(str(out))})", selected))
        self.texts.files.append(replace(file, rows=len(filled)))

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
        self.texts.files.append(replace(file, rows=rows))

    def _fields_by_place(self, match: HeaderMatch, width: int) -> list[TableField | None]:
        """Return the schema's field for each place of a header."""
        by_place = {
            place: self.fields.get(column) for column, place in match.places.items() if place is not None
        }
        return [by_place.get(place) for place in range(width)]

    def _lay_out(self, match: HeaderMatch, header: Sequence[str], written: list[str]) -> dict[str, str]:
        """Return SQL for each column of ``raw`` a file has; columns nobody asked for too, kept for rejected rows alone."""
        by_place = {place: column for column, place in match.places.items() if place is not None}
        selected: dict[str, str] = {}
        for place, expression in enumerate(written):
            column = by_place.get(place)
            if column is None:
                column = "surplus " + (folded(header[place]) or f"column {place + 1}")
                if column in selected:
                    column += f" {place + 1}"
                if column not in self.texts.columns and header[place]:
                    self.texts.surplus.append(header[place])
            if column not in self.texts.columns:
                self.texts.columns.append(column)
            selected[column] = expression
        self.texts.notes += match.notes
        self.texts.absent |= {column for column, place in match.places.items() if place is None}
        return selected

    def _private(self, file: str) -> Path:
        """Return a new file that its owner alone can read."""
        path = self.work_dir / file
        os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        self._made.append(path)
        return path

    def _fill_raw(self) -> None:
        self.texts.columns += [column for column in self.wanted if column not in self.texts.columns]
        columns = [f"w{place}" for place in range(len(self.texts.columns))]
        self._sql(f"create temp table raw ({', '.join(f'{column} varchar' for column in columns)})")
        for table, selected in self._layouts:
            said = [selected.get(column, "null") for column in self.texts.columns]
            self._sql(f"insert into raw select {', '.join(said)} from {table}")
        for path in self._made:
            path.unlink()
        (rows,) = self._sql("select count(*) from raw").fetchall()[0]
        if rows != self.texts.rows:
            raise AssertionError(
                f"{self.source.source}: {self.texts.rows} sound rows were written and {rows} read"
            )
        missing = self.source.schema_.missing_values
        texts = ", ".join(
            f"{filled_sql(f'w{self.texts.place(column)}', missing)} as {self.text(column)}"
            for column in self.wanted
        )
        self._sql(f"create temp view texts as select rowid as ord, {texts} from raw")

    def text(self, column: str) -> str:
        """Return the name of a wanted column in ``texts``."""
        return f"t{self.texts.place(column)}"

    # --- rows and cells ------------------------------------------------------------------------------

    def judge(self) -> None:
        """Find the rows to reject and the cells to set aside."""
        record = self.text(self.source.identity.record)
        complaints = [f"when {record} is null then 'no record id'"]
        complaints += [
            f"when {self.text(column)} is null then {literal(f'{column} is required and is not filled')}"
            for column in self.wanted
            if column in required_columns(self.source) and column != self.source.identity.record
        ]
        self._sql(
            "create temp table rejected as select * from "
            f"(select ord, case {' '.join(complaints)} end as reason from texts) where reason is not null"
        )
        self._reject_copies()
        self._anything_rejected = bool(self._sql("select count(*) from rejected").fetchall()[0][0])
        self._sql("create temp table aside (ord bigint, place integer, reason varchar)")
        self._set_cells_aside()

    def _set_cells_aside(self) -> None:
        """Find the cells that are not understood; not of identity: a half-known date of birth is evidence as written."""
        cells = {
            column: cell
            for column in self.fields
            if column not in self.evidence and (cell := self._cell(column)).fault
        }
        if cells:
            counted = ", ".join(f"count({cell.fault})" for cell in cells.values())
            found = self._sql(f"select {counted} from ({self._values(cells)})").fetchall()[0]
            for (column, cell), count in zip(cells.items(), found, strict=True):
                if count:
                    # A limit keeps the engine from asking for the reason below, where the value would be read
                    # again.
                    self._sql(
                        f"insert into aside select * from (select ord, {self.texts.place(column)}, {cell.fault} as reason "
                        f"from ({self._values({column: cell})}) limit {self.texts.rows}) where reason is not null"
                    )
        for column, each in self.fields.items():
            if each.constraints.unique and column not in self.evidence:
                text = self.text(column)
                self._sql(
                    f"insert into aside select ord, {self.texts.place(column)}, "
                    "'the value stands in an earlier row, and the schema says that it is unique' from "
                    f"(select ord, row_number() over (partition by {text} order by ord) as copy from texts "
                    f"where {text} is not null and {self.accepted()}) where copy > 1"
                )

    def _values(self, cells: dict[str, Cell]) -> str:
        """Return a query of the accepted rows with the read value ``v<place>`` of some columns beside the texts."""
        read = "".join(f", {cell.value} as v{self.texts.place(column)}" for column, cell in cells.items())
        return f"select *{read} from texts where {self.accepted()}"

    def _reject_copies(self) -> None:
        """Reject second and later rows of one record id, saying where it is the same row again."""
        record = self.text(self.source.identity.record)
        same = " and ".join(
            f"copy.w{place} is not distinct from first.w{place}" for place in range(len(self.texts.columns))
        )
        self._sql(
            f"""
            create temp table copies as
            with sound as (select ord, {record} as id from texts where {self.accepted()}),
                 repeated as (select id, min(ord) as first_ord from sound group by id having count(*) > 1)
            select sound.ord, first_ord from sound join repeated using (id) where sound.ord > first_ord
            """
        )
        self._sql(
            f"""
            insert into rejected
            select copies.ord, case when {same} then 'the same row stands earlier, alike in every cell'
                                    else 'the record id stands in an earlier row, which differs' end
            from copies join raw as copy on copy.rowid = copies.ord join raw as first on first.rowid = copies.first_ord
            """
        )

    def accepted(self) -> str:
        """Return SQL that is true of the rows not rejected."""
        return "ord not in (select ord from rejected)" if self._anything_rejected else "true"

    def _cell(self, column: str) -> Cell:
        return cell_sql(self.text(column), self.fields[column], f"v{self.texts.place(column)}")

    def counts(self) -> dict[str, int]:
        """Return how many rows were rejected, cells set aside, and rows have either fault."""
        (rejected,) = self._sql("select count(*) from rejected").fetchall()[0]
        cells, rows = self._sql("select count(*), count(distinct ord) from aside").fetchall()[0]
        return {
            "rows_rejected": rejected + self.texts.unreadable,
            "cells_set_aside": cells,
            "rows_with_fault": rejected + self.texts.unreadable + rows,
        }

    def keep_rejects(self, place: int) -> None:
        """Add what was rejected and set aside to the table ``rejects``, under the source's place in the pack."""
        width = range(len(self.texts.columns))
        cells = ", ".join(f"coalesce(w{each}, '')" for each in width)
        line = (
            f"array_to_string([case when regexp_matches(x, '[\",\\n]') then '\"' || replace(x, '\"', '\"\"') || '\"' else x end"
            f" for x in [{cells}]], ',')"
        )
        headings = [column.removeprefix("surplus ") for column in self.texts.columns]
        column = f"[{', '.join(literal(each) for each in headings)}][aside.place + 1]"
        cell = f"[{', '.join(f'w{each}' for each in width)}][aside.place + 1]"
        code = literal(self.source.source)
        self._sql(
            f"""
            insert into rejects
            select {place}, {code}, file, row_number, 'row', null, reason, raw from unread
            union all
            select {place}, {code}, file, row_number + ord - ordinal, 'row', null, reason, {line}
            from rejected asof join stood on ord >= ordinal join raw on raw.rowid = ord
            union all
            select {place}, {code}, file, row_number + ord - ordinal, 'cell', {column}, reason, {cell}
            from aside asof join stood on ord >= ordinal join raw on raw.rowid = ord
            """
        )

    def commonest_fault(self) -> str:
        """Return in words the reason most rows and cells fell for, the first in the alphabet of equals."""
        column = (
            f"[{', '.join(literal(each.removeprefix('surplus ')) for each in self.texts.columns)}][place + 1]"
        )
        found = self._sql(
            f"""
            select words, count(*) as times from (
                select reason as words from unread union all select reason from rejected
                union all select {column} || ': ' || reason from aside)
            group by words order by times desc, words limit 1
            """
        ).fetchall()
        words, times = found[0]
        return f"{words} ({'once' if times == 1 else f'{times:,} times'})"

    def dated_sql(self) -> str:
        """Return SQL for the day a row says it was true; NULL where it says none that can be read."""
        column = self.source.as_at
        if column is None:
            return "cast(null as date)"
        each = self.fields[column]
        if each.type not in ("date", "datetime", "yearmonth"):
            each = TableField(name=column, type="date", format="any")
        cell = cell_sql(self.text(column), each)
        return f"cast({cell.value} as date)"

    def as_at_sql(self) -> str:
        """Return SQL for the day a row was true: its own, or the day of the run where it has none that can be read."""
        return f"coalesce({self.dated_sql()}, date '{self.as_at.isoformat()}')"

    def write(self, path: Path) -> None:
        """Write the typed table (see ARCHITECTURE.md), readable by its owner alone, in the order of the files."""
        said = [f"{self.text(self.source.identity.record)} as record_id", "row_as_at"]
        cells = {each.name: self._cell(each.name) for each in self.source.schema_.fields}
        for column, cell in cells.items():
            if column.casefold() == "record_id":
                continue  # the record id itself, under its own name already
            value = f"v{self.texts.place(column)}"
            if column not in self.evidence:
                if cell.fault:
                    value = f"case when {cell.fault} is null then {value} end"
                if self.fields[column].constraints.unique:
                    aside = f"select ord from aside where place = {self.texts.place(column)}"
                    value = f"case when ord not in ({aside}) then {value} end"
            said.append(f"{value} as {name(column)}")
        said += [f"{self.text(column)} as {name(raw)}" for raw, column in self.identity.items()]
        os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        rows = f"select *, {self.as_at_sql()} as row_as_at from ({self._values(cells)})"
        in_order = "order by ord" if self._anything_rejected else ""  # parting rows loses their order
        self._sql(
            f"copy (select {', '.join(said)} from ({rows}) {in_order}) to {literal(str(path))} "
            "(format parquet, compression zstd, use_tmp_file false)"
        )

    def close(self) -> None:
        """Drop the tables of the source and what is left of its private files."""
        self._sql("drop view if exists texts")
        for table in ("raw", "stood", "unread", "rejected", "copies", "aside"):
            self._sql(f"drop table if exists {table}")
        for path in self._made:
            path.unlink(missing_ok=True)


def _header_row(rows: list[list[object]], wanted: list[str]) -> int | None:
    """Return which of the first rows of a workbook names most columns, the highest of equals; None where all are blank."""
    names = {folded(column) for column in wanted}
    best: tuple[int, int] | None = None
    for place, row in enumerate(rows[:20]):
        if any(str(cell).strip() for cell in row):
            found = len(names & {folded(str(cell)) for cell in row})
            if best is None or found > best[0]:
                best = (found, place)
    return None if best is None else best[1]
