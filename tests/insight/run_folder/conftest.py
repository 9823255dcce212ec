"""A small finished run: three people, one of them on a list, whose tables are made by hand in DuckDB."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.run_folder import (
    Key,
    Manifest,
    key_for,
    marks,
    versions,
    whole_or_nothing,
    write_json,
    write_tables,
)

TABLES = {
    "records": "select * from (values ('rent', 'r1', 'ada'), ('rent', 'r2', 'bee'), ('fire', 'f1', 'ada'), "
    "('fire', 'f2', null)) t(source, record_id, forename)",
    "links": "select * from (values ('rent', 'r1', 'p1', 0.99), ('rent', 'r2', 'p2', 1.0), "
    "('fire', 'f1', 'p1', 0.99), ('fire', 'f2', null, null)) t(source, record_id, person_id, probability)",
    "people": "select * from (values ('p1', 'ada'), ('p2', 'bee'), ('p3', 'cee')) t(person_id, forename)",
    "facts": "select * from (values ('p1', 'arrears', true), ('p2', 'arrears', false)) t(person_id, factor, "
    "value_boolean)",
    "factors": "select * from (values ('p1', true), ('p2', false), ('p3', null)) t(person_id, arrears)",
    "case_index": "select 'p1' as person_id, 'social_care' as service",
    "cohort": "select 'p1' as person_id, 'early_help/3' as policy, 'soon' as tier, 1 as rank, "
    "true as within_capacity, ['=cmd|''/c calc''!A1', 'owes rent'] as reasons, "
    "['frailty'] as unknowns, '@team' as route",
    "review": "select 'rent' as source_a, 'r1' as record_a where false",
    "edges": "select 'rent' as source_a, 0.99 as probability",
    "fingerprints": "select 'rent' as source, 'r1' as record_id, 'abc' as fingerprint, 1 as chain",
    "identity_events": "select 'p1' as person_id, 'new' as event",
}


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[DuckDBBackend]:
    made = DuckDBBackend(work_dir=tmp_path / "work", memory_limit="500MB", threads=2)
    for table, sql in TABLES.items():
        made.create(table, sql)
    yield made
    made.close()


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return key_for(tmp_path / "runs" / "any", None)


@pytest.fixture
def make_run(tmp_path: Path, backend: DuckDBBackend, key: Key) -> Callable[..., Path]:
    def make(name: str = "2026-11-01", *, keep_identity: bool = False) -> Path:
        place = tmp_path / "runs" / name
        with whole_or_nothing(place) as folder:
            write_tables(backend, folder, keep_identity=keep_identity)
            write_json(folder / "quality.json", {"sources": {"rent": {"quality": None}}})
            write_json(folder / "timings.json", {"intake": 1.0})
            Manifest(
                area="riverside",
                as_at=date(2026, 11, 1),
                seed=1,
                backend="duckdb",
                key_fingerprint=key.fingerprint,
                kept_identity=keep_identity,
                pack="0" * 64,
                inputs={},
                counts={"records": 4},
                versions=versions(),
                outputs=marks(folder),
            ).write(folder)
        return place

    return make
