"""One source of the area pack: rows rejected or accepted, cells understood or set aside, the typed table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from alongside.area.models import Source, TableField
from alongside.errors import DataRefusedError
from alongside.insight.cleaning.births import has_short_year, is_evidence_sql
from alongside.insight.intake.cells import SQL_TYPES, Cell, cell_sql
from alongside.insight.intake.columns import (
    identity_columns,
    required_columns,
    signed_columns,
    unread_sign,
    used_columns,
)
from alongside.insight.intake.files import private
from alongside.insight.intake.sql import literal, name
from alongside.insight.intake.texts import Texts

_MOST = 0.5
"""The share of the filled cells of a column, above which the column is lost."""
_SOME = 5
"""Cells that cannot be read, from which that is the form they are in, and not a slip of the hand."""


class SourceTables:
    """The tables of one source in a DuckDB connection of intake's own, dropped by ``close``.

    Besides those of ``Texts``: ``rejected`` (ord, reason) · ``copies`` (ord, first_ord) · ``aside`` (ord,
    place, reason, counts: whether it counts towards the reject limit).
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, source: Source, *, as_at: date, work_dir: Path
    ) -> None:
        self.connection = connection
        self.source = source
        self.as_at = as_at
        self.fields = {each.name: each for each in source.schema_.fields}
        if source.as_at and source.as_at not in self.fields:
            self.fields[source.as_at] = TableField(name=source.as_at, type="date", format="any")
        self.identity = identity_columns(source)
        self.evidence = {*self.identity.values(), source.identity.record}
        self.births = {
            each
            for each in self.fields
            if each.casefold() == (source.identity.date_of_birth or "").casefold()
        }
        self.texts = Texts(connection, source, self.fields, work_dir)
        self.text = self.texts.text
        self._sql = connection.execute
        self._anything_rejected = True

    def read(self, paths: list[Path], shown: Callable[[Path], str]) -> None:
        """Read the files as one table of texts, under a schema that works.

        Raises:
            DataRefusedError: the schema or a file cannot be used; says which, why, and what would be right.
        """
        self._check_names()
        self._check_fields()
        self.texts.read(paths, shown)

    def _check_names(self) -> None:
        """Refuse names that the typed table uses itself, or that differ only by case."""
        kept = {"record_id", "row_as_at", "row_undated", "row_address_until"}
        reserved = kept - {self.source.identity.record.casefold()}
        seen: set[str] = set()
        for column in (each.name for each in self.source.schema_.fields):
            if column.casefold() in reserved or column.casefold().startswith("raw__"):
                raise DataRefusedError(
                    f"The source {self.source.source} cannot have a field '{column}': the name is taken."
                )
            if column.casefold() in seen:
                raise DataRefusedError(
                    f"The source {self.source.source} has two fields '{column}'; "
                    "names must differ by more than case."
                )
            seen.add(column.casefold())

    def _check_fields(self) -> None:
        """Refuse a format, pattern or constraint that does not work, before any row is read."""
        for each in self.fields.values():
            cell = cell_sql("text", each)
            probe = (
                f"select {cell.fault or 'value'} from (select text, {cell.value} as value "
                "from (select 'probe' as text))"
            )
            try:
                self._sql(probe).fetchall()
            except duckdb.Error as error:
                raise DataRefusedError(
                    f"The source {self.source.source} declares a format, pattern or constraint for "
                    f"'{each.name}' that cannot be used: {str(error).splitlines()[0]}"
                ) from error

    def judge(self) -> None:
        """Find the rows to reject and the cells to set aside."""
        record = self.text(self.source.identity.record)
        complaints = [f"when {record} is null then 'no record id'"]
        complaints += [
            f"when {self.text(column)} is null then {literal(f'{column} is required and is not filled')}"
            for column in self.texts.wanted
            if column in required_columns(self.source) and column != self.source.identity.record
        ]
        self._sql(
            "create temp table rejected as select * from "
            f"(select ord, case {' '.join(complaints)} end as reason from texts) where reason is not null"
        )
        self._reject_copies()
        self._anything_rejected = bool(self._sql("select count(*) from rejected").fetchall()[0][0])
        self._sql("create temp table aside (ord bigint, place integer, reason varchar, counts boolean)")
        self._set_cells_aside()

    def _set_cells_aside(self) -> None:
        """Find cells that are not understood; of identity, only dates of birth have a form to keep."""
        cells = {column: self._cell(column) for column in self.checked()}
        if cells:
            counted = ", ".join(f"count({cell.fault})" for cell in cells.values())
            found = self._sql(f"select {counted} from ({self._values(cells)})").fetchall()[0]
            for (column, cell), count in zip(cells.items(), found, strict=True):
                if count:
                    # The limit keeps the engine from asking for the reason where it would read values again.
                    self._sql(
                        "insert into aside select * from ("
                        f"select ord, {self.texts.place(column)}, {cell.fault} as reason, "
                        f"{self._counts_sql(column)} "
                        f"from ({self._values({column: cell})}) limit {self.texts.rows}) "
                        "where reason is not null"
                    )
        for column, each in self.fields.items():
            if each.constraints.unique and column not in self.evidence:
                text = self.text(column)
                self._sql(
                    f"insert into aside select ord, {self.texts.place(column)}, "
                    "'the value stands in an earlier row, and the schema says that it is unique', true from "
                    f"(select ord, row_number() over (partition by {text} order by ord) as copy from texts "
                    f"where {text} is not null and {self.accepted()}) where copy > 1"
                )

    def lost(self) -> list[tuple[str, int, int]]:
        """Return the columns in use of which most cells were set aside: how many of how many that are filled.

        A column that few rows fill can be lost altogether and hardly a row has a fault; but then whatever
        is told from it is wrong. Where the source allows more faults than that, so it does here.
        """
        most = max(_MOST, self.source.reject_limit)
        in_use = {*used_columns(self.source), self.source.as_at, self.source.identity.address_until}
        found = []
        for column in self.checked():
            if column not in in_use - self.evidence:
                continue
            place, text = self.texts.place(column), self.text(column)
            aside, filled = self._sql(
                f"select (select count(*) from aside where place = {place} and counts), "
                f"(select count({text}) from texts where {self.accepted()})"
            ).fetchall()[0]
            if aside >= _SOME and aside > most * filled:
                found.append((column, aside, filled))
        return found

    def checked(self) -> list[str]:
        """Return the columns whose cells are checked against what the schema declares."""
        return [
            column
            for column in self.fields
            if (column not in self.evidence or column in self.births) and self._cell(column).fault
        ]

    def _counts_sql(self, column: str) -> str:
        """Return SQL for whether a fault counts: a birth that linkage can read is still evidence."""
        if column not in self.births & self.evidence:
            return "true"
        usable = is_evidence_sql(self.text(column), self.fields[column], as_at=self.as_at)
        return f"v{self.texts.place(column)} is null and not {usable}"

    def _values(self, cells: dict[str, Cell]) -> str:
        """Return a query of the accepted rows, read values ``v<place>`` of columns beside the texts."""
        read = "".join(f", {cell.value} as v{self.texts.place(column)}" for column, cell in cells.items())
        return f"select *{read} from texts where {self.accepted()}"

    def _reject_copies(self) -> None:
        """Reject second and later rows of one record id, saying if it is the same row again."""
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
            from copies join raw as copy on copy.rowid = copies.ord
            join raw as first on first.rowid = copies.first_ord
            """
        )

    def accepted(self) -> str:
        """Return SQL that is true of the rows not rejected."""
        return "ord not in (select ord from rejected)" if self._anything_rejected else "true"

    def _cell(self, column: str) -> Cell:
        cell = cell_sql(self.text(column), self.fields[column], f"v{self.texts.place(column)}")
        return replace(cell, value=self._born_by_now(cell.value, column)) if column in self.births else cell

    def _born_by_now(self, value: str, column: str) -> str:
        """Return SQL of a date of birth whose century was guessed: nobody was born after the day of the run.

        The run's day and not the row's: a row may be dated by when a tenancy began, and children came later.
        """
        each = self.fields[column]
        if each.type not in ("date", "datetime") or not (each.format == "any" or has_short_year(each)):
            return value
        guessed = "true" if has_short_year(each) else f"not regexp_matches({self.text(column)}, '[0-9]{{4}}')"
        moved = f"cast({value} - interval 100 year as {SQL_TYPES[each.type]})"
        day = f"date '{self.as_at.isoformat()}'"
        return f"case when cast({value} as date) > {day} and {guessed} then {moved} else {value} end"

    def day_sql(self, column: str) -> str:
        """Return SQL for the day a column says, as the schema declares it, else in a usual British form."""
        each = self.fields.get(column)
        if each is None or each.type not in ("date", "datetime", "yearmonth"):
            return cell_sql(self.text(column), TableField(name=column, type="date", format="any")).value
        return f"cast({self._cell(column).value} as date)"

    def counts(self) -> dict[str, int]:
        """Return how many rows were rejected, cells set aside, rows have either, and how many count."""
        (rejected,) = self._sql("select count(*) from rejected").fetchall()[0]
        places = ", ".join(str(self.texts.place(column)) for column in self.births & self.evidence)
        cells, rows, counted, births, usable = self._sql(
            "select count(*), count(distinct ord), count(distinct ord) filter (where counts), "
            f"count(*) filter (where {f'place in ({places})' if places else 'false'}), "
            "count(*) filter (where not counts) from aside"
        ).fetchall()[0]
        return {
            "births_set_aside": births,
            "births_still_usable": usable,
            "rows_against_limit": rejected + self.texts.unreadable + counted,
            "rows_rejected": rejected + self.texts.unreadable,
            "cells_set_aside": cells,
            "rows_with_fault": rejected + self.texts.unreadable + rows,
        }

    def keep_rejects(self, place: int) -> None:
        """Add what was rejected and set aside to the table ``rejects``, by the source's place in the pack."""
        width = range(len(self.texts.columns))
        cells = ", ".join(f"coalesce(w{each}, '')" for each in width)
        line = (
            "array_to_string([case when regexp_matches(x, '[\",\\n]') "
            "then '\"' || replace(x, '\"', '\"\"') || '\"' else x end"
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

    def commonest_fault(self, *, counted: bool) -> str:
        """Return in words the commonest reason for rows and cells; of equals, the first alphabetically.

        Args:
            counted: Only of those that count towards the reject limit.
        """
        column = (
            f"[{', '.join(literal(each.removeprefix('surplus ')) for each in self.texts.columns)}][place + 1]"
        )
        found = self._sql(
            f"""
            select words, count(*) as times from (
                select reason as words from unread union all select reason from rejected
                union all select {column} || ': ' || reason from aside where counts or not {counted})
            group by words order by times desc, words limit 1
            """
        ).fetchall()
        words, times = found[0]
        return f"{words} ({'once' if times == 1 else f'{times:,} times'})"

    def dated_sql(self) -> str:
        """Return SQL for the day a row says it was true; NULL where it says none that can be read."""
        column = self.source.as_at
        return "cast(null as date)" if column is None else self.day_sql(column)

    def _days(self) -> dict[str, str]:
        """Return name and SQL of what is known of a row's own dates.

        The day it was true is the run's where it has none that can be read. That it has none is kept where
        its source dates rows: such a row is no news, unlike a row of a list that is true as a whole. That
        the day they left is there and cannot be read is kept too: they may well live there no longer.
        """
        dated = self.dated_sql()
        days = {"row_as_at": f"coalesce({dated}, date '{self.as_at.isoformat()}')"}
        if self.source.as_at:
            days["row_undated"] = f"{dated} is null"
        if until := self.source.identity.address_until:
            days["row_address_until"] = self.day_sql(until)
            unread = f"{self.text(until)} is not null and {self.day_sql(until)} is null"
            days[name(unread_sign("row_address_until"))] = unread
        return days

    def write(self, path: Path) -> None:
        """Write the typed table (ARCHITECTURE.md), readable by its owner alone, in the order of the files."""
        days = self._days()
        said = [f"{self.text(self.source.identity.record)} as record_id", *days]
        cells = {each.name: self._cell(each.name) for each in self.source.schema_.fields}
        signed = signed_columns(self.source)
        for column, cell in cells.items():
            if column.casefold() == "record_id":  # the record id itself, under its own name already
                if column in signed:
                    said.append(f"false as {name(unread_sign(column))}")
                continue
            value = f"v{self.texts.place(column)}"
            if column not in self.evidence:
                if cell.fault:
                    value = f"case when {cell.fault} is null then {value} end"
                if self.fields[column].constraints.unique:
                    aside = f"select ord from aside where place = {self.texts.place(column)}"
                    value = f"case when ord not in ({aside}) then {value} end"
            said.append(f"{value} as {name(column)}")
            if column in signed:
                unread = f"{self.text(column)} is not null and {value} is null"
                said.append(f"{unread} as {name(unread_sign(column))}")
        said += [f"{self.text(column)} as {name(raw)}" for raw, column in self.identity.items()]
        dated = ", ".join(f"{sql} as {day}" for day, sql in days.items())
        rows = f"select *, {dated} from ({self._values(cells)})"
        in_order = "order by ord" if self._anything_rejected else ""  # splitting rows loses their order
        self._sql(
            f"copy (select {', '.join(said)} from ({rows}) {in_order}) to {literal(str(private(path)))} "
            "(format parquet, compression zstd, use_tmp_file false)"
        )

    def close(self) -> None:
        """Drop the tables of the source and what is left of its private files."""
        self.texts.close()
        for table in ("rejected", "copies", "aside"):
            self._sql(f"drop table if exists {table}")
