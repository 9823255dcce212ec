"""The functions an expression may call: SQL's plain ones, and ours, which are written out in plain SQL.

Each of ours exists so that it means the same on DuckDB and on Spark; not known is never a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from sqlglot import exp

from alongside.area.expressions._errors import ExpressionError
from alongside.area.expressions._kinds import Part

if TYPE_CHECKING:
    from alongside.area.expressions._compile import Compiler

RUN_DATE = "run_date"
AGGREGATES = {"count", "min", "max", "sum", "avg", "bool_or", "bool_and"}
LOGICAL = {"any_true", "all_true"}

_Build = Callable[["Compiler", exp.Expr], "Part"]


def run_date() -> exp.Expr:
    """Return the placeholder for the date of the run until that is known."""
    return exp.Placeholder(this=RUN_DATE)


def name_of(node: exp.Expr) -> str:
    """Return the function a node calls, in lower case; empty if it calls none."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower() if isinstance(node.this, str) else ""
    return _NAMES.get(type(node), "")


def known_names(*, aggregates: bool) -> list[str]:
    """Return the functions that may be used."""
    return sorted(name for name in FUNCTIONS if aggregates or name not in AGGREGATES)


def arguments(node: exp.Expr) -> list[exp.Expr]:
    """Return the arguments of a call, in order."""
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    first = [node.this] if node.this is not None else []
    return [
        *first,
        *[node.args[key] for key in ("decimals", "expression") if node.args.get(key)],
        *node.expressions,
    ]


def _exactly(node: exp.Expr, count: int) -> list[exp.Expr]:
    given = arguments(node)
    if len(given) != count:
        raise ExpressionError(
            f"{name_of(node)}() was given {len(given)} values.",
            f"It takes {count}: see docs/reference/expressions.md.",
        )
    return given


def _at_least_one(node: exp.Expr) -> list[exp.Expr]:
    given = arguments(node)
    if not given:
        raise ExpressionError(
            f"{name_of(node)}() was given nothing.", "Put at least one value in its brackets."
        )
    return given


# --- aggregates


def _count(compiler: Compiler, node: exp.Expr) -> Part:
    inside = node.this
    if isinstance(inside, exp.Star):
        if any(inside.args.values()):
            raise ExpressionError("This star leaves columns out or renames them.", "Write count(*).")
        part = compiler.aggregate(lambda: Part(exp.Star(), None))
    elif isinstance(inside, exp.Distinct):
        if len(inside.expressions) != 1 or inside.args.get("on"):
            raise ExpressionError("This counts more than one thing.", "Write count(distinct column).")
        part = compiler.aggregate(lambda: compiler.value(inside.expressions[0]))
        part = part._replace(node=exp.Distinct(expressions=[part.node]))
    elif inside is None:
        raise ExpressionError("count() was given nothing.", "Write count(*) or count(column).")
    else:
        part = compiler.aggregate(lambda: compiler.value(inside))
    return part._replace(node=exp.Count(this=part.node, big_int=True), kind="number")


def _extreme(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.aggregate(lambda: compiler.value(inside))
    return part._replace(node=type(node)(this=part.node))


def _total(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.aggregate(lambda: compiler.of_kind(inside, "number"))
    return part._replace(node=type(node)(this=exp.cast(part.node, "double")), kind="number")


def _over_rows(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.aggregate(lambda: compiler.truth(inside))
    return part._replace(node=type(node)(this=part.node), kind="boolean")


# --- one row


def _first_known(compiler: Compiler, node: exp.Expr) -> Part:
    parts = [compiler.value(each) for each in _at_least_one(node)]
    kind = compiler.same_kind(parts, "The values of coalesce()")
    first, *rest = [part.node for part in parts]
    return Part(exp.Coalesce(this=first, expressions=rest), kind, compiler.level(*parts))


def _nullif(compiler: Compiler, node: exp.Expr) -> Part:
    left, right = compiler.compared(*_exactly(node, 2))
    return Part(exp.Nullif(this=left.node, expression=right.node), left.kind, compiler.level(left, right))


def _most(compiler: Compiler, node: exp.Expr) -> Part:
    parts = [compiler.value(each) for each in _at_least_one(node)]
    kind = compiler.same_kind(parts, f"The values of {name_of(node)}()")
    first, *rest = [part.node for part in parts]
    if not rest:
        return parts[0]
    choose = exp.Least if name_of(node) == "least" else exp.Greatest
    return Part(choose(this=first, expressions=rest, ignore_nulls=True), kind, compiler.level(*parts))


def _text(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.of_kind(inside, "text")
    return part._replace(
        node=type(node)(this=part.node), kind="number" if isinstance(node, exp.Length) else "text"
    )


def _abs(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.of_kind(inside, "number")
    return part._replace(node=exp.Abs(this=exp.cast(part.node, "double")), kind="number")


def _round(compiler: Compiler, node: exp.Expr) -> Part:
    given = _at_least_one(node)
    part = compiler.of_kind(given[0], "number")
    places = given[1] if len(given) > 1 else exp.Literal.number(0)
    if type(places) is not exp.Literal or places.name not in set("0123456789"):
        raise ExpressionError("The number of decimal places is not fixed.", "Write it: round(value, 1).")
    decimals = exp.Literal.number(places.name)
    return part._replace(node=exp.Round(this=exp.cast(part.node, "double"), decimals=decimals), kind="number")


def _date_part(compiler: Compiler, node: exp.Expr) -> Part:
    if isinstance(node, exp.Extract):
        unit, inside = node.this.name.lower(), node.expression
    else:
        unit, inside = name_of(node), node.this
    if unit not in {"year", "quarter", "month", "day"}:
        raise ExpressionError(
            f"{unit} is not a part of a date that can be used.", "Use year, quarter, month or day."
        )
    part = compiler.of_kind(inside, "date")
    return part._replace(node=exp.Extract(this=exp.var(unit), expression=part.node), kind="number")


# --- ours


def _days_ago(compiler: Compiler, node: exp.Expr) -> Part:
    """Days from a date to the run's date; a future date gives not known, so it is never recent."""
    (inside,) = _exactly(node, 1)
    return compiler.nested(lambda: _days_between(compiler.of_kind(inside, "date"), past=True))


def _days_until(compiler: Compiler, node: exp.Expr) -> Part:
    """Days from the run's date to a date; a past date gives not known, so it is never soon."""
    (inside,) = _exactly(node, 1)
    return compiler.nested(lambda: _days_between(compiler.of_kind(inside, "date"), past=False))


def _days_between(part: Part, *, past: bool) -> Part:
    held = part.node
    counts = exp.LTE if past else exp.GTE
    ends = (held.copy(), run_date()) if past else (run_date(), held.copy())
    days = exp.DateDiff(this=ends[1], expression=ends[0], unit=exp.var("day"), date_part_boundary=True)
    choice = exp.Case(ifs=[exp.If(this=counts(this=held, expression=run_date()), true=days)])
    return part._replace(node=exp.Paren(this=choice), kind="number")


def _is_known(compiler: Compiler, node: exp.Expr) -> Part:
    (inside,) = _exactly(node, 1)
    part = compiler.value(inside)
    built: exp.Expr = exp.Is(this=exp.Paren(this=part.node), expression=exp.null())
    if name_of(node) == "is_known":
        built = exp.Not(this=exp.Paren(this=built))
    return part._replace(node=built, kind="boolean")


def _logical(compiler: Compiler, node: exp.Expr) -> Part:
    parts = [compiler.truth(each) for each in _at_least_one(node)]
    join = exp.or_ if name_of(node) == "any_true" else exp.and_
    built = join(*[exp.Paren(this=part.node) for part in parts], copy=False, wrap=False)
    return Part(exp.Paren(this=built), "boolean", compiler.level(*parts))


def _count_true(compiler: Compiler, node: exp.Expr) -> Part:
    """How many are known to be true; not known if none of them is known."""

    def build() -> Part:
        parts = [compiler.truth(each) for each in _at_least_one(node)]
        ones = [
            exp.Case(
                ifs=[exp.If(this=part.node.copy(), true=exp.Literal.number(1))], default=exp.Literal.number(0)
            )
            for part in parts
        ]
        if compiler.two_valued:  # each of them holds or does not
            return Part(exp.Paren(this=_sum(ones)), "number", compiler.level(*parts))
        return _where_any_known(compiler, parts, _sum(ones))

    return compiler.nested(build)


def _sum_known(compiler: Compiler, node: exp.Expr) -> Part:
    """The sum of those that are known; not known if none is."""

    def build() -> Part:
        parts = [compiler.of_kind(each, "number") for each in _at_least_one(node)]
        zero = exp.Literal.number(0)
        terms = [
            exp.Coalesce(this=exp.cast(part.node.copy(), "double"), expressions=[zero.copy()])
            for part in parts
        ]
        return _where_any_known(compiler, parts, _sum(terms))

    return compiler.nested(build)


def _sum(terms: Sequence[exp.Expr]) -> exp.Expr:
    return reduce(lambda left, right: exp.Add(this=left, expression=right), terms)


def _where_any_known(compiler: Compiler, parts: list[Part], result: exp.Expr) -> Part:
    known = exp.or_(
        *[
            exp.Not(this=exp.Paren(this=exp.Is(this=exp.Paren(this=part.node), expression=exp.null())))
            for part in parts
        ],
        copy=False,
        wrap=False,
    )
    return Part(
        exp.Paren(this=exp.Case(ifs=[exp.If(this=known, true=result)])), "number", compiler.level(*parts)
    )


FUNCTIONS: dict[str, _Build] = {
    "count": _count,
    "min": _extreme,
    "max": _extreme,
    "sum": _total,
    "avg": _total,
    "bool_or": _over_rows,
    "bool_and": _over_rows,
    "coalesce": _first_known,
    "nullif": _nullif,
    "greatest": _most,
    "least": _most,
    "max_known": _most,
    "lower": _text,
    "upper": _text,
    "trim": _text,
    "length": _text,
    "abs": _abs,
    "round": _round,
    "extract": _date_part,
    "year": _date_part,
    "quarter": _date_part,
    "month": _date_part,
    "day": _date_part,
    "days_ago": _days_ago,
    "days_until": _days_until,
    "is_known": _is_known,
    "is_unknown": _is_known,
    "any_true": _logical,
    "all_true": _logical,
    "count_true": _count_true,
    "sum_known": _sum_known,
}
"""Name to how it is built; ``docs/reference/expressions.md`` says what each means."""

_ONE = {"this"}
NODES: dict[type[exp.Expr], set[str]] = {
    exp.Anonymous: {"this", "expressions"},
    exp.Count: {"this", "big_int"},
    exp.Min: _ONE,
    exp.Max: _ONE,
    exp.Sum: _ONE,
    exp.Avg: _ONE,
    exp.LogicalOr: _ONE,
    exp.LogicalAnd: _ONE,
    exp.Coalesce: {"this", "expressions"},
    exp.Nullif: {"this", "expression"},
    exp.Greatest: {"this", "expressions", "ignore_nulls"},
    exp.Least: {"this", "expressions", "ignore_nulls"},
    exp.Lower: _ONE,
    exp.Upper: _ONE,
    exp.Trim: _ONE,
    exp.Length: _ONE,
    exp.Abs: _ONE,
    exp.Round: {"this", "decimals"},
    exp.Extract: {"this", "expression"},
    exp.Year: _ONE,
    exp.Quarter: _ONE,
    exp.Month: _ONE,
    exp.Day: _ONE,
}
"""The nodes a parser makes from calls, and what each may contain."""

_NAMES: dict[type[exp.Expr], str] = {
    node: {"LogicalOr": "bool_or", "LogicalAnd": "bool_and"}.get(node.__name__, node.__name__.lower())
    for node in NODES
    if node is not exp.Anonymous
}
