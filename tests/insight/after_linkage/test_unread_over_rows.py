"""What a factor asks of many rows does not know where one of their cells could not be read."""

from typing import Any

import pyarrow as pa
import pytest
from tests.insight.after_linkage.conftest import World
from tests.insight.after_linkage.test_unread_cells import say_of

ROWS: list[dict[str, Any]] = [
    {"person": "filled", "ended": "yes", "kind": "plan", "weeks": 9},
    {"person": "empty", "kind": "plan", "weeks": 9},
    {"person": "unread", "kind": "plan", "weeks": 9},
    {"person": "both", "ended": "yes", "kind": "plan", "weeks": 9},
    {"person": "both", "kind": "plan", "weeks": 9},
]


@pytest.mark.parametrize(
    ("value", "filled", "empty", "unread", "both"),
    [
        ("max(ended) is null", False, True, None, False),
        ("bool_and(ended is null)", False, True, None, False),
        ("is_known(max(ended))", True, False, None, True),
        ("bool_or(is_known(ended))", True, False, None, True),
        ("count(ended) > 0", True, False, None, True),
        ("count_true(max(ended) = 'yes', bool_or(kind = 'plan')) >= 1", True, True, True, True),
        ("sum_known(count(*) filter (where kind = 'plan'), max(weeks)) >= 10", True, True, True, True),
    ],
)
def test_a_factor_over_many_rows(
    world: World, value: str, filled: bool, empty: bool, unread: bool | None, both: bool
) -> None:
    columns = {"ended": "string", "kind": "string", "weeks": "number"}
    world.source("care", ROWS, columns=columns, factors=[{"code": "asked", "value": value}])
    say_of(world.typed["care"], pa.array([number in (2, 4) for number in range(len(ROWS))]))
    world.compute()
    assert world.known("asked") == {"filled": filled, "empty": empty, "unread": unread, "both": both}


def test_a_source_that_does_not_say_what_could_not_be_read_is_not_taken_to_have_read_all(
    world: World,
) -> None:
    world.source(
        "care",
        ROWS,
        columns={"ended": "string", "kind": "string"},
        factors=[{"code": "died", "value": "bool_or(ended is not null)"}],
    )
    say_of(world.typed["care"], None)
    with pytest.raises(Exception, match="alongside unread ended"):
        world.compute()
