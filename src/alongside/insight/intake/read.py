"""All sources of the area pack, in order: each read, judged, measured and written, or refused by name."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb

from alongside.area.models import Source
from alongside.errors import DataRefusedError
from alongside.insight.intake.files import (
    OBJECTIONS_FILE,
    all_files,
    asks_for_objections,
    matches,
    private,
    says_who_objects,
    shown,
)
from alongside.insight.intake.measures import measure
from alongside.insight.intake.results import Intake, SourceIntake
from alongside.insight.intake.source import SourceTables
from alongside.insight.intake.sql import literal
from alongside.insight.progress import Progress, Silent


class HasSources(Protocol):
    """What intake needs of an area pack."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources by their codes."""


def read_extracts(
    pack: HasSources,
    extracts: Path,
    *,
    as_at: date,
    work_dir: Path,
    objections: Path | None = None,
    progress: Progress | None = None,
    previous_quality: Mapping[str, Any] | None = None,
    memory_limit: str = "2GB",
    threads: int | None = None,
) -> Intake:
    """Read every source of the pack that has files, and say what became of each.

    A source that cannot be used is refused by name and the others go on. Written, readable by their owner
    alone: ``work_dir/typed/<source>.parquet`` as ARCHITECTURE.md describes it, in the order of the files'
    names and of their rows; ``work_dir/rejects.parquet`` with ``source file row_number scope column reason
    raw``, where ``scope`` is ``row`` (``raw`` is the whole row) or ``cell`` (``raw`` is the cell, its row
    went on without it; a date of birth goes to linkage as it was written) and ``row_number`` is what a
    spreadsheet shows (a header is row 1; of Parquet, the first row is). The same inputs give the same bytes.

    Args:
        pack: The area pack; its ``sources`` are used.
        extracts: The folder of the files, searched with the folders in it.
        as_at: The day of the run; rows without a date of their own were true on it.
        work_dir: An existing or new folder for what is written; needs about twice the extracts' size for a
            while.
        objections: A file of who objects, whatever it is called; read by the source that asks for Alongside's
            own, unless the extracts have one of its name, which is then read.
        progress: Told what happens, never the value of a row.
        previous_quality: ``Intake.quality`` of the run before, to show what changed.
        memory_limit: Of the engine, such as ``2GB``; beyond it, it spills into ``work_dir``.
        threads: Of the engine; all cores without it.

    Raises:
        AskedWronglyError: there is no such folder.
        DataRefusedError: no source of the pack reads ``objections``, so nobody would be left out.
    """
    progress = progress or Silent()
    files, given = _with_objections(all_files(extracts), extracts, objections)

    def asks(source: Source, path: Path) -> bool:
        named = path == given and asks_for_objections(source.files)
        return named or matches(path, extracts, source.files)

    if given is not None and objections is not None and given.resolve() != objections.resolve():
        progress.said(f"The extracts have their own {given.name}: that is read, and not {objections}.")
    if given is not None and not any(asks(source, given) for source in pack.sources.values()):
        raise DataRefusedError(
            f"{given.name} says who objects, but no source of the area pack reads it, so nobody would be "
            "left out. Add a source to the pack whose `files` asks for "
            f"{OBJECTIONS_FILE}, as Riverside's sources/objections.yaml does, and a factor `objected` from it"
        )
    typed = work_dir / "typed"
    typed.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = _connect(work_dir, memory_limit, threads)
    try:
        connection.execute(
            "create temp table rejects (place integer, source varchar, file varchar, row_number bigint, "
            'scope varchar, "column" varchar, reason varchar, raw varchar)'
        )
        results: dict[str, SourceIntake] = {}
        objecting: list[str] = []
        for place, (code, source) in enumerate(pack.sources.items()):
            paths = [path for path in files if asks(source, path)]
            tables = SourceTables(connection, source, as_at=as_at, work_dir=work_dir)
            before = (previous_quality or {}).get(code)
            try:
                results[code] = _read_source(
                    tables, paths, extracts, typed / f"{code}.parquet", place, before
                )
            finally:
                tables.close()
            progress.said(f"{code}: {_became(results[code])}")
            if any(path == given or says_who_objects(path) for path in paths):
                objecting.append(code)
        rejects = work_dir / "rejects.parquet"
        _write_rejects(connection, rejects)
    finally:
        connection.close()
    asked = {path for source in pack.sources.values() for path in files if asks(source, path)}
    unmatched = tuple(shown(path, extracts) for path in files if path not in asked and not path.is_dir())
    if unmatched:
        progress.said(f"Files that no source asked for: {', '.join(unmatched)}.")
    return Intake(results, rejects, unmatched, tuple(objecting))


def _with_objections(
    files: list[Path], extracts: Path, objections: Path | None
) -> tuple[list[Path], Path | None]:
    """Return the files with the one of who objects among them, and that one as it stands there."""
    if objections is None:
        return files, None
    for path in files:
        if path.resolve() == objections.resolve() or shown(path, extracts) == objections.name:
            return files, path
    return [*files, objections], objections


def _connect(work_dir: Path, memory_limit: str, threads: int | None) -> duckdb.DuckDBPyConnection:
    """Return a private engine that keeps rows in order, fetches nothing and spills only into ``work_dir``."""
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": memory_limit,
            "temp_directory": str(work_dir / "spill"),
            "preserve_insertion_order": "true",
            **({"threads": str(threads)} if threads else {}),
        },
    )


def _read_source(
    tables: SourceTables,
    paths: list[Path],
    extracts: Path,
    typed: Path,
    place: int,
    previous: Mapping[str, Any] | None,
) -> SourceIntake:
    """Return what became of one source, its typed table written if it was read."""
    source = tables.source
    code, texts = source.source, tables.texts
    if not paths:
        return SourceIntake(
            code,
            "missing",
            f"No file in the extracts folder matches {source.files!r}; the run goes on without it.",
        )
    try:
        tables.read(paths, lambda path: shown(path, extracts))
    except DataRefusedError as error:
        return SourceIntake(code, "refused", str(error), tuple(texts.files), notes=tuple(texts.notes))
    files, notes, rows = tuple(texts.files), tuple(texts.notes), texts.rows + texts.unreadable
    if not rows:
        return SourceIntake(code, "empty", "There are no rows below the header.", files, notes=notes)
    tables.judge()
    tables.keep_rejects(place)
    counts = tables.counts()
    kept = rows - counts["rows_rejected"]
    quality = measure(tables, counts, previous)
    share = counts["rows_against_limit"] / rows
    lost = tables.lost()
    refused = share > source.reject_limit or not kept or bool(lost)
    if not refused:
        tables.write(typed)
    return SourceIntake(
        code,
        "refused" if refused else "read",
        _why_lost(lost)
        if lost and share <= source.reject_limit
        else _why(tables, rows, counts, refused=refused),
        files,
        rows,
        kept,
        counts["rows_rejected"],
        counts["cells_set_aside"],
        counts["rows_with_fault"],
        counts["rows_against_limit"],
        notes,
        None if refused else typed,
        quality,
    )


def _became(source: SourceIntake) -> str:
    """Return what to say about a source while the work goes on."""
    return source.why if source.status == "read" else f"{source.status}: {source.why}"


def _why(tables: SourceTables, rows: int, counts: Mapping[str, int], *, refused: bool) -> str:
    """Return the sentence on a source that could be opened."""
    faults = counts["rows_with_fault"]
    if refused:
        limit = tables.source.reject_limit
        return (
            f"{counts['rows_against_limit']:,} of {rows:,} rows have a fault, more than the {limit:.0%} this "
            "source allows; the run goes on without it. "
            f"Most often: {tables.commonest_fault(counted=True)}. See the rejects, and ask the owner "
            "for a sound extract or correct the source's file."
        )
    read = f"{rows:,} {'row' if rows == 1 else 'rows'} read"
    if not faults:
        return f"{read}, none with a fault."
    births = counts["births_still_usable"]
    usable = (
        f" Linkage still uses {_counted(births, 'date')} of birth as written, so "
        f"{'this does' if births == 1 else 'these do'} not count towards the reject limit."
        if births
        else ""
    )
    return (
        f"{read}, {faults:,} with a fault: {_counted(counts['rows_rejected'], 'row')} rejected, "
        f"{_counted(counts['cells_set_aside'], 'cell')} set aside. "
        f"Most often: {tables.commonest_fault(counted=False)}.{usable}"
    )


def _why_lost(lost: Sequence[tuple[str, int, int]]) -> str:
    """Return the sentence on a source of which a column in use says nothing."""
    told = "; ".join(f"{column}: {aside:,} of {filled:,} could not be read" for column, aside, filled in lost)
    return (
        f"{told}, and what is told from it would be wrong, so the run goes on without this source. See the "
        "rejects, and ask the owner for a sound extract or correct the source's file."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _write_rejects(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write all rejects as one file, in the order of the pack, the files and the rows."""
    connection.execute(
        f"""
        copy (select source, file, row_number, scope, "column", reason, raw from rejects
              order by place, file, row_number, scope desc, "column", reason, raw)
        to {literal(str(private(path)))} (format parquet, compression zstd, use_tmp_file false)
        """
    )
