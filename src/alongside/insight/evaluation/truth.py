"""Truth: who is who, who was in need, and what happened later, as recorded by somebody who knows."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from alongside.errors import AskedWronglyError, DataRefusedError
from alongside.insight.backends import Backend

GROUPS = ("sex", "age_band", "name_origin")
"""How people are grouped, to see whether everybody is served equally well."""
_NEED = re.compile(r"in_need|need_[a-z0-9_]+")
_YES = "('true', '1', 'yes', 't', 'y')"
_NO = "('false', '0', 'no', 'f', 'n')"


@dataclass(frozen=True)
class Truth:
    """What a truth folder held.

    The rows are the backend's tables ``truth``, ``true_people``, ``harm`` and ``true_households``; a table
    whose file is missing is empty.

    Attributes:
        without_person: Rows of truth that name no person, such as reports about a place.
        groups: Which of ``GROUPS`` are given for people.
        needs: What it says people truly were in need of: ``in_need`` for anything, ``need_<policy>`` for
            what one policy is for.
        has_harm: Whether it says what happened later.
        has_households: Whether it says who lives with whom.
    """

    without_person: int
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    has_harm: bool
    has_households: bool


def load_truth(backend: Backend, path: Path) -> Truth:
    """Read a truth folder, or one CSV file of source, record_id and person, into the backend.

    Raises:
        AskedWronglyError: There is no such folder or file.
        DataRefusedError: A file is empty, lacks a column, is not plain CSV, or contradicts itself.
    """
    if not path.exists():
        raise AskedWronglyError(
            f"There is no truth at {path}: give a folder that holds truth.csv, or a CSV file."
        )
    folder = path if path.is_dir() else None
    main_file = path / "truth.csv" if folder else path
    if not main_file.is_file():
        raise AskedWronglyError(f"The folder {path} holds no truth.csv (columns source, record_id, person).")
    rows = _read(main_file, required=("source", "record_id", "person"))
    if rows.num_rows == 0:
        raise DataRefusedError(f"{main_file.name} holds no rows: there is nothing to measure against.")
    backend.register("truth_rows", rows)
    backend.create(
        "truth",
        "select source, record_id, min(person) as person, max(person) as other from truth_rows"
        " where person is not null group by source, record_id",
    )
    _refuse_contradictions(backend, main_file.name)
    named = backend.arrow("select count(*) from truth")[0][0].as_py()
    if named == 0:
        raise DataRefusedError(
            f"No row of {main_file.name} names a person: there is nothing to measure against."
        )
    without_person = backend.arrow("select count(*) from truth_rows where person is null")[0][0].as_py()

    people = _optional(
        folder,
        "people.csv",
        required=("person",),
        optional=(*GROUPS, "household_id", "household"),
        needs=True,
    )
    harm = _optional(folder, "harm.csv", required=("person", "date"), optional=("kind",))
    households = _households(folder, people)
    _create_people(backend, people)
    _create_harm(backend, harm)
    _create_households(backend, households)
    columns = people.column_names if people else []
    return Truth(
        without_person=without_person,
        groups=tuple(group for group in GROUPS if group in columns),
        needs=_needs(columns),
        has_harm=harm is not None,
        has_households=households is not None,
    )


def _households(folder: Path | None, people: pa.Table | None) -> pa.Table | None:
    """Who lives with whom: ``people.csv`` may say it, else ``households.csv`` does, one row per person."""
    for column in ("household_id", "household"):
        if people is not None and column in people.column_names:
            return pa.table({"person": people["person"], "household_id": people[column]})
    return _optional(folder, "households.csv", required=("person", "household_id"))


def _read(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = (), needs: bool = False
) -> pa.Table:
    """Read a CSV as text, blank cells as NULL; every refusal names the file and never quotes a cell."""
    if path.stat().st_size == 0:
        raise DataRefusedError(f"{path.name} is empty: it needs the columns {', '.join(required)}.")
    uneven: list[int | None] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        uneven.append(row.number)
        return "skip"

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            names = next(csv.reader(lines))
        table = pacsv.read_csv(
            path,
            read_options=pacsv.ReadOptions(use_threads=False),
            parse_options=pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=set_aside),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except (UnicodeDecodeError, csv.Error, pa.ArrowInvalid) as error:
        raise DataRefusedError(
            f"{path.name} could not be read as a comma-separated file in UTF-8 with a heading line."
        ) from error
    missing = [name for name in required if name not in table.column_names]
    if missing:
        raise DataRefusedError(
            f"{path.name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"it needs {', '.join(required)}."
        )
    if uneven:
        raise DataRefusedError(
            f"{path.name}: {len(uneven)} rows have more or fewer cells than the heading, "
            f"the first at row {uneven[0]}."
        )
    told = [name for name in optional if name in table.column_names]
    return table.select([*required, *told, *(_needs(table.column_names) if needs else ())])


def _optional(
    folder: Path | None,
    name: str,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    needs: bool = False,
) -> pa.Table | None:
    if folder is None or not (folder / name).is_file():
        return None
    return _read(folder / name, required=required, optional=optional, needs=needs)


def _needs(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(column for column in columns if _NEED.fullmatch(column))


def _refuse_contradictions(backend: Backend, file: str) -> None:
    found = backend.arrow(
        "select count(*) as records, min(source) as source from truth where person <> other"
    ).to_pylist()[0]
    if found["records"]:
        raise DataRefusedError(
            f"{file} gives {found['records']} records more than one person (source {found['source']} "
            "among them): a record is about one person, so give each record one row."
        )
    blank = backend.arrow("select count(*) from truth_rows where source is null or record_id is null")[0][
        0
    ].as_py()
    if blank:
        raise DataRefusedError(f"{file}: {blank} rows have no source or no record_id; each row needs both.")


def _create_people(backend: Backend, people: pa.Table | None) -> None:
    """``true_people``: one row per person; a group that the truth does not give is NULL."""
    empty = pa.table({"person": pa.array([], pa.string())})
    people = people if people is not None else empty
    backend.register("people_rows", people)
    told = [
        f"min({group}) as {group}" if group in people.column_names else f"cast(null as text) as {group}"
        for group in GROUPS
    ]
    needs = _needs(people.column_names)
    told += [
        f"case when lower(min({need})) in {_YES} then true when lower(min({need})) in {_NO} then false end"
        f" as {need}"
        for need in needs
    ]
    unclear = [f"lower(min({need})) not in {_YES} and lower(min({need})) not in {_NO}" for need in needs]
    backend.create(
        "true_people",
        f"""
        select person, {", ".join(told)}, count(*) as rows_told,
            coalesce({" or ".join(unclear) or "false"}, false) as unclear
        from people_rows where person is not null group by person
        """,
    )
    twice, odd = (
        backend.arrow(f"select count(*) from true_people where {fault}")[0][0].as_py()
        for fault in ("rows_told > 1", "unclear")
    )
    if twice:
        raise DataRefusedError(f"people.csv lists {twice} people more than once: give each person one row.")
    if odd:
        raise DataRefusedError(f"people.csv: the need of {odd} people is neither yes nor no.")


def _create_harm(backend: Backend, harm: pa.Table | None) -> None:
    empty = pa.table({"person": pa.array([], pa.string()), "date": pa.array([], pa.string())})
    backend.register("harm_rows", harm if harm is not None else empty)
    unclear = backend.arrow("select count(*) from harm_rows where try_cast(date as date) is null")[0][
        0
    ].as_py()
    if unclear:
        raise DataRefusedError(f"harm.csv: {unclear} rows have no date in the form 2026-11-01.")
    backend.create(
        "harm", "select person, cast(date as date) as happened_on from harm_rows where person is not null"
    )


def _create_households(backend: Backend, households: pa.Table | None) -> None:
    empty = pa.table({"person": pa.array([], pa.string()), "household_id": pa.array([], pa.string())})
    backend.register("household_rows", households if households is not None else empty)
    backend.create(
        "true_households",
        "select person, min(household_id) as household_id from household_rows"
        " where person is not null and household_id is not null group by person",
    )
