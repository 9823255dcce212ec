"""The engines: DuckDB on one machine, Spark on a cluster. They execute, they never decide.

All SQL of insight is written once, in DuckDB's dialect; a backend transpiles where its own differs.
"""

from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq


class Backend(Protocol):
    """What insight asks of an engine. Table names are ours and checked; values never come in through them."""

    name: str

    def read_parquet(self, table: str, path: Path | list[Path]) -> None:
        """Let ``table`` stand for Parquet files, read when needed."""

    def register(self, table: str, data: pa.Table) -> None:
        """Let ``table`` stand for a table in memory."""

    def create(self, table: str, sql: str) -> None:
        """Work out ``sql`` once and keep the rows as ``table`` (replacing one of that name)."""

    def define(self, table: str, sql: str) -> None:
        """Let ``table`` stand for the rows of ``sql``, worked out each time it is read."""

    def arrow(self, sql: str) -> pa.Table:
        """Return the rows of ``sql``."""

    def count(self, table: str) -> int:
        """Return how many rows ``table`` has."""
        return int(self.arrow(f"select count(*) as n from {table}").column("n")[0].as_py())

    def write_parquet(self, sql: str, path: Path) -> None:
        """Write the rows of ``sql``, in its order, as one Parquet file only its owner may read (0600)."""
        table = self.arrow(sql)
        path.touch(mode=0o600, exist_ok=True)
        pq.write_table(table, path, compression="zstd")

    def drop(self, *tables: str) -> None:
        """Drop tables, freeing their memory."""

    def close(self) -> None:
        """Shut the engine down."""
