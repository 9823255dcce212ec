"""Cells as agencies write them, cleaned by the real engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.area.models import Source, TableField
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.cleaning import clean_records
from alongside.insight.cleaning.records import identity_columns
from alongside.insight.intake.cells import cell_sql

AS_AT = date(2026, 11, 1)
Cells = Sequence[Mapping[str, str | None]]
CleanedBy = Callable[[str, Sequence[str | None]], list[Any]]
CleanedSource = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def cleaned_by() -> CleanedBy:
    """Give a function: a SQL expression over ``text``, and cells; returns what becomes of each."""
    connection = duckdb.connect()

    def run(sql: str, cells: Sequence[str | None]) -> list[Any]:
        connection.register(
            "cells", pa.table({"place": range(len(cells)), "text": pa.array(list(cells), pa.string())})
        )
        return [row[0] for row in connection.execute(f"select {sql} from cells order by place").fetchall()]

    return run


def a_source(
    identity: Mapping[str, Any], *, code: str = "desk", fields: Cells = (), as_at: str | None = None
) -> Source:
    return Source.model_validate(
        {
            "source": code,
            "title": code.title(),
            "organisation": "council",
            "purposes": ["early_help"],
            "files": f"{code}*.csv",
            "schema": {"fields": [{"name": "ref", "type": "string"}, *fields]},
            "identity": {"record": "ref", **identity},
            "as_at": as_at,
        }
    )


def _typed(field: Mapping[str, Any], cells: Sequence[str | None]) -> pa.Array:
    """What intake makes of a declared column."""
    value = cell_sql("text", TableField.model_validate(field)).value
    with duckdb.connect() as connection:
        connection.register(
            "cells", pa.table({"place": range(len(cells)), "text": pa.array(cells, pa.string())})
        )
        return connection.execute(f"select {value} as v from cells order by place").fetch_arrow_table()["v"]


@pytest.fixture
def cleaned(tmp_path: Path) -> Iterator[CleanedSource]:
    """Give a function of an identity mapping and raw cells (without ``raw__``) that returns ``records``.

    Cells under the name of one of ``fields`` stand in its typed column, as intake reads them.
    """
    engine = DuckDBBackend(work_dir=tmp_path)

    def run(
        identity: Mapping[str, Any],
        cells: Cells,
        *,
        fields: Cells = (),
        as_at: str | None = None,
        row_as_at: date = AS_AT,
    ) -> list[dict[str, Any]]:
        source = a_source(identity, fields=fields, as_at=as_at)
        columns = {
            name: pa.array([row.get(name.removeprefix("raw__")) for row in cells], pa.string())
            for name in identity_columns(source)
        }
        columns |= {
            field["name"]: _typed(field, [row.get(field["name"]) for row in cells]) for field in fields
        }
        table = pa.table(
            {
                "record_id": pa.array([f"{number:04d}" for number in range(len(cells))], pa.string()),
                "row_as_at": pa.array([row_as_at] * len(cells), pa.date32()),
                **columns,
            }
        )
        file = tmp_path / "desk.parquet"
        pq.write_table(table, file)
        clean_records(engine, {"desk": source}, {"desk": file}, as_at=AS_AT)
        rows: list[dict[str, Any]] = engine.arrow("select * from records order by record_id").to_pylist()
        return rows

    yield run
    engine.close()
