"""Somebody whose end date could not be read is neither open to a service nor surely open to none."""

from typing import Any

import pyarrow as pa
import pytest
from tests.insight.after_linkage.conftest import World
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
