"""``cohort.csv``: the list for people who use a spreadsheet, which must never run what is in a cell."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from alongside.cells import safe_cell


def write_cohort_csv(cohort: pa.Table, path: Path) -> None:
    """Write ``cohort`` as UTF-8 with a mark at its start (Excel needs it), CRLF, every cell safe."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(cohort.column_names)
        for batch in cohort.to_batches(max_chunksize=10_000):
            writer.writerows(_rows(batch.to_pylist(), cohort.column_names))


def as_cell(value: Any) -> str:
    """Turn a value into the text of a cell: lists are separated by semicolons, and nothing is an empty cell.

    A reason, a gap or a response is written in words; the codes are in ``cohort.parquet``.
    """
    text = _text(value).replace("\x00", "")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return text if number else safe_cell(text)


def _rows(people: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Iterable[list[str]]:
    return ([as_cell(person[column]) for column in columns] for person in people)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case {"words": words} | {"title": words}:
            return str(words)
        case list() | tuple():
            return "; ".join(_text(part) for part in value)
        case _:
            return str(value)
