"""What is asked over many rows does not know where a cell could not be read, alike on both engines."""

from datetime import date

import pyarrow as pa
import pytest
from tests.insight.parity.conftest import Engines

from alongside.area.expressions import check_value

COLUMNS = {"ended": "date", "kind": "string", "weeks": "number"}
SIGNS = {"ended": "unread ended", "weeks": "unread weeks"}
DAY = date(2026, 10, 1)
ROWS = [
    ("empty", None, "plan", 9.0, False),
    ("filled", DAY, "plan", 9.0, False),
    ("unread", None, "plan", 9.0, True),
    ("both", DAY, "plan", 1.0, False),
    ("both", None, "call", 1.0, True),
    ("other", None, "plan", None, False),
    ("other", None, "call", None, True),
]


@pytest.fixture(scope="module")
def told(engines: Engines) -> Engines:
    names = ("person", "ended", "kind", "weeks", "unread ended")
    kinds = (pa.string(), pa.date32(), pa.string(), pa.float64(), pa.bool_())
    table = pa.table(
        {
            name: pa.array(cells, kind)
            for name, cells, kind in zip(names, zip(*ROWS, strict=True), kinds, strict=True)
        }
    )
    engines.register("told", table.append_column("unread weeks", pa.array([False] * len(ROWS))))
    return engines


@pytest.mark.parametrize(
    ("value", "found"),
    [
        # for people: empty, filled, unread, both, other
        ("max(ended) is null", (True, False, None, False, None)),
        ("max(ended) filter (where kind = 'plan') is null", (True, False, None, False, True)),
        ("bool_and(ended is null)", (True, False, None, False, True)),
        ("is_known(max(ended))", (False, True, None, True, None)),
        ("is_unknown(min(ended))", (True, False, None, False, None)),
        ("is_known(bool_or(is_known(ended)))", (True, True, None, True, True)),
        ("bool_or(is_known(ended))", (False, True, None, True, False)),
        ("count_true(max(weeks) >= 8, bool_or(kind = 'plan')) >= 1", (True, True, True, True, True)),
        ("count_true(max(ended) >= date '2026-01-01') >= 1", (None, True, None, True, None)),
        ("sum_known(count(*) filter (where kind = 'plan'), max(weeks))", (10, 10, 10, 2, 1)),
        ("count(ended)", (0, 1, None, 1, None)),
        ("count(distinct ended) > 0", (False, True, None, True, None)),
        ("count(ended) filter (where kind = 'plan') > 0", (False, True, None, True, False)),
        ("count(*) filter (where max_known(weeks, 1) >= 1)", (1, 1, 1, 2, 2)),
    ],
)
def test_over_many_rows_no_cell_is_not_the_same_as_none_that_could_be_read(
    told: Engines, value: str, found: tuple[object, ...]
) -> None:
    checked = check_value(value, columns=COLUMNS)
    signs = {column: SIGNS[column] for column in checked.asked_if_empty if column in SIGNS}
    sql = checked.sql(run_date=date(2026, 11, 1), unread=signs)
    on_duckdb, on_spark = told.both(f"select person, {sql} as v from told group by person")
    for rows in (on_duckdb, on_spark):
        asked = {row["person"]: row["v"] for row in rows}
        assert tuple(asked[who] for who in ("empty", "filled", "unread", "both", "other")) == found
