"""Spark as an engine: what it keeps, where, and what it says when it cannot start."""

import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.insight.parity.conftest import Engines

from alongside.errors import AskedWronglyError
from alongside.insight.backends.spark import SparkBackend
from alongside.insight.machine import as_machine_error


def test_a_table_is_worked_out_once(engines: Engines) -> None:
    spark = engines.spark
    spark.create("drawn", "select n, uuid() as chance from (select 1 as n union all select 2) t")
    assert spark.arrow("select * from drawn order by n") == spark.arrow("select * from drawn order by n")


def test_a_table_may_be_made_anew_from_itself(engines: Engines) -> None:
    spark = engines.spark
    spark.create("grown", "select 1 as n")
    spark.create("grown", "select n + 1 as n from grown")
    assert spark.arrow("select n from grown")["n"].to_pylist() == [2]


def test_a_dropped_table_is_gone_from_the_disk_too(engines: Engines) -> None:
    spark = engines.spark
    tables = Path(spark.session.conf.get("spark.local.dir")).parent / "tables"
    before = set(tables.iterdir())
    spark.create("short_lived", "select 1 as n")
    spark.register("registered", pa.table({"n": [1]}))
    assert len(set(tables.iterdir()) - before) == 2
    spark.drop("short_lived", "registered", "never_made")
    assert set(tables.iterdir()) == before


def test_a_written_file_holds_the_rows_in_their_order_and_is_its_owners_alone(
    engines: Engines, tmp_path: Path
) -> None:
    engines.spark.register("numbers", pa.table({"n": [3, 1, 2]}))
    engines.spark.write_parquet("select n from numbers order by n", tmp_path / "numbers.parquet")
    assert pq.read_table(tmp_path / "numbers.parquet")["n"].to_pylist() == [1, 2, 3]
    assert stat.S_IMODE((tmp_path / "numbers.parquet").stat().st_mode) == 0o600


def test_what_spark_writes_lands_only_in_the_work_folder(engines: Engines) -> None:
    work = Path(engines.spark.session.conf.get("spark.local.dir")).parent
    assert (
        Path(engines.spark.session.conf.get("spark.sql.warehouse.dir").removeprefix("file:")).parent == work
    )
    assert work.name == "spark"
    assert engines.spark.session.conf.get("spark.sql.catalogImplementation") == "in-memory"


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(AskedWronglyError, match="needs Java 17 or newer"):
        SparkBackend(work_dir=tmp_path)


def test_a_disk_that_is_full_and_memory_that_ends_are_told_as_sentences(
    engines: Engines,
) -> None:
    for words, told in {
        "java.io.IOException: No space left on device": "disk is full",
        "java.lang.OutOfMemoryError": "memory",
    }.items():
        with pytest.raises(Exception, match="USER_RAISED") as raised:
            engines.spark.arrow(f"select raise_error('{words}') as y")
        error = as_machine_error(raised.value)
        assert told in str(error)
