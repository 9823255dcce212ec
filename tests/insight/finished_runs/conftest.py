"""A finished run folder and a truth folder, made by hand: real Parquet files and a real manifest."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.insight.run_folder import Manifest, marks

AS_AT = date(2026, 11, 1)
WriteRun = Callable[..., Path]
WriteTruth = Callable[..., Path]

LINKS = pa.schema(
    [
        ("source", pa.string()),
        ("record_id", pa.string()),
        ("person_id", pa.string()),
        ("probability", pa.float64()),
    ]
)


@pytest.fixture
def write_run(tmp_path: Path) -> WriteRun:
    """Give a function that writes a run folder.

    ``links`` maps (source, record_id) to a person id or None; ``tables`` maps file names such as
    ``cohort.parquet`` to Arrow tables; ``jsons`` maps file names to what they hold.
    """

    def write(
        links: Mapping[tuple[str, str], str | None],
        *,
        tables: Mapping[str, pa.Table] | None = None,
        jsons: Mapping[str, Any] | None = None,
        name: str = "run",
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        rows = [
            {
                "source": source,
                "record_id": record,
                "person_id": person,
                "probability": 1.0 if person else None,
            }
            for (source, record), person in links.items()
        ]
        for file, table in {"links.parquet": pa.Table.from_pylist(rows, LINKS), **(tables or {})}.items():
            (folder / file).parent.mkdir(exist_ok=True)
            pq.write_table(table, folder / file)
        for file, content in (jsons or {}).items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(json.dumps(content), encoding="utf-8")
        Manifest(
            area="riverside",
            as_at=AS_AT,
            seed=1,
            backend="duckdb",
            key_fingerprint="0" * 16,
            kept_identity=False,
            pack="0" * 64,
            inputs={},
            counts={},
            versions={},
            outputs=marks(folder),
        ).write(folder)
        return folder

    return write


@pytest.fixture
def write_truth(tmp_path: Path) -> WriteTruth:
    """Give a function that writes a truth folder from record to person, and further files as rows."""

    def write(
        truth: Mapping[tuple[str, str], str | None],
        *,
        name: str = "truth",
        **files: Sequence[Mapping[str, Any]],
    ) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        rows = [
            {"source": source, "record_id": record, "person": person or ""}
            for (source, record), person in truth.items()
        ]
        for file, content in {"truth": rows, **files}.items():
            columns = list(content[0])
            lines = [
                ",".join(columns),
                *(",".join(str(row[column]) for column in columns) for row in content),
            ]
            (folder / f"{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    return write
