"""What the pack's loader and the engine ask the guard, and what they get back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlglot import exp

from alongside.area.expressions._compile import Compiler
from alongside.area.expressions._errors import ExpressionError
from alongside.area.expressions._kinds import WORDS, Kind, Part
from alongside.area.expressions._parse import parse
from alongside.area.expressions._reasons import reasons
from alongside.area.expressions._unread import asked_if_empty, with_unread

Names = tuple[tuple[str, str | None], ...]
_KEPT = 4_096
"""Answers kept: a pack has the same expression checked several times, and again at the next reading."""


@dataclass(frozen=True)
class Checked:
    """A value that may be worked out: it reads ``columns`` and nothing else, and no cell can make it fail.

    ``result`` is the kind it returns, ``None`` if that is unknown; ``is_aggregate`` says that it makes one
    value from many rows.
    """

    text: str
    columns: tuple[str, ...]
    is_aggregate: bool
    result: Kind | None
    _built: exp.Expr = field(repr=False, compare=False)

    @property
    def asked_if_empty(self) -> tuple[str, ...]:
        """The columns of which it asks whether they are empty: in ``is_known(closed_on)``, ``closed_on``."""
        return asked_if_empty(self._built)

    def sql(self, dialect: str = "duckdb", *, run_date: date, unread: Mapping[str, str] | None = None) -> str:
        """Return it as SQL in ``dialect``, every name in quotes; not known is NULL.

        Args:
            dialect: of the engine.
            run_date: the day of the run.
            unread: columns, each with the column that says that its cell is not empty, but could not be read:
                whether it is empty is then not known, where it would seem to be.
        """
        built = with_unread(self._built, unread) if unread else self._built
        return _written(built, dialect, run_date)


@dataclass(frozen=True)
class Condition:
    """A policy's question about one person, over ``factors``: it holds or it does not, never "not known".

    A fact that is not known does not hold, so it is never a reason; its ``not`` holds, so it never hides a
    person (ADR 0005).
    """

    text: str
    factors: tuple[str, ...]
    _built: exp.Expr = field(repr=False, compare=False)
    _reasons: tuple[tuple[str, exp.Expr], ...] = field(repr=False, compare=False)

    def sql(self, dialect: str = "duckdb", *, run_date: date) -> str:
        """Return it as SQL in ``dialect`` that is true or false, never NULL."""
        return _written(self._built, dialect, run_date)

    def reasons(self, dialect: str = "duckdb", *, run_date: date) -> dict[str, str]:
        """Return, per factor, SQL that is true if it is a reason, for people for whom the condition holds.

        A factor is a reason if it is known and helped to make the condition hold: in an ``or``, the
        branches that hold; in ``count_true(…) >= n``, those that are true.
        """
        return {factor: _written(tree, dialect, run_date) for factor, tree in self._reasons}


def check_value(text: str, *, columns: Mapping[str, str]) -> Checked:
    """Check a source's factor: over a person's rows or, without an aggregate, over the latest of them.

    Args:
        text: The expression, as the pack has it.
        columns: The source's columns, each with its Table Schema type.

    Raises:
        ExpressionError: it may not be used, or returns neither yes or no nor a number.
    """
    return _value(text, tuple(columns.items()), noun="column", aggregates=True)


def check_row(text: str, *, columns: Mapping[str, str]) -> Checked:
    """Check a yes or no over one row of a source, such as ``open_when`` of a case index.

    Raises:
        ExpressionError: it may not be used, takes more than one row, or is not yes or no.
    """
    return _row(text, tuple(columns.items()))


def check_derived(text: str, *, factors: Mapping[str, str | None] | Collection[str]) -> Checked:
    """Check a derived factor: over the other facts of one person; what is not known stays not known.

    Args:
        text: The expression, as the pack has it.
        factors: The factors it may use; in a mapping, each with ``boolean`` or ``number`` if known.

    Raises:
        ExpressionError: it may not be used, or returns neither yes or no nor a number.
    """
    return _value(text, _kinds(factors), noun="factor", aggregates=False)


def check_condition(text: str, *, factors: Mapping[str, str | None] | Collection[str]) -> Condition:
    """Check a condition of a policy: a tier's ``when``, or ``applies_when``.

    Args:
        text: The expression, as the pack has it.
        factors: The factors it may use; in a mapping, each with ``boolean`` or ``number`` if known.

    Raises:
        ExpressionError: it may not be used, or is not yes or no.
    """
    return _condition(text, _kinds(factors))


@lru_cache(maxsize=_KEPT)
def _value(text: str, names: Names, *, noun: str, aggregates: bool) -> Checked:
    compiler = Compiler(dict(names), noun=noun, aggregates=aggregates)
    return _checked(text, compiler, compiler.value(parse(text)))


@lru_cache(maxsize=_KEPT)
def _row(text: str, names: Names) -> Checked:
    compiler = Compiler(dict(names), noun="column", aggregates=False)
    return _checked(text, compiler, compiler.truth(parse(text)))


@lru_cache(maxsize=_KEPT)
def _condition(text: str, names: Names) -> Condition:
    parsed = parse(text)
    compiler = Compiler(dict(names), noun="factor", aggregates=False, two_valued=True)
    built = compiler.truth(parsed).node
    why = tuple(sorted(reasons(parsed, compiler).items()))
    return Condition(text, tuple(sorted(compiler.used)), built, why)


def _checked(text: str, compiler: Compiler, part: Part) -> Checked:
    if part.kind in ("text", "date"):
        raise ExpressionError(
            f"This gives {WORDS[part.kind]}.", "A fact is yes or no, or a number: compare it with something."
        )
    return Checked(text, tuple(sorted(compiler.used)), part.level == "group", part.kind, part.node)


def _kinds(factors: Mapping[str, str | None] | Collection[str]) -> Names:
    return tuple((factors if isinstance(factors, Mapping) else dict.fromkeys(factors)).items())


def _written(tree: exp.Expr, dialect: str, run_date: date) -> str:
    day = exp.cast(exp.Literal.string(run_date.isoformat()), "date")
    filled = tree.transform(lambda node: day.copy() if isinstance(node, exp.Placeholder) else node)
    return filled.sql(dialect, comments=False)
