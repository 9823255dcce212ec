"""Cells that a spreadsheet must not run."""

import csv
import io

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.insight.intake.spreadsheet import safe_cell, safe_cell_sql

DANGEROUS = ["=cmd|'/c calc'!A1", "+44 7700 900001", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "--1", "-1\n"]
HARMLESS = ["-12.5", "+3", "-1e5", "O'Neil", "", "a=b", "07700 900001", "-.5"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_could_be_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@settings(deadline=None)
@given(st.lists(st.text(alphabet="=+-@\t\r\n '19.eEx", max_size=6)))
def test_sql_and_python_say_the_same(texts: list[str]) -> None:
    texts += [*DANGEROUS, *HARMLESS]
    found = duckdb.execute(
        f"select {safe_cell_sql('x')} from (select unnest(?::text[]) as x)", [texts]
    ).fetchall()
    assert [row[0] for row in found] == [safe_cell(text) for text in texts]
    out = io.StringIO()
    csv.writer(out).writerow(safe_cell(text) for text in texts)
    assert "=cmd" not in out.getvalue().replace("'=cmd", "")
