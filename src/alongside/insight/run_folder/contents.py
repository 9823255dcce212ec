"""What a run folder holds: every Parquet file, the rows that go into it and their order.

This list is the contract of ``docs/reference/run-folder.md``. Each query ends in an order that leaves nothing
to chance, so that the same inputs give the same bytes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alongside.insight.backends import Backend
from alongside.insight.run_folder.cohort_csv import write_cohort_csv

_SELECTED = "(select distinct person_id from cohort)"

PSEUDONYMOUS = {
    "links.parquet": "select source, record_id, person_id, probability from links order by source, record_id",
    "review.parquet": "select * from review order by all",
    "cohort.parquet": "select * from cohort order by policy, within_capacity is null, rank, person_id",
    "facts.parquet": f"select * from facts where person_id in {_SELECTED} order by all",
    "factors.parquet": "select * from factors order by person_id",
    "case_index.parquet": "select * from case_index order by all",
    "identity_events.parquet": "select * from identity_events order by all",
    "linkage/edges.parquet": "select * from edges order by all",
    "linkage/fingerprints.parquet": "select * from fingerprints order by all",
}
"""File to query. They hold people by their keyed pseudonym only."""

IDENTITY = {
    "identity/people.parquet": "select * from people where {whom} order by person_id",
    "identity/records.parquet": (
        "select links.person_id, records.* from records join links using (source, record_id) "
        "where {whom} order by source, record_id"
    ),
}
"""File to query. Who people are: only those on a list, unless everybody was asked for."""


def write_tables(backend: Backend, folder: Path, *, keep_identity: bool) -> None:
    """Write every Parquet file and ``cohort.csv`` of a run from the tables the stages made.

    Args:
        backend: holds the tables of ARCHITECTURE.md.
        folder: where to write; folders within it are made.
        keep_identity: write who everybody is, not only people on a list.
    """
    whom = "person_id is not null" if keep_identity else f"person_id in {_SELECTED}"
    queries = PSEUDONYMOUS | {name: query.format(whom=whom) for name, query in IDENTITY.items()}
    for name, query in queries.items():
        (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        backend.write_parquet(query, folder / name)
    write_cohort_csv(backend.arrow(PSEUDONYMOUS["cohort.parquet"]), folder / "cohort.csv")


def write_json(path: Path, value: Mapping[Any, Any] | list[Any]) -> None:
    """Write ``value`` with its keys in order."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    path.write_text(text + "\n", encoding="utf-8")
