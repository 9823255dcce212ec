"""The engine of one machine: what it may do, and that what it writes is its owner's alone."""

import stat
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.insight.backends.duckdb import DuckDBBackend


@pytest.fixture
def backend(tmp_path: Path) -> DuckDBBackend:
    return DuckDBBackend(work_dir=tmp_path, memory_limit="1GB", threads=1)


def setting(backend: DuckDBBackend, name: str) -> str:
    return str(backend.arrow(f"select current_setting('{name}') as value")["value"][0].as_py())


def test_no_extension_is_fetched_or_loaded_behind_our_back(backend: DuckDBBackend) -> None:
    assert setting(backend, "autoinstall_known_extensions").lower() == "false"
    assert setting(backend, "autoload_known_extensions").lower() == "false"
    with pytest.raises(duckdb.Error):
        backend.arrow("select * from read_csv('https://example.invalid/a.csv')")


def test_memory_is_capped_and_what_spills_lands_only_in_the_work_folder(
    backend: DuckDBBackend, tmp_path: Path
) -> None:
    assert setting(backend, "memory_limit") == "953.6 MiB"
    assert Path(setting(backend, "temp_directory")).is_relative_to(tmp_path)


def test_a_written_file_holds_the_rows_in_their_order_and_is_its_owners_alone(
    backend: DuckDBBackend, tmp_path: Path
) -> None:
    backend.register("numbers", pa.table({"n": [3, 1, 2]}))
    backend.write_parquet("select n from numbers order by n", tmp_path / "numbers.parquet")
    assert pq.read_table(tmp_path / "numbers.parquet")["n"].to_pylist() == [1, 2, 3]
    assert stat.S_IMODE((tmp_path / "numbers.parquet").stat().st_mode) == 0o600


def test_a_file_whose_name_holds_a_quote_is_read(backend: DuckDBBackend, tmp_path: Path) -> None:
    path = tmp_path / "o'brien.parquet"
    pq.write_table(pa.table({"n": [1]}), path)
    backend.read_parquet("names", path)
    assert backend.arrow("select n from names")["n"].to_pylist() == [1]
