"""The guard. A thing that passes can be worked out and touches nothing else; everything else is refused."""

from datetime import date, timedelta

import duckdb
import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.area.expressions import (
    ExpressionError,
    check_condition,
    check_derived,
    check_row,
    check_value,
)

RUN_DATE = date(2026, 11, 1)
COLUMNS = {
    "weeks": "number",
    "visits": "integer",
    "seen": "date",
    "rang_at": "datetime",
    "reason": "string",
    "open": "boolean",
    "Room Count": "integer",
    "began": "time",
}
TYPES = {
    "number": "double",
    "integer": "bigint",
    "date": "date",
    "datetime": "timestamp",
    "string": "varchar",
    "boolean": "boolean",
    "time": "time",
}


def locked() -> duckdb.DuckDBPyConnection:
    """An engine that may reach nothing outside itself, and one table of the columns."""
    connection = duckdb.connect(":memory:")
    columns = ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in COLUMNS.items())
    connection.execute(f"create table told ({columns})")
    connection.execute("create table secret (weeks double, hidden varchar)")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


@pytest.fixture(scope="module")
def engine():
    connection = locked()
    connection.executemany(
        "insert into told values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (9.5, 3, date(2026, 10, 1), "2026-10-02 10:00", "moved", True, 2, "10:00"),
            (2.0, 0, date(2026, 12, 24), None, "o'neil %", False, None, None),
            (None, None, None, None, None, None, None, None),
            (1e300, 2**62, date(1900, 1, 1), "1900-01-01 00:00", "", True, -(2**62), "00:00"),
        ],
    )
    yield connection
    connection.close()


def worked_out(engine, checked, rows="true"):
    sql = f"select {checked.sql(run_date=RUN_DATE)} from told where {rows}"
    return [row[0] for row in engine.execute(sql).fetchall()]


# --- what each means


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("max(weeks) >= 8", True),
        ("count(*)", 4),
        ("count(weeks)", 3),
        ("count(distinct open)", 2),
        ("count(*) filter (where days_ago(seen) <= 90)", 1),
        ("count(*) filter (where reason like 'mov%' or reason = 'o''neil %')", 2),
        ("bool_or(open) and not bool_and(open)", True),
        ("min(seen) < '2000-01-01'", True),
        ("max(seen) > run_date", True),
        ("sum(weeks) / 0", None),
        ('max("room count")', 2),
        ("max(extract(year from rang_at))", 2026),
        ("max(case when reason = 'moved' then weeks else 0 end)", 9.5),
        ("max(case reason when 'moved' then 1 when '' then 2 end)", 2),
        ("min(abs(weeks - 10))", 0.5),
        ("max(days_until(seen))", 53),
        ("max(weeks) filter (where open and reason is not null and reason <> '')", 9.5),
    ],
)
def test_an_aggregate_is_over_all_the_rows(engine, text, value):
    checked = check_value(text, columns=COLUMNS)
    assert checked.is_aggregate
    assert worked_out(engine, checked) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("weeks >= 8", [True, False, None]),
        ("coalesce(weeks, 0)", [9.5, 2.0, 0]),
        ("days_ago(seen)", [31, None, None]),  # a date still to come is never recent
        ("days_until(seen)", [None, 53, None]),
        ("count_true(open, weeks > 5)", [2, 0, None]),
        ("any_true(open, weeks > 5)", [True, False, None]),
        ("all_true(open, reason = 'moved')", [True, False, None]),
        ("sum_known(weeks, visits)", [12.5, 2.0, None]),
        ("max_known(weeks, visits)", [9.5, 2.0, None]),
        ("least(weeks, visits)", [3, 0, None]),
        ("is_known(reason)", [True, True, False]),
        ("is_unknown(began)", [False, True, True]),
        ("reason in ('moved', 'died')", [True, False, None]),
        ("visits between 1 and 3", [True, False, None]),
        ("lower(upper(reason)) = 'moved'", [True, False, None]),
        ("length(trim(reason)) > 5", [False, True, None]),
        ("round(weeks, 0)", [10.0, 2.0, None]),
        ("if(open, 1, 2)", [1, 2, 2]),
        ("nullif(visits, 0)", [3, None, None]),
        ("rang_at >= '2026-10-02'", [True, None, None]),
        ("-visits % 2", [-1, 0, None]),
        ("open is not distinct from false", [False, True, False]),
    ],
)
def test_a_plain_value_is_over_one_row_and_what_is_not_known_stays_so(engine, text, values):
    checked = check_value(text, columns=COLUMNS)
    assert not checked.is_aggregate
    assert worked_out(engine, checked, "weeks < 100 or weeks is null") == values


def test_it_says_which_columns_it_reads_and_what_it_gives():
    checked = check_value('max(weeks) > 2 and count("ROOM COUNT") > 1', columns=COLUMNS)
    assert (checked.columns, checked.result) == (("Room Count", "weeks"), "boolean")
    assert check_value("weeks + 1", columns=COLUMNS).result == "number"
    assert check_derived("first_seen", factors={"first_seen"}).result is None


# --- two-valued policies


TRUTHS = [(a, b) for a in (True, False, None) for b in (True, False, None)]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a", lambda a, _: a is True),
        ("not a", lambda a, _: a is not True),
        ("a and not b", lambda a, b: a is True and b is not True),
        ("not (a and b)", lambda a, b: not (a is True and b is True)),
        ("not (a or b)", lambda a, b: a is not True and b is not True),
        ("a = false", lambda a, _: a is False),
        ("((a)) or (b)", lambda a, b: a is True or b is True),
        ("any_true(a, not b)", lambda a, b: a is True or b is not True),
        ("all_true(a, b)", lambda a, b: a is True and b is True),
        ("count_true(a, b) >= 1", lambda a, b: a is True or b is True),
        ("not count_true(a, b) >= 1", lambda a, b: not (a is True or b is True)),
        ("is_known(a) and not a", lambda a, _: a is False),
        ("is_unknown(a) or b", lambda a, b: a is None or b is True),
        ("a not in (true)", lambda a, _: a is not True),
        ("a is not true", lambda a, _: a is not True),
        ("case when a then b else not b end", lambda a, b: (b is True) if a is True else (b is not True)),
    ],
)
def test_in_a_policy_what_is_not_known_does_not_hold_and_its_not_does(text, holds):
    condition = check_condition(text, factors={"a": "boolean", "b": "boolean"})
    with duckdb.connect(":memory:") as connection:
        for a, b in TRUTHS:
            connection.execute("create or replace table f as select ?::boolean as a, ?::boolean as b", [a, b])
            (found,) = connection.execute(f"select {condition.sql(run_date=RUN_DATE)} from f").fetchall()
            assert found == (holds(a, b),), (text, a, b)


# --- what is refused


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "weeks; drop table told",
        "weeks) from secret where (true",
        "weeks, hidden",
        "select 1",
        "(select max(hidden) from secret) is null",
        "exists (select 1 from secret)",
        "weeks in (select weeks from secret)",
        "weeks = any(select weeks from secret)",
        "read_csv('passwd')",
        "(from read_csv('passwd'))",
        "copy told to 'x'",
        "attach 'x'",
        "pragma database_list",
        "getenv('HOME') = 'x'",
        "current_setting('secret_directory') = 'x'",
        "nextval('s')",
        "random() > 0.5",
        "now() > seen",
        "current_date > seen",
        "secret.weeks > 1",
        "told.weeks > 1",
        "rowid > 1",
        "hidden = 'x'",
        "columns(*)",
        "*",
        "count(* exclude (weeks))",
        "min(weeks) over ()",
        "row_number() over (order by weeks) = 1",
        "list_transform([1], x -> x)",
        "[1, 2]",
        "{'a': 1}",
        "reason[1] = 'm'",
        "$1",
        "?",
        "cast(reason as integer) = 1",
        "reason::blob = 'x'",
        "reason ~ '(a+)+$'",
        "regexp_matches(reason, '(a+)+$')",
        "reason like reason",
        "reason like 'a' escape 'b'",
        "reason like 'a\\%'",
        "repeat(reason, 1000000) = 'x'",
        "reason || reason = 'x'",
        "interval 3 days",
        "seen + 3 > seen",
        "extract(century from seen) = 20",
        "max(weeks order by seen)",
        "max(weeks, 3)",
        "sum(distinct weeks)",
        "max(max(weeks))",
        "max(weeks) > visits",
        "weeks filter (where open)",
        "coalesce()",
        "count()",
        "days_ago()",
        "days_ago(weeks)",
        "weeks = 'many'",
        "reason = 5",
        "seen > '2026-13-01'",
        "weeks and open",
        "reason",
        "seen",
        "1" * 20,
        "1e999",
        "0x1F",
        "x'ff'",
        "weeks between 'a' and 'b'",
        "case when weeks then 1 end",
        "case when open then 1 else 'x' end",
        "greatest(weeks, reason)",
        "'" + "a" * 5000 + "'",
        "(" * 60 + "weeks" + ")" * 60,
        "not " * 200 + "open",
        "+".join(["weeks"] * 300),
        "sum_known(sum_known(sum_known(sum_known(weeks))))",
        "weeks\x00",
        "weeks /*",
        "'unfinished",
        "weeks collate nocase",
        "weeks at time zone 'utc'",
        "try(weeks)",
        "set weeks = 1",
        "weeks ** 2",
        "weeks!",
        "struct_pack(a := 1)",
        "(weeks, visits) = (1, 2)",
        "unnest([1])",
        "grouping(weeks)",
        "open is weeks",
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(text):
    with pytest.raises(ExpressionError) as refused:
        check_value(text, columns=COLUMNS)
    assert refused.value.wrong.endswith((".", "?"))
    assert refused.value.right.endswith((".", "?", "…"))
    assert str(refused.value) == f"{refused.value.wrong} {refused.value.right}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("max(week) > 8", "There is no column week. Did you mean weeks?"),
        ("dayz_ago(seen) < 3", "dayz_ago() may not be used here. Did you mean days_ago?"),
        ("reason = 5", "`reason` is text and `5` is a number. Compare `reason` with text, in single quotes."),
        (
            "not max(weeks)",
            "`max(weeks)` is a number, but yes or no is needed here. Compare it with something, ",
        ),
        (
            "read_csv('x') is null",
            "This contains something that is not allowed in an expression (read_csv()).",
        ),
    ],
)
def test_a_refusal_says_what_was_probably_meant(text, sentence):
    with pytest.raises(ExpressionError) as refused:
        check_value(text, columns=COLUMNS)
    assert str(refused.value).startswith(sentence)


def test_a_row_of_a_case_index_is_yes_or_no_and_no_aggregate():
    assert check_row("open and seen is null", columns=COLUMNS).result == "boolean"
    for text in ("weeks", "count(*) > 1"):
        with pytest.raises(ExpressionError):
            check_row(text, columns=COLUMNS)


def test_a_policy_takes_no_aggregate_and_only_factors_there_are():
    for text in ("max(a) > 1", "count(*) > 1", "b", "a + 1"):
        with pytest.raises(ExpressionError):
            check_condition(text, factors={"a": "number"})


def test_a_long_policy_is_not_a_deep_one():
    text = " or ".join(f"(factor_{n} and not plan_{n})" for n in range(100))
    names = [f"{word}_{n}" for n in range(100) for word in ("factor", "plan")]
    assert len(check_condition(text, factors=names).factors) == 200


# --- properties

numbers = st.one_of(
    st.sampled_from(
        ["weeks", "visits", '"Room Count"', "days_ago(seen)", "days_until(rang_at)", "length(reason)"]
    ),
    st.integers(0, 10**9).map(str),
    st.floats(0, 10**6, allow_nan=False).map(lambda value: f"{value:.3f}"),
)
dates = st.one_of(
    st.sampled_from(["seen", "rang_at", "run_date"]),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: f"date '{day}'"),
)
texts = st.one_of(
    st.sampled_from(["reason", "lower(reason)", "trim(reason)"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8).map(
        lambda text: "'" + text.replace("'", "''") + "'"
    ),
)


def _values(inner):
    number, truth = inner
    numbers_ = st.one_of(
        st.tuples(number, st.sampled_from("+-*/%"), number).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(truth, number, number).map(lambda p: f"case when {p[0]} then {p[1]} else {p[2]} end"),
        st.lists(number, min_size=1, max_size=3).map(lambda p: f"coalesce({', '.join(p)})"),
        st.lists(number, min_size=1, max_size=3).map(lambda p: f"greatest({', '.join(p)})"),
        number.map(lambda p: f"abs({p})"),
        number.map(lambda p: f"-({p})"),
        number.map(lambda p: f"round({p}, 2)"),
    )
    truths = st.one_of(
        st.tuples(number, st.sampled_from(["<", ">=", "=", "<>"]), number).map(" ".join),
        st.tuples(dates, st.sampled_from(["<", ">=", "="]), dates).map(" ".join),
        st.tuples(texts, st.sampled_from(["<", "=", "<>"]), texts).map(" ".join),
        st.tuples(truth, st.sampled_from(["and", "or"]), truth).map(lambda p: f"({p[0]}) {p[1]} ({p[2]})"),
        truth.map(lambda p: f"not ({p})"),
        st.lists(truth, min_size=1, max_size=3).map(lambda p: f"any_true({', '.join(p)})"),
        number.map(lambda p: f"is_known({p})"),
        st.tuples(number, number, number).map(lambda p: f"{p[0]} between {p[1]} and {p[2]}"),
    )
    return numbers_, truths


def _grown(depth):
    number, truth = numbers, st.sampled_from(["open", "true", "false", "is_unknown(began)"])
    for _ in range(depth):
        more_numbers, more_truths = _values((number, truth))
        number, truth = st.one_of(number, more_numbers), st.one_of(truth, more_truths)
    return number, truth


number, truth = _grown(3)
whole = st.one_of(
    number,
    truth,
    number.map(lambda p: f"max({p})"),
    number.map(lambda p: f"sum({p})"),
    truth.map(lambda p: f"count(*) filter (where {p})"),
    truth.map(lambda p: f"bool_or({p})"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=whole)
def test_whatever_passes_can_be_worked_out_and_its_kind_is_as_told(engine, text):
    try:
        checked = check_value(text, columns=COLUMNS)
    except ExpressionError:
        return  # too deep: refused is always allowed
    for value in worked_out(engine, checked):
        assert value is None or isinstance(value, bool) == (checked.result == "boolean")
    spark = sqlglot.parse_one(checked.sql("spark", run_date=RUN_DATE), read="spark")
    assert not list(spark.find_all(sqlglot.exp.Select, sqlglot.exp.Placeholder))


PIECES = [
    "select", "from", "secret", "told", "hidden", "weeks", "open", "reason", "(", ")", ",", ";", "'",
    '"', "*", "--", "/*", "*/", "read_csv('x')", "read_text('x')", "copy", "attach", "pragma", "union",
    "with", "over", "filter", "where", "count", "max", "case", "when", "then", "end", "->", "::", "[",
    "]", "{", "}", "$1", "?", ".", "and", "not", "is", "null", "in", "between", "1", "'x'", "date",
    "interval", "cast", "as", "blob", "exists", "any", "lateral", "columns", "exclude", "set",
    "install", "load", "\\", "é", "=", "<", "+", "within", "group",
]  # fmt: skip


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.lists(st.sampled_from([*PIECES, "\n", "\x00"]), max_size=14).map(" ".join), st.text(max_size=60)
    )
)
def test_no_text_gets_past_the_guard_that_reads_anything_but_the_columns(engine, text):
    try:
        checked = check_value(text, columns=COLUMNS)
    except ExpressionError:
        return
    assert set(checked.columns) <= set(COLUMNS)
    tree = sqlglot.parse_one(f"select {checked.sql(run_date=RUN_DATE)} as v from told", read="duckdb")
    assert len(list(tree.find_all(sqlglot.exp.Select))) == 1
    assert {table.name for table in tree.find_all(sqlglot.exp.Table)} == {"told"}
    assert {column.name for column in tree.find_all(sqlglot.exp.Column)} <= set(COLUMNS)
    worked_out(engine, checked)


def test_the_run_date_is_the_one_given_and_never_the_clock():
    checked = check_value("max(days_ago(seen))", columns={"seen": "date"})
    later = RUN_DATE + timedelta(days=365)
    assert "2027-11-01" in checked.sql(run_date=later)
    assert "current" not in checked.sql(run_date=later).lower()
