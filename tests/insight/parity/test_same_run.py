"""One fictional borough through both engines: the same people, for the same reasons."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from alongside.insight.run import find
from alongside.insight.synthetic import make_borough

AS_AT = date(2026, 11, 1)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The run folder each engine made of a thousand people, all identity kept."""
    folder = tmp_path_factory.mktemp("parity")
    borough = make_borough(folder / "borough", people=1_000, seed=5).folder
    return {
        engine: find(
            borough / "area",
            borough / "extracts",
            as_at=AS_AT,
            out=folder / engine,
            keep_identity=True,
            backend=engine,
        ).run.folder
        for engine in ("duckdb", "spark")
    }


@pytest.mark.proves("FIND-06")
@pytest.mark.parametrize(
    "file",
    [
        "identity/records.parquet",
        "identity/people.parquet",
        "links.parquet",
        "review.parquet",
        "linkage/edges.parquet",
        "linkage/fingerprints.parquet",
        "identity_events.parquet",
        "facts.parquet",
        "factors.parquet",
        "case_index.parquet",
        "cohort.parquet",
    ],
)
def test_both_engines_write_the_same_rows(runs: dict[str, Path], file: str) -> None:
    on_duckdb, on_spark = (pq.read_table(runs[engine] / file) for engine in ("duckdb", "spark"))
    assert [(each.name, each.type) for each in on_spark.schema] == [
        (each.name, each.type) for each in on_duckdb.schema
    ]
    assert on_spark.num_rows == on_duckdb.num_rows
    assert nearly(on_spark.to_pylist()) == on_duckdb.to_pylist()


def nearly(rows: Rows) -> Rows:
    """Rows that equal others whose probabilities and figures differ by less than a billionth."""
    return [
        {
            name: pytest.approx(value, abs=1e-9, nan_ok=True) if isinstance(value, float) else value
            for name, value in row.items()
        }
        for row in rows
    ]


def test_there_was_something_to_differ_in(runs: dict[str, Path]) -> None:
    rows = {
        name: pq.read_metadata(runs["duckdb"] / f"{name}.parquet").num_rows
        for name in ("links", "review", "facts", "factors", "case_index", "cohort")
    }
    assert min(rows.values()) >= 10, rows


@pytest.mark.parametrize("file", ["cohort.csv", "quality.json", "policies.json"])
def test_what_people_read_is_the_same_to_the_letter(runs: dict[str, Path], file: str) -> None:
    assert (runs["spark"] / file).read_bytes() == (runs["duckdb"] / file).read_bytes()


def test_the_manifests_count_alike_and_name_their_engine(runs: dict[str, Path]) -> None:
    told = {
        engine: json.loads((folder / "manifest.json").read_text("utf-8")) for engine, folder in runs.items()
    }
    assert told["spark"]["counts"] == told["duckdb"]["counts"]
    assert [told[engine]["backend"] for engine in runs] == ["duckdb", "spark"]


def test_spark_leaves_nothing_behind(runs: dict[str, Path]) -> None:
    files = {
        engine: sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
        for engine, folder in runs.items()
    }
    assert files["spark"] == files["duckdb"]
    assert not [
        name for name in ("spark-warehouse", "metastore_db", "derby.log", "artifacts") if Path(name).exists()
    ]
