"""One small borough, made once for all tests of this folder."""

from pathlib import Path

import duckdb
import pytest

from alongside.insight.synthetic import BoroughSummary, make_borough


@pytest.fixture(scope="session")
def borough(tmp_path_factory: pytest.TempPathFactory) -> BoroughSummary:
    """20,000 people, seed 7."""
    return make_borough(tmp_path_factory.mktemp("borough") / "small", people=20_000, seed=7)


@pytest.fixture(scope="session")
def tables(borough: BoroughSummary) -> duckdb.DuckDBPyConnection:
    """Every extract but the workbook, and the truth, as text tables."""
    connection = duckdb.connect()
    for path in sorted((borough.folder / "truth").glob("*.csv")):
        _read(connection, path.stem, path, ",", "utf-8")
    delimiters = {"housing_rent": ";", "council_tax": "|", "police": "\\t", "voluntary_sector": ";"}
    for path in sorted((borough.folder / "extracts").iterdir()):
        source = path.stem.removesuffix("_202610")
        if path.suffix == ".csv":
            encoding = "cp1252" if source in {"housing_rent", "council_contact"} else "utf-8"
            _read(connection, source, path, delimiters.get(source, ","), encoding)
        elif path.suffix == ".parquet":
            connection.execute(f"create table {source} as select * from '{path}'")
    return connection


def _read(
    connection: duckdb.DuckDBPyConnection, table: str, path: Path, delimiter: str, encoding: str
) -> None:
    if encoding != "utf-8":
        plain = path.with_suffix(".utf8")
        plain.write_text(path.read_text(encoding=encoding), encoding="utf-8")
        path = plain
    connection.execute(
        f"create table {table} as "
        f"select * from read_csv('{path}', all_varchar=true, delim='{delimiter}', header=true)"
    )
    if path.suffix == ".utf8":
        path.unlink()
