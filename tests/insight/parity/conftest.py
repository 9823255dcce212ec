"""Both engines at once. Spark starts once per module; without Java it says so, and the test fails."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.backends.spark import SparkBackend

# A thousand people are too few to plan for twice. It is compiled as it is outside, and worked out alike:
# Spark refuses some things only where it compiles.
os.environ["SPARK_CONF_DIR"] = str(Path(__file__).parent / "small")
# With one compiler there is by default too little room for what it compiles; and without Hadoop's own library
# each file that is written starts a process.
os.environ["JAVA_TOOL_OPTIONS"] = " ".join(
    [
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:ReservedCodeCacheSize=256m",
        "-Djdk.lang.Process.launchMechanism=VFORK",
    ]
)


@dataclass(frozen=True)
class Engines:
    duckdb: DuckDBBackend
    spark: SparkBackend

    def both(self, sql: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The rows of ``sql`` from DuckDB, and from Spark."""
        return self.duckdb.arrow(sql).to_pylist(), self.spark.arrow(sql).to_pylist()

    def register(self, table: str, data: pa.Table) -> None:
        self.duckdb.register(table, data)
        self.spark.register(table, data)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    duckdb = DuckDBBackend(work_dir=tmp_path_factory.mktemp("duckdb"), memory_limit="1GB", threads=1)
    spark = SparkBackend(work_dir=tmp_path_factory.mktemp("spark"))
    yield Engines(duckdb, spark)
    spark.close()
    duckdb.close()
