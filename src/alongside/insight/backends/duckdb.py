"""DuckDB: the engine of one machine, in this process, reading and writing nothing it was not told to."""

from pathlib import Path

import duckdb
import pyarrow as pa

from alongside.insight.backends import Backend


class DuckDBBackend(Backend):
    """A private in-memory database with capped memory, spilling only into ``work_dir``.

    No extension is fetched: a council's server is not on the internet.
    """

    name = "duckdb"

    def __init__(self, *, work_dir: Path, memory_limit: str = "4GB", threads: int | None = None) -> None:
        self.connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": memory_limit,
                "max_temp_directory_size": "50GB",
                "temp_directory": str(work_dir / "spill"),
                "preserve_insertion_order": "false",
                **({"threads": str(threads)} if threads else {}),
            },
        )

    def read_parquet(self, table: str, path: Path | list[Path]) -> None:
        """See ``Backend``."""
        files = [str(each) for each in (path if isinstance(path, list) else [path])]
        literal = ", ".join("'" + each.replace("'", "''") + "'" for each in files)
        self.connection.execute(
            f'create or replace view "{table}" as select * from read_parquet([{literal}])'
        )

    def register(self, table: str, data: pa.Table) -> None:
        """See ``Backend``."""
        self.connection.register(table, data)

    def create(self, table: str, sql: str) -> None:
        """See ``Backend``."""
        self.connection.execute(f'create or replace temp table "{table}" as {sql}')

    def define(self, table: str, sql: str) -> None:
        """See ``Backend``."""
        self.connection.execute(f'create or replace temp view "{table}" as {sql}')

    def arrow(self, sql: str) -> pa.Table:
        """See ``Backend``."""
        return self.connection.execute(sql).fetch_arrow_table()

    def drop(self, *tables: str) -> None:
        """See ``Backend``."""
        for table in tables:
            self.connection.execute(f'drop table if exists "{table}"')

    def close(self) -> None:
        """See ``Backend``."""
        self.connection.close()
