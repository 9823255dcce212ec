"""The allow-list: each kind of node that may occur in an expression, and the node we build for it.

Rebuilt from checked parts, so anything else a parser may put on a node never reaches an engine. Every kind
of node not in ``_RULES`` and every function not in ``_functions`` is refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from sqlglot import exp

from alongside.area.expressions import _functions as functions
from alongside.area.expressions._errors import ExpressionError, did_you_mean
from alongside.area.expressions._kinds import WORDS, Kind, Level, Part, agree, in_words, kind_of, reference
from alongside.area.expressions._parse import filled

DEEPEST = 40
NESTED_FUNCTIONS = 3  # ours repeat their arguments: three nested are at most eight times the text
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,15})?|\.\d{1,15}")
_PARTS = {"year", "quarter", "month", "day"}


class Compiler:
    """Checks and rebuilds one expression over ``names``; afterwards ``used`` holds the names it read.

    Args:
        names: Column or factor to its Table Schema type; ``None`` if the type is not known.
        noun: What the names are, for messages: ``column`` or ``factor``.
        aggregates: Whether values may be taken over many rows.
        two_valued: Whether a condition that is not known counts as not holding (ADR 0005).
    """

    def __init__(
        self, names: Mapping[str, str | None], *, noun: str, aggregates: bool, two_valued: bool = False
    ) -> None:
        self.names = names
        self.noun = noun
        self.aggregates = aggregates
        self.two_valued = two_valued
        self.used: set[str] = set()
        self._lower = {name.lower(): name for name in names}
        self._depth = 0
        self._inside_aggregate = False
        self._nested = 0

    def value(self, node: exp.Expr) -> Part:
        """Return the rebuilt node; not known is NULL."""
        rule = _RULES.get(type(node))
        if rule is None:
            raise _refused(node)
        build, allowed = rule
        if not filled(node) <= allowed:
            raise _refused(node)
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(
                "This expression is nested too deeply.", "Make part of it a factor of its own."
            )
        part = build(self, node)
        self._depth -= 1
        return part

    def truth(self, node: exp.Expr) -> Part:
        """Return the rebuilt node where yes or no is required."""
        if isinstance(node, exp.Paren):
            part = self.truth(node.this)
            return part._replace(node=exp.Paren(this=part.node))
        part = self.value(node)
        self._must_be(part, "boolean", node)
        made_of_truths = isinstance(node, (exp.And, exp.Or, exp.Not, exp.Boolean))
        if self.two_valued and not made_of_truths and functions.name_of(node) not in functions.LOGICAL:
            return part._replace(node=exp.Coalesce(this=part.node, expressions=[exp.false()]))
        return part

    def of_kind(self, node: exp.Expr, kind: Kind) -> Part:
        """Return the rebuilt node, refusing another kind of value."""
        part = self.value(node)
        self._must_be(part, kind, node)
        return part

    def level(self, *parts: Part) -> Level:
        """Return the level of something made from ``parts``; a row and a group do not mix."""
        levels = {part.level for part in parts} - {"any"}
        if len(levels) > 1:
            raise ExpressionError(
                "This mixes a single row's column with a value over all the rows.",
                "Put every column inside max(), min(), sum(), count() or similar, or none of them.",
            )
        return levels.pop() if levels else "any"

    def nested(self, build: Callable[[], Part]) -> Part:
        """Build one of our functions, refusing them if they are nested too deeply."""
        self._nested += 1
        if self._nested > NESTED_FUNCTIONS:
            raise ExpressionError(
                f"This has functions nested more than {NESTED_FUNCTIONS} deep.",
                "Make part of it a factor of its own.",
            )
        part = build()
        self._nested -= 1
        return part

    def aggregate(self, build: Callable[[], Part]) -> Part:
        """Build the inside of an aggregate, which may not contain another aggregate."""
        if not self.aggregates:
            raise ExpressionError(
                f"This takes a value over many rows, but here there is one of each {self.noun}.",
                "Leave out max(), count() and so on; to compare factors, use greatest() or count_true().",
            )
        if self._inside_aggregate:
            raise ExpressionError(
                "This has an aggregate inside an aggregate.", "Use one, such as max(arrears_weeks)."
            )
        self._inside_aggregate = True
        part = build()
        self._inside_aggregate = False
        return part._replace(level="group")

    def _must_be(self, part: Part, kind: Kind, node: exp.Expr) -> None:
        if part.kind is None or part.kind == kind:
            return
        shown = _quoted(node)
        right = (
            f"Compare it with something, such as `{_spelt(node)} >= 1`."
            if kind == "boolean"
            else f"Use {WORDS[kind]}."
        )
        raise ExpressionError(f"{shown} is {WORDS[part.kind]}, but {WORDS[kind]} is needed here.", right)

    # --- names and literals

    def _column(self, node: exp.Expr) -> Part:
        name = node.name
        if not isinstance(node.this, exp.Identifier):
            raise _refused(node)
        declared = name if name in self.names else self._lower.get(name.lower())
        if declared is None:
            if name.lower() == functions.RUN_DATE:
                return Part(functions.run_date(), "date")
            raise ExpressionError(
                f"There is no {self.noun} {name}.", did_you_mean(name, self.names, noun=self.noun)
            )
        self.used.add(declared)
        schema_type = self.names[declared]
        if schema_type is None:
            return Part(exp.column(exp.to_identifier(declared, quoted=True)), None, "row")
        return Part(reference(declared, schema_type), kind_of(schema_type), "row")

    def _literal(self, node: exp.Expr) -> Part:
        if node.args.get("is_string"):
            return Part(exp.Literal.string(node.name), "text")
        if not _NUMBER.fullmatch(node.name):
            raise ExpressionError(f"The number {node.name} is out of range.", "Use at most 15 digits.")
        return Part(exp.Literal.number(node.name), "number")

    def _boolean(self, node: exp.Expr) -> Part:
        return Part(exp.true() if node.this else exp.false(), "boolean")

    def _null(self, _: exp.Expr) -> Part:
        return Part(exp.null(), None)

    def _date_literal(self, node: exp.Expr) -> Part:
        target = node.args["to"]
        if type(node.this) is not exp.Literal or not target.is_type("date"):
            raise ExpressionError(
                "This turns a value into another type.",
                "Give the column its type in the source's schema; a fixed date is written date '2026-11-01'.",
            )
        return Part(_date(node.this.name), "date")

    # --- logic

    def _paren(self, node: exp.Expr) -> Part:
        part = self.value(node.this)
        return part._replace(node=exp.Paren(this=part.node))

    def _logic(self, node: exp.Expr) -> Part:
        # A chain of and (or of or) can be any length, so we loop over it rather than recurse.
        operands = [self.truth(each) for each in node.flatten(unnest=False)]
        join = exp.and_ if isinstance(node, exp.And) else exp.or_
        return Part(
            join(*[exp.Paren(this=each.node) for each in operands], copy=False, wrap=False),
            "boolean",
            self.level(*operands),
        )

    def _not(self, node: exp.Expr) -> Part:
        part = self.truth(node.this)
        return part._replace(node=exp.Not(this=exp.Paren(this=part.node)), kind="boolean")

    # --- comparisons

    def compared(self, left: exp.Expr, right: exp.Expr) -> tuple[Part, Part]:
        """Return both rebuilt, refusing kinds that cannot be compared; text beside a date is a date."""
        first, second = self.value(left), self.value(right)
        if first.kind == "date" and type(right) is exp.Literal and right.is_string:
            second = Part(_date(right.name), "date")
        if second.kind == "date" and type(left) is exp.Literal and left.is_string:
            first = Part(_date(left.name), "date")
        if not agree(first.kind, second.kind):
            shown, other = _quoted(left), _quoted(right)
            raise ExpressionError(
                f"{shown} is {in_words(first.kind)} and {other} is {in_words(second.kind)}.",
                f"Compare {shown} with {in_words(first.kind)}"
                + (", in single quotes." if first.kind == "text" else "."),
            )
        return first, second

    def _comparison(self, node: exp.Expr) -> Part:
        left, right = self.compared(node.this, node.expression)
        return Part(
            type(node)(this=exp.Paren(this=left.node), expression=exp.Paren(this=right.node)),
            "boolean",
            self.level(left, right),
        )

    def _is(self, node: exp.Expr) -> Part:
        if type(node.expression) not in (exp.Null, exp.Boolean):
            raise _refused(node)
        boolean = isinstance(node.expression, exp.Boolean)
        part = self.of_kind(node.this, "boolean") if boolean else self.value(node.this)
        against = self.value(node.expression).node
        return Part(exp.Is(this=exp.Paren(this=part.node), expression=against), "boolean", part.level)

    def _in(self, node: exp.Expr) -> Part:
        pairs = [self.compared(node.this, each) for each in node.expressions]
        if not pairs:
            raise _refused(node)
        return Part(
            exp.In(this=exp.Paren(this=pairs[0][0].node), expressions=[other.node for _, other in pairs]),
            "boolean",
            self.level(*[part for pair in pairs for part in pair]),
        )

    def _between(self, node: exp.Expr) -> Part:
        value, low = self.compared(node.this, node.args["low"])
        _, high = self.compared(node.this, node.args["high"])
        return Part(
            exp.Between(
                this=exp.Paren(this=value.node),
                low=exp.Paren(this=low.node),
                high=exp.Paren(this=high.node),
            ),
            "boolean",
            self.level(value, low, high),
        )

    def _like(self, node: exp.Expr) -> Part:
        value = self.of_kind(node.this, "text")
        if type(node.expression) is not exp.Literal or "\\" in node.expression.name:
            raise ExpressionError(
                "The pattern after like is not fixed.", "Write it in quotes, such as 'flat %'."
            )
        pattern = self.of_kind(node.expression, "text")
        built: exp.Expr = type(node)(this=exp.Paren(this=value.node), expression=pattern.node)
        if node.args.get("negate"):
            built = exp.Not(this=exp.Paren(this=built))
        return Part(built, "boolean", value.level)

    # --- choice and arithmetic

    def _case(self, node: exp.Expr) -> Part:
        branches = node.args.get("ifs") or [node]  # if(a, b, c) is a case of one branch
        subject = node.this if isinstance(node, exp.Case) else None
        default = node.args.get("default") if isinstance(node, exp.Case) else node.args.get("false")
        built, parts, results = [], [], []
        for branch in branches:
            if type(branch) is not exp.If or branch.args.get("true") is None:
                raise _refused(node)
            if subject is None:
                when = self.truth(branch.this)
            else:
                left, right = self.compared(subject, branch.this)
                when = Part(
                    exp.EQ(this=exp.Paren(this=left.node), expression=exp.Paren(this=right.node)),
                    "boolean",
                    self.level(left, right),
                )
            then = self.value(branch.args["true"])
            built.append(exp.If(this=when.node, true=then.node))
            parts += [when, then]
            results.append(then)
        otherwise = self.value(default) if default is not None else None
        if otherwise:
            parts.append(otherwise)
            results.append(otherwise)
        return Part(
            exp.Paren(this=exp.Case(ifs=built, default=otherwise.node if otherwise else None)),
            self.same_kind(results, "The results of a case"),
            self.level(*parts),
        )

    def same_kind(self, parts: list[Part], what: str) -> Kind | None:
        """Return the kind that all ``parts`` have in common, refusing a mixture."""
        kinds = sorted({part.kind for part in parts if part.kind})
        if len(kinds) > 1:
            raise ExpressionError(
                f"{what} are of different kinds: {' and '.join(WORDS[kind] for kind in kinds)}.",
                "Make them all the same kind.",
            )
        return kinds[0] if kinds else None

    def _arithmetic(self, node: exp.Expr) -> Part:
        left, right = self.of_kind(node.this, "number"), self.of_kind(node.expression, "number")
        # In floating point nothing overflows, and dividing by zero is not known rather than a failure.
        first, second = exp.cast(left.node, "double"), exp.cast(right.node, "double")
        if isinstance(node, (exp.Div, exp.Mod)):
            nothing = exp.cast(exp.Literal.number(0), "double")
            second = exp.Nullif(this=second, expression=nothing)  # type: ignore[assignment]
        extra = {"typed": False, "safe": False} if isinstance(node, exp.Div) else {}
        built = type(node)(this=first, expression=second, **extra)
        return Part(exp.Paren(this=built), "number", self.level(left, right))

    def _minus(self, node: exp.Expr) -> Part:
        part = self.of_kind(node.this, "number")
        return part._replace(node=exp.Paren(this=exp.Neg(this=exp.cast(part.node, "double"))), kind="number")

    # --- functions

    def _function(self, node: exp.Expr) -> Part:
        name = functions.name_of(node)
        function = functions.FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError(
                f"{name}() may not be used here.",
                did_you_mean(name, functions.known_names(aggregates=self.aggregates), noun="function"),
            )
        return function(self, node)

    def _filter(self, node: exp.Expr) -> Part:
        if functions.name_of(node.this) not in functions.AGGREGATES or type(node.expression) is not exp.Where:
            raise _refused(node)
        over = self.value(node.this)
        where = self.aggregate(lambda: self.truth(node.expression.this))
        return over._replace(node=exp.Filter(this=over.node, expression=exp.Where(this=where.node)))


def _date(text: str) -> exp.Expr:
    try:
        held = date.fromisoformat(text)
    except ValueError:
        raise ExpressionError(
            f"'{text}' is not a date.", "Write a date as year-month-day: '2026-11-01'."
        ) from None
    return exp.cast(exp.Literal.string(held.isoformat()), "date")


def _spelt(node: exp.Expr) -> str:
    return node.sql("duckdb", comments=False, normalize_functions="lower")


def _quoted(node: exp.Expr) -> str:
    """In quotes, so that it keeps its spelling when its sentence becomes the second half of another."""
    return f"`{_spelt(node)}`"


def _refused(node: exp.Expr) -> ExpressionError:
    shown = _NAMES.get(type(node))
    if shown is None:
        shown = f"{node.sql_name().lower()}()" if isinstance(node, exp.Func) else type(node).__name__.lower()
    return ExpressionError(
        f"This contains something that is not allowed in an expression ({shown}).",
        "Use columns, numbers, 'text', dates, and, or, not, comparisons, case, arithmetic "
        "and the functions in docs/reference/expressions.md.",
    )


_NAMES: dict[type[exp.Expr], str] = {
    exp.Select: "a select",
    exp.Subquery: "a subquery",
    exp.Window: "a window: over (…)",
    exp.Column: "a name with a dot in it",
    exp.Placeholder: "a parameter",
    exp.Star: "a star outside count(*)",
    exp.Tuple: "a list in brackets",
}

_Rule = tuple[Callable[[Compiler, exp.Expr], Part], set[str]]
_BINARY = {"this", "expression"}
_RULES: dict[type[exp.Expr], _Rule] = {
    exp.Column: (Compiler._column, {"this"}),
    exp.Literal: (Compiler._literal, {"this", "is_string"}),
    exp.Boolean: (Compiler._boolean, {"this"}),
    exp.Null: (Compiler._null, set()),
    exp.Cast: (Compiler._date_literal, {"this", "to"}),
    exp.Paren: (Compiler._paren, {"this"}),
    exp.And: (Compiler._logic, _BINARY),
    exp.Or: (Compiler._logic, _BINARY),
    exp.Not: (Compiler._not, {"this"}),
    exp.EQ: (Compiler._comparison, _BINARY),
    exp.NEQ: (Compiler._comparison, _BINARY),
    exp.GT: (Compiler._comparison, _BINARY),
    exp.GTE: (Compiler._comparison, _BINARY),
    exp.LT: (Compiler._comparison, _BINARY),
    exp.LTE: (Compiler._comparison, _BINARY),
    exp.NullSafeEQ: (Compiler._comparison, _BINARY),
    exp.NullSafeNEQ: (Compiler._comparison, _BINARY),
    exp.Is: (Compiler._is, _BINARY),
    exp.In: (Compiler._in, {"this", "expressions"}),
    exp.Between: (Compiler._between, {"this", "low", "high"}),
    exp.Like: (Compiler._like, _BINARY | {"negate"}),
    exp.ILike: (Compiler._like, _BINARY | {"negate"}),
    exp.Case: (Compiler._case, {"this", "ifs", "default"}),
    exp.If: (Compiler._case, {"this", "true", "false"}),
    exp.Add: (Compiler._arithmetic, _BINARY),
    exp.Sub: (Compiler._arithmetic, _BINARY),
    exp.Mul: (Compiler._arithmetic, _BINARY),
    exp.Div: (Compiler._arithmetic, _BINARY),
    exp.Mod: (Compiler._arithmetic, _BINARY),
    exp.Neg: (Compiler._minus, {"this"}),
    exp.Filter: (Compiler._filter, _BINARY),
    **{node: (Compiler._function, keys) for node, keys in functions.NODES.items()},
}
