"""Somebody whose case could not be read is neither open to a service nor surely open to none."""

from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.insight.after_linkage.conftest import AS_AT, World
from tests.insight.after_linkage.test_unread_cells import say_of

SERVICES = ("adult_care", "crisis_team", "outreach")


def told_of(world: World, people: list[dict[str, Any]], **of_case: str) -> dict[str, dict[str, Any]]:
    """Everybody's facts; ``unread`` in a row says that its end could not be read."""
    for service in SERVICES:
        mine = people if service == "crisis_team" else [{"person": "nobody"}]
        case = {"service": service, "open_when": "kind = 'plan' and ended is null", "worker": "who"}
        columns = dict.fromkeys(("ended", "kind", "who"), "string")
        world.source(service, mine, columns=columns, case_index=[case | of_case])
        say_of(world.typed[service], pa.array([bool(row.get("unread")) for row in mine]))
    world.compute()
    return {row["person_id"]: row for row in world.rows("select * from factors")}


def open_cases(world: World) -> set[tuple[str, str]]:
    return {(row["person_id"], row["worker"]) for row in world.rows("select * from case_index")}


@pytest.mark.parametrize("per", ["newest", "any"])
def test_an_end_that_could_not_be_read_is_not_an_open_case_and_not_a_closed_one(
    world: World, per: str
) -> None:
    people = [
        {"person": "ended", "kind": "plan", "ended": "yes", "who": "Ann"},
        {"person": "open", "kind": "plan", "who": "Bea"},
        {"person": "unread", "kind": "plan", "who": "Cay", "unread": True},
        {"person": "call", "kind": "call", "who": "Dee", "unread": True},
    ]
    found = told_of(world, people, rows=per)
    assert open_cases(world) == {("open", "Bea")}
    told = {
        who: tuple(each[code] for code in ("open_to_any", "open_to_critical", "services_open"))
        for who, each in found.items()
    }
    assert told["ended"] == told["call"] == (False, False, 0)
    assert told["open"] == (True, True, 1)
    assert told["unread"] == (None, None, None)


def test_of_events_one_that_can_be_read_as_open_is_enough(world: World) -> None:
    people = [
        {"person": "one", "kind": "plan", "who": "Ann"},
        {"person": "one", "kind": "plan", "who": "Bea", "unread": True},
    ]
    found = told_of(world, people, rows="any")
    assert open_cases(world) == {("one", "Ann")}
    assert found["one"]["open_to_any"] is True


CELLS = {"event": "string", "status": "string", "end_date": "date"}
OPEN_TO = ("open_to_any", "open_to_critical", "services_open")


def told_of_one(world: World, row: dict[str, Any], *, unread: str | None, **case: str) -> tuple[Any, ...]:
    """What is known of one person, of whose row the cell ``unread`` could not be read."""
    for service in SERVICES:
        mine = [{"person": "one"} | row] if service == "crisis_team" else [{"person": "nobody"}]
        world.source(service, mine, columns=CELLS, case_index=[{"service": service} | case])
    if unread:
        path, sign = world.typed["crisis_team"], f"alongside unread {unread}"
        typed = pq.read_table(path).drop_columns([sign])
        pq.write_table(typed.append_column(sign, pa.array([True])), path)
    world.compute()
    (found,) = world.rows("select * from factors where person_id = 'one'")
    return tuple(found[code] for code in OPEN_TO)


@pytest.mark.parametrize("per", ["newest", "any"])
@pytest.mark.parametrize(
    ("open_when", "row", "unread"),
    [
        ("event = 'service' and end_date is null", {}, "event"),
        ("event = 'plan' and status <> 'closed'", {"event": "plan"}, "status"),
        ("status = 'open'", {}, "status"),
        ("end_date >= run_date", {}, "end_date"),
    ],
)
def test_whichever_cell_could_not_be_read_the_case_is_not_surely_closed(
    world: World, open_when: str, row: dict[str, Any], unread: str, per: str
) -> None:
    found = told_of_one(world, row, unread=unread, open_when=open_when, rows=per)
    assert found == (None, None, None)
    assert world.rows("select * from case_index") == []


@pytest.mark.parametrize(
    ("row", "unread"),
    [
        ({"end_date": AS_AT}, "event"),  # it ended, whatever it was
        ({"event": "service"}, None),  # nothing was written, so nothing is hidden
    ],
)
def test_a_case_that_is_closed_by_what_can_be_read_is_closed(
    world: World, row: dict[str, Any], unread: str | None
) -> None:
    when = "event = 'service' and end_date is null and coalesce(status, '') <> ''"
    assert told_of_one(world, row, unread=unread, open_when=when) == (False, False, 0)


def test_an_empty_cell_is_no_unread_one(world: World) -> None:
    assert told_of_one(world, {}, unread=None, open_when="status = 'open'") == (False, False, 0)
