"""Who was left out before and is not known of now: under the id that has their records."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from alongside.insight.backends.duckdb import DuckDBBackend
from alongside.insight.factors.exclusions import known_before


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """What the run before knew: who died, by their id then."""
    told = {
        "person_id": ["stays", "joined", "parted", "lives"],
        "deceased": [True, True, True, False],
        "objected": [1.0, 1.0, 1.0, 1.0],
    }
    pq.write_table(pa.table(told), tmp_path / "factors.parquet")
    return tmp_path / "factors.parquet"


def test_what_was_known_follows_the_records_to_whoever_has_them_now(before: Path, tmp_path: Path) -> None:
    backend = DuckDBBackend(work_dir=tmp_path)
    now = ["stays", "keeper", "parted", "part", "lives", "new", "mover"]
    backend.register("numbered_people", pa.table({"person_id": now}))
    events = [
        ("merged", "keeper", "joined"),
        ("split", "part", "parted"),
        ("moved", "mover", "stays"),
        ("new", "new", None),
    ]
    backend.register(
        "identity_events",
        pa.table(
            {
                "event": [event for event, _, _ in events],
                "person_id": [person for _, person, _ in events],
                "other_person_id": pa.array([other for _, _, other in events], pa.string()),
            }
        ),
    )
    asked = ("deceased", "objected", "protected_address", "lost_touch")
    assert known_before(backend, before, asked) == ("deceased",), "the only one it could tell"
    told = backend.arrow("select person_id from known_before where deceased").column(0).to_pylist()
    assert sorted(told) == ["keeper", "part", "parted", "stays"]
    backend.close()
