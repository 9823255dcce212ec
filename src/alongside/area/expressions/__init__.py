"""The guard: what an area pack may write as an expression, and nothing more.

    check_value("max(arrears_weeks) >= 8", columns={"arrears_weeks": "number"})   # a source's factor
    check_row("closed_on is null", columns={"closed_on": "date"})                 # a source's case index
    check_derived("any_true(plan_asc, plan_cla)", factors={"plan_asc": "boolean", "plan_cla": "boolean"})
    check_condition("refused_12m >= 2 and not plan_open", factors={"refused_12m", "plan_open"})   # a policy

An expression is parsed, and a new one is built from those parts that are on a list of what is allowed;
anything else is refused. None of the text itself ever reaches an engine, so there is no subquery, no file,
no network, no other table, and no cell can make it fail: a date that is not a date, or a division by zero,
gives *not known*.

Written in DuckDB's dialect, for DuckDB and Spark alike. What may be used is in
``docs/reference/expressions.md``.
"""

from alongside.area.expressions._checks import (
    Checked,
    Condition,
    check_condition,
    check_derived,
    check_row,
    check_value,
)
from alongside.area.expressions._errors import ExpressionError
from alongside.area.expressions._kinds import Kind

__all__ = [
    "Checked",
    "Condition",
    "ExpressionError",
    "Kind",
    "check_condition",
    "check_derived",
    "check_row",
    "check_value",
]
