"""Every Table Schema type, format and constraint, on a real engine."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import duckdb
import pytest

from alongside.area.models import TableField
from alongside.insight.intake.cells import SQL_TYPES, cell_sql, filled_sql, trimmed_sql


def said(
    field: dict[str, Any], text: str | None, missing: list[str] | None = None
) -> tuple[Any, str | None, str]:
    """Return the value, the fault and the SQL type of a cell."""
    cell = cell_sql("text", TableField.model_validate({"name": "x", **field}))
    filled = filled_sql(trimmed_sql("written"), missing or [""])
    query = (
        f"select case when {cell.fault or 'null'} is null then value end, {cell.fault or 'null'}, "
        "typeof(value) "
        f"from (select text, {cell.value} as value "
        f"from (select {filled} as text from (select ?::varchar as written)))"
    )
    row: tuple[Any, str | None, str] = duckdb.execute(query, [text]).fetchall()[0]
    return row


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ({"type": "string"}, "  a b ", "a b"),
        ({"type": "any"}, "=1+1", "=1+1"),
        ({"type": "string", "format": "email"}, "a@example.org", "a@example.org"),
        ({"type": "integer"}, "-12", -12),
        ({"type": "integer"}, "12.0", 12),
        ({"type": "integer", "groupChar": ","}, "1,200", 1200),
        ({"type": "integer", "bareNumber": False}, "about 7 weeks", 7),
        ({"type": "number"}, "1.5e3", 1500.0),
        ({"type": "number"}, ".5", 0.5),
        ({"type": "number", "decimalChar": ",", "groupChar": "."}, "1.200,50", 1200.5),
        ({"type": "number", "bareNumber": False, "groupChar": ","}, "£1,200.50 pcm", 1200.5),
        ({"type": "boolean"}, "YES", True),
        ({"type": "boolean", "trueValues": ["J"], "falseValues": ["N"]}, "n", False),
        ({"type": "date"}, "2026-02-28", date(2026, 2, 28)),
        ({"type": "date"}, "2026-02-28 00:00:00.000", date(2026, 2, 28)),
        ({"type": "date", "format": "%d-%b-%y"}, "05-mar-26", date(2026, 3, 5)),
        ({"type": "date", "format": "%m/%d/%Y"}, "12/31/2025", date(2025, 12, 31)),
        ({"type": "date", "format": "any"}, "5 MARCH 2026", date(2026, 3, 5)),
        ({"type": "date", "format": "any"}, "1 February 2026 00:00", date(2026, 2, 1)),
        ({"type": "date", "format": "any"}, "01-Feb-2026 00:00:00", date(2026, 2, 1)),
        ({"type": "date", "format": "any"}, "20260201 00:00:00", date(2026, 2, 1)),
        ({"type": "date", "format": "%d-%b-%Y"}, "01-Feb-2026 00:00:00.0", date(2026, 2, 1)),
        ({"type": "date", "format": "%d %b %Y %H:%M"}, "01 Feb 2026 00:00", date(2026, 2, 1)),
        ({"type": "date", "format": "any"}, "05.03.26", date(2026, 3, 5)),
        ({"type": "datetime"}, "2026-02-28T10:30:00Z", datetime(2026, 2, 28, 10, 30)),
        ({"type": "datetime", "format": "any"}, "28/02/2026 10:30", datetime(2026, 2, 28, 10, 30)),
        ({"type": "datetime", "format": "%d/%m/%Y %H:%M"}, "28/02/2026 10:30", datetime(2026, 2, 28, 10, 30)),
        ({"type": "time"}, "9:05", time(9, 5)),
        ({"type": "year"}, "2026", 2026),
        ({"type": "yearmonth"}, "2026-02", date(2026, 2, 1)),
        ({"type": "integer", "constraints": {"minimum": 1, "maximum": 5, "enum": [1, 5]}}, "5", 5),
        ({"type": "date", "constraints": {"minimum": "2026-01-01"}}, "2026-01-01", date(2026, 1, 1)),
        ({"constraints": {"pattern": "[A-Z]{2}", "minLength": 2, "maxLength": 2}}, "AB", "AB"),
        ({"constraints": {"enum": ["O'Neil", "b"]}}, "O'Neil", "O'Neil"),
        ({"type": "boolean", "constraints": {"enum": [True]}}, "true", True),
    ],
)
def test_a_cell_that_fits_its_field_says_its_value(field: dict[str, Any], text: str, value: object) -> None:
    found, fault, kind = said(field, text)
    assert (found, fault) == (value, None)
    assert kind.lower() == SQL_TYPES[field.get("type", "string")]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ({"type": "string", "format": "email"}, "nobody", "text of the form email"),
        ({"type": "integer"}, "1.5", "a whole number"),
        ({"type": "integer"}, "1_000", "a whole number"),
        ({"type": "integer"}, "9" * 30, "a whole number"),
        ({"type": "number"}, "NaN", "a number"),
        ({"type": "number"}, "inf", "a number"),
        ({"type": "number", "decimalChar": ","}, "1.5", "a number"),
        ({"type": "boolean"}, "perhaps", "yes or no"),
        ({"type": "date"}, "2026-02-30", "found one as YYYY-MM-DD"),
        ({"type": "date"}, "2026-01-05 junk", "found something else"),
        ({"type": "date", "format": "%d/%m/%Y"}, "01/02/26", "found one as DD/MM/YY"),
        ({"type": "date", "format": "any"}, "12/31/2025", "month before the day"),
        ({"type": "date"}, "2026-01-05 10:30", "a date with a time"),
        ({"type": "datetime"}, "soon", "a date with a time"),
        ({"type": "time"}, "25:00", "a time of day"),
        ({"type": "year"}, "26", "a year"),
        ({"type": "yearmonth"}, "2026-13", "a year and month"),
        ({"type": "integer", "constraints": {"minimum": 1}}, "0", "below the minimum"),
        ({"type": "number", "constraints": {"maximum": 1.5}}, "1.6", "above the maximum"),
        ({"type": "date", "constraints": {"maximum": "2026-01-01"}}, "2026-01-02", "above the maximum"),
        ({"constraints": {"minLength": 3}}, "ab", "shorter"),
        ({"constraints": {"maxLength": 1}}, "ab", "longer"),
        ({"constraints": {"pattern": "[A-Z]"}}, "AB", "does not match the pattern"),
        ({"constraints": {"enum": ["a"]}}, "b", "not one of the values"),
        ({"type": "integer", "constraints": {"enum": [1, 2]}}, "3", "not one of the values"),
        ({"type": "boolean", "constraints": {"enum": [True]}}, "false", "not one of the values"),
    ],
)
def test_a_cell_that_does_not_fit_says_why_and_not_what_it_held(
    field: dict[str, Any], text: str, words: str
) -> None:
    value, fault, _ = said(field, text)
    assert value is None
    assert fault is not None
    assert words in fault
    assert text not in fault


@pytest.mark.parametrize("text", [None, "", "  ", "\u00a0", "N/K", " N/K "])
def test_a_missing_cell_is_neither_a_value_nor_a_fault(text: str | None) -> None:
    assert said({"type": "integer"}, text, ["", "N/K"])[:2] == (None, None)


def test_a_unique_value_that_comes_again_is_set_aside(reading: Any, table: Callable[..., str]) -> None:
    fields = [{"name": "ref"}, {"name": "weeks", "constraints": {"unique": True}}]
    reading.put(
        "rent.csv", table(*[[f"R{n}", "", "", code, ""] for n, code in enumerate(("a", "b", "a", "", ""))])
    )
    reading.one(reading.source(fields=fields, factors=[]))
    assert reading.typed("weeks") == [("a",), ("b",), (None,), (None,), (None,)]
    assert [row[:3] for row in reading.rejects()] == [(4, "cell", "weeks")]
