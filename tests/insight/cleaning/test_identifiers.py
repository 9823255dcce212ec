"""The check of an NHS number, as Python and as SQL."""

import duckdb
import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from alongside.insight.cleaning.identifiers import is_nhs_number, is_nhs_number_sql, nhs_number_digits


@pytest.mark.parametrize("written", ["9990000018", "999 000 0026", "999-000-0034", " 9990000042 "])
def test_a_number_that_passes_its_check_is_accepted_however_it_is_spaced(written: str) -> None:
    assert is_nhs_number(written)


@pytest.mark.parametrize(
    "written",
    ["9990000019", "9990000081", "999000001", "99900000180", "", "unknown", "99900000\u06618", "999000000X"],
)
def test_a_number_with_a_wrong_digit_swapped_digits_or_the_wrong_length_is_refused(written: str) -> None:
    assert not is_nhs_number(written)


@pytest.mark.parametrize("digit", "0123456789")
def test_one_digit_ten_times_is_refused_although_its_sum_passes(digit: str) -> None:
    assert not is_nhs_number(digit * 10)


@given(st.integers(min_value=0, max_value=999_998))  # the next is one digit ten times
def test_nine_digits_have_the_one_check_digit_of_the_standard_or_none(tail: int) -> None:
    base = f"999{tail:06d}"
    remainder = sum((10 - place) * int(digit) for place, digit in enumerate(base)) % 11
    expected = [] if remainder == 1 else [(11 - remainder) % 11]
    assert [check for check in range(10) if is_nhs_number(f"{base}{check}")] == expected


def test_sql_and_python_say_the_same_and_null_stays_null() -> None:
    written = [f"999{n:06d}{c}" for n in range(300) for c in range(10)]
    written += [
        "1" * 10,
        "0" * 10,
        "999 000 0018",
        "",
        "x",
        "9990000018\n",
        "99900000\u06618",
        nhs_number_digits("999 000-0018"),
    ]
    connection = duckdb.connect()
    connection.execute("create table numbers (written text)")
    connection.execute("insert into numbers select unnest(?::text[])", [[*written, None]])
    rows = connection.execute(f"select written, {is_nhs_number_sql('written')} from numbers").fetchall()
    assert len(rows) == len(written) + 1
    for number, verdict in rows:
        assert verdict is (None if number is None else is_nhs_number(number)), number


def test_the_sql_can_be_said_to_spark() -> None:
    said = sqlglot.transpile(f"select {is_nhs_number_sql('written')}", read="duckdb", write="spark")[0]
    assert "RLIKE" in said
    assert "SUBSTR" in said.upper()
