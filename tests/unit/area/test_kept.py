"""What was read or judged before is kept: it must answer as if it were the first time."""

from datetime import date

import pytest

from alongside.area.expressions import ExpressionError, check_condition, check_derived, check_row, check_value
from alongside.area.yaml_text import read_yaml

DAY, LATER = date(2026, 11, 1), date(2027, 11, 1)


def test_what_a_reader_does_to_a_file_is_not_what_the_next_one_reads() -> None:
    content = b"a: [1, {b: 2}]\nc: 3\nc: 4\n"
    first = read_yaml(content)
    first.data["a"][1]["b"] = "spoilt"
    first.lines.clear()
    first.faults.clear()
    again = read_yaml(content)
    assert again.data == {"a": [1, {"b": 2}], "c": 3}
    assert again.line(("a", 1, "b")) == 1
    assert [fault.line for fault in again.faults] == [3]


def test_the_same_words_over_other_columns_are_judged_anew() -> None:
    assert check_value("max(told) >= 8", columns={"told": "number"}).columns == ("told",)
    for columns in ({"told": "string"}, {"other": "number"}):
        with pytest.raises(ExpressionError):
            check_value("max(told) >= 8", columns=columns)
    assert check_value("max(told)", columns={"told": "number"}).result == "number"
    with pytest.raises(ExpressionError):
        check_row("max(told) >= 8", columns={"told": "number"})
    with pytest.raises(ExpressionError):
        check_derived("max(told) >= 8", factors={"told": "number"})


def test_what_was_judged_is_written_as_often_as_wanted_each_time_for_its_day() -> None:
    def written(day: date) -> str:
        return check_value("max(days_ago(seen)) > 7", columns={"seen": "date"}).sql(run_date=day)

    assert "2026-11-01" in written(DAY)
    assert "2027-11-01" in written(LATER)
    assert written(DAY) == written(DAY)
    condition = check_condition("refused >= 2 and not open", factors={"refused": "number", "open": "boolean"})
    assert condition.reasons(run_date=DAY) == condition.reasons(run_date=DAY)
    assert condition.sql(run_date=DAY) == condition.sql(run_date=LATER)
