"""``python -m benchmarks.link_once HOW JOB``: link one file of records once, in its own process.

``HOW`` is ``splink`` or ``ours``. ``JOB`` is JSON with ``records``, a Parquet file of ``person_records``;
``rules``, lists of columns that a pair agrees on (none for our own); ``people``, the Parquet file to write
(``record_id person``); ``earlier``, a folder: what the first run keeps there, a later one goes on from; and,
for Splink's later run, ``fresh``, the new records alone. Prints how long it took from loaded records to
people, and how many ``pairs`` were compared.
"""

import json
import logging
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from alongside.area import load_area
from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.linkage import blocking, link, link_records
from alongside.insight.progress import Silent
from alongside.insight.run_folder import write_json
from alongside.insight.run_folder.contents import PSEUDONYMOUS
from benchmarks.measuring import ROOT

KEY = bytes(32)
LINKED = 0.95
Job = dict[str, Any]

AS_CLEANED = """select 'agency' as source, record_id, forename, cast(null as varchar) as middle_names,
  surname, list_sort(list_distinct(list_filter([forename, surname], name -> name is not null))) as name_parts,
  cast([] as varchar[]) as former_surnames, birth_digits, sex,
  cast(left(birth_digits, 4) as integer) as birth_year,
  cast(null as varchar) as uprn, cast(null as varchar) as address, postcode, phone,
  cast(null as varchar) as email, nhs_number as id_nhs_number
  from read_parquet('{}')"""
"""The records as cleaning leaves them."""


def main() -> int:
    """Do one job and print how it went."""
    how, job = sys.argv[1], json.loads(sys.argv[2])
    print(json.dumps({"splink": with_splink, "ours": with_ours}[how](job)))
    return 0


AS_SPLINK = "select record_id as unique_id, * exclude (record_id, person) from read_parquet('{}')"
COLUMNS = {
    "dob": "birth_digits", "nhs_number": "id_nhs_number", "substr(dob, 1, 4)": "left(birth_digits, 4)",
    "substr(forename, 1, 2)": "left(forename, 2)", "substr(surname, 1, 2)": "left(surname, 2)",
}  # fmt: skip
"""What we call a rule's column, where the names differ."""


def with_ours(job: Job) -> dict[str, Any]:
    """Link with Alongside's own stage, whole: people, how sure, doubts, edges and events."""
    pack = replace(load_area(ROOT / "area"), sources={})
    rules = [_rule(columns) for columns in job["rules"]]
    earlier = Path(job["earlier"])
    later = (earlier / "links.parquet").is_file()
    with TemporaryDirectory(prefix="alongside-bench-") as work:
        backend = DuckDBBackend(work_dir=Path(work))
        backend.create("records", AS_CLEANED.format(job["records"]))
        watch = _Watch()
        with patch.object(link, "rules_for", lambda columns: rules or blocking.rules_for(columns)):
            report = link_records(
                backend, pack, key=KEY, previous=earlier if later else None, decisions=None, progress=Silent()
            )
        taken = watch.taken()
        backend.write_parquet("select record_id, person_id as person from links", Path(job["people"]))
        events = backend.arrow("select event, count(*) as n from identity_events group by 1 order by 1")
        if not later:
            (earlier / "linkage").mkdir()
            for name in (
                "links.parquet",
                "review.parquet",
                "linkage/edges.parquet",
                "linkage/fingerprints.parquet",
            ):
                backend.write_parquet(PSEUDONYMOUS[name], earlier / name)
            write_json(earlier / "linkage" / "model.json", report.model)
    told = {row["event"]: row["n"] for row in events.to_pylist()}
    return taken | {"pairs": report.pairs, "events": told}


def _rule(columns: list[str]) -> blocking.Rule:
    ours = [COLUMNS.get(column, column) for column in columns]
    needs = tuple(column.removeprefix("left(").partition(",")[0] for column in ours)
    return blocking.Rule(" and ".join(columns), needs, ", ".join(ours))


def with_splink(job: Job) -> dict[str, Any]:
    """Link with plain Splink, as its documentation does for people; later, find matches of new records."""
    logging.disable(logging.WARNING)
    model = Path(job["earlier"]) / "splink.json"
    connection = duckdb.connect()
    connection.execute(f"create table records as {AS_SPLINK.format(job['records'])}")
    api = DuckDBAPI(connection=connection)
    if "fresh" in job:
        return _matches_of_new(job, model, connection, api)
    watch = _Watch()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("forename"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
            cl.ExactMatch("phone"),
            cl.ExactMatch("nhs_number"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in job["rules"]],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker(api.register("records"), settings)
    training = linker.training
    sure = [block_on("forename", "surname", "dob"), block_on("nhs_number")]
    training.estimate_probability_two_random_records_match(sure, recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("forename", "surname"), ("dob",)):
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns), max_pairs=1e6)
    predicted = linker.inference.predict(threshold_match_probability=LINKED)
    people = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, LINKED)
    taken = watch.taken()
    connection.execute(
        f"copy (select unique_id as record_id, cluster_id as person from {people.physical_name}) "
        f"to '{job['people']}' (format parquet)"
    )
    pairs = _count(connection, linker.inference.compute_blocked_pairs_for_predict().physical_name)
    linker.misc.save_model_to_json(str(model), overwrite=True)
    return taken | {"pairs": pairs}


def _matches_of_new(
    job: Job, model: Path, connection: duckdb.DuckDBPyConnection, api: DuckDBAPI
) -> dict[str, Any]:
    """Splink's documented way with new records: the records each one matches, by the earlier run's model."""
    connection.execute(f"create table fresh as {AS_SPLINK.format(job['fresh'])}")
    records = api.register("records")
    linker = Linker(records, str(model))
    for column in ("forename", "surname", "postcode"):  # kept from the earlier run, as the model is
        linker.table_management.compute_tf_table(column)
    watch = _Watch()
    matches = linker.inference.predict_between(
        api.register("records", dataset_display_name="known"),
        api.register("fresh"),
        threshold_match_probability=LINKED,
    )
    return watch.taken() | {"links": _count(connection, matches.physical_name)}


class _Watch:
    """How long it took, on the clock and on all cores."""

    def __init__(self) -> None:
        self.begun = perf_counter(), process_time()

    def taken(self) -> dict[str, float]:
        """Seconds since it started."""
        return {"seconds": perf_counter() - self.begun[0], "CPU seconds": process_time() - self.begun[1]}


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    counted = connection.execute(f"select count(*) from {table}").fetchone()
    return int(counted[0]) if counted else 0


if __name__ == "__main__":
    sys.exit(main())
