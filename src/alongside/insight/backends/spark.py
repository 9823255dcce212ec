"""Spark: the engine for more than one machine holds. It runs the SQL that DuckDB runs (ADR 0009)."""

import os
import shutil
import sys
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.conf import SparkConf
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import arrow_udf

from alongside.errors import AskedWronglyError
from alongside.insight.backends import Backend
from alongside.insight.backends.spark_functions import damerau_levenshtein, jaro_winkler_similarity
from alongside.insight.backends.spark_sql import DAMERAU_LEVENSHTEIN, JARO_WINKLER, to_spark


class SparkBackend(Backend):
    """A session of its own, in which every table is Parquet in ``work_dir``: worked out once, never again.

    Where ``spark-submit`` has named a cluster, that is used, and its machines must all see ``work_dir``;
    otherwise two cores of this machine.

    Args:
        work_dir: everything Spark writes goes in here.

    Raises:
        AskedWronglyError: there is no Java.
    """

    name = "spark"

    def __init__(self, *, work_dir: Path) -> None:
        _ask_for_java()
        folder = work_dir.resolve() / "spark"
        self._tables = folder / "tables"
        self._tables.mkdir(mode=0o700, parents=True)
        self._made: dict[str, Path] = {}
        self._number = count()
        builder = SparkSession.builder.appName("Alongside").config(conf=_settings(folder))
        self.session = builder.getOrCreate()
        # Names of their own: Spark has functions with DuckDB's names and different results, and prefers them.
        self.session.udf.register(JARO_WINKLER, arrow_udf(jaro_winkler_similarity, "double"))
        self.session.udf.register(DAMERAU_LEVENSHTEIN, arrow_udf(damerau_levenshtein, "bigint"))

    def read_parquet(self, table: str, path: Path | list[Path]) -> None:
        """See ``Backend``."""
        files = [str(each.resolve()) for each in (path if isinstance(path, list) else [path])]
        self.session.read.parquet(*files).createOrReplaceTempView(table)

    def register(self, table: str, data: pa.Table) -> None:
        """See ``Backend``."""
        place = self._place()
        pq.write_table(data, place)
        self._keep(table, place, self.session.read.parquet(str(place)))

    def create(self, table: str, sql: str) -> None:
        """See ``Backend``."""
        place = self._place()
        rows = self._query(sql)
        rows.write.parquet(str(place))
        self._keep(table, place, self.session.read.schema(rows.schema).parquet(str(place)))

    def define(self, table: str, sql: str) -> None:
        """See ``Backend``."""
        self._query(sql).createOrReplaceTempView(table)

    def arrow(self, sql: str) -> pa.Table:
        """See ``Backend``."""
        return self._query(sql).toArrow()

    def drop(self, *tables: str) -> None:
        """See ``Backend``."""
        for table in tables:
            self.session.catalog.dropTempView(table)
            self._delete(self._made.pop(table, None))

    def close(self) -> None:
        """See ``Backend``."""
        self.session.stop()

    def _query(self, sql: str) -> DataFrame:
        return self.session.sql(to_spark(sql))

    def _place(self) -> Path:
        """A new path: a table may be rebuilt from itself."""
        return self._tables / f"{next(self._number)}.parquet"

    def _keep(self, table: str, place: Path, rows: DataFrame) -> None:
        rows.createOrReplaceTempView(table)
        before, self._made[table] = self._made.get(table), place
        self._delete(before)

    def _delete(self, place: Path | None) -> None:
        if place is None:
            return
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()


def _settings(folder: Path) -> SparkConf:
    quiet = folder / "log4j2.properties"
    quiet.write_text("rootLogger.level = error\n", encoding="ascii")
    settings = {
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        "spark.local.dir": str(folder / "local"),
        "spark.sql.ansi.enabled": "true",  # what does not fit a type is an error, as in DuckDB, and not NULL
        "spark.sql.catalogImplementation": "in-memory",  # no metastore_db, no derby.log
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",  # nobody looks at people's data through a port
        "spark.ui.showConsoleProgress": "false",
    }
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit sets it
        os.environ["PYSPARK_PYTHON"] = sys.executable  # PySpark looks nowhere else
        settings |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "4g",
            "spark.master": "local[2]",
            "spark.sql.shuffle.partitions": "2",
        }
    return SparkConf().setAll(list(settings.items()))


def _ask_for_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home) / "bin") if home else None):
        raise AskedWronglyError(
            "the Spark engine needs Java 17 or newer, and there is none; install it (on Debian: "
            "apt-get install default-jre-headless), set JAVA_HOME to where it is, or leave --backend out"
        )
