"""A cell that was filled and could not be read is not an empty one: what asks that does not know."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.insight.after_linkage.conftest import World


@pytest.fixture
def found(world: World) -> dict[str, dict[str, object]]:
    """Five people's facts from cells that are filled, empty or could not be read."""
    values = {
        "died": "bool_or(ended is not null)",
        "open": "bool_or(kind = 'plan' and ended is null)",
        "open_now": "ended is null",
        "plans": "count(*) filter (where ended is null)",
    }
    rows = [
        {"person": "filled", "ended": "yes", "kind": "plan"},
        {"person": "empty", "kind": "plan"},
        {"person": "unread", "kind": "plan"},
        {"person": "one", "kind": "plan"},
        {"person": "one", "kind": "plan"},
    ]
    world.source(
        "care",
        rows,
        columns={"ended": "string", "kind": "string"},
        factors=[{"code": code, "value": value} for code, value in values.items()],
    )
    unread = pa.array([row["person"] == "unread" or number == 4 for number, row in enumerate(rows)])
    say_of(world.typed["care"], unread)
    world.compute()
    return {row["person_id"]: row for row in world.rows("select * from factors")}


def say_of(typed: Path, unread: pa.Array | None) -> None:
    """Say of which rows ``ended`` could not be read; None: say it of none, not even that all were read."""
    table = pq.read_table(typed).drop_columns(["alongside unread ended"])
    told = table if unread is None else table.append_column("alongside unread ended", unread)
    pq.write_table(told, typed)


@pytest.mark.parametrize(
    ("person", "died", "is_open", "now", "plans"),
    [
        ("filled", True, False, False, 0),
        ("empty", False, True, True, 1),
        ("unread", None, None, None, 0),
        ("one", False, True, None, 1),  # of two rows, the newer could not be read
    ],
)
def test_what_asks_whether_a_cell_is_empty_does_not_know_where_it_could_not_be_read(
    found: dict[str, dict[str, object]],
    person: str,
    died: bool | None,
    is_open: bool | None,
    now: bool | None,
    plans: int,
) -> None:
    told = found[person]
    assert (told["died"], told["open"], told["open_now"], told["plans"]) == (died, is_open, now, plans)
