"""Questions to the database whose SQL is put together once, and not on every visit to a page.

Django composes a statement anew each time a queryset is read. For the long ones that pages ask on every visit
that takes several times as long as PostgreSQL takes to answer, so they are composed at their first asking and
kept. What they ask is still said with querysets, in one place, and answered with the same rows.
"""

import copy
import functools
import inspect
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

Given = ParamSpec("Given")
Row = TypeVar("Row")

_FIELDS: dict[object, Callable[[], "models.Field[Any, Any]"]] = {
    UUID: models.UUIDField,
    date: models.DateField,
    datetime: models.DateTimeField,
    str: models.TextField,
    UUID | None: models.UUIDField,
    list[UUID]: lambda: ArrayField(models.UUIDField()),
    list[str]: lambda: ArrayField(models.TextField()),
}


def composed_once(question: Callable[Given, models.QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """Turn a function that returns a queryset into one that returns its rows, composing its SQL once.

    Its arguments by position say which question it is (each is composed once); those by keyword are values,
    which are filled in each time. Inside the function a value is an expression: it can be compared with a
    column, and nothing can be worked out from it. None is equal to nothing.

    Raises:
        TypeError: a value is of a type that is not known here, or the rows want a second question
            (``prefetch_related``), which would be composed each time.
    """
    hints = inspect.get_annotations(question, eval_str=True)
    values = {
        name: _FIELDS.get(hints.get(name, object))
        for name, given in inspect.signature(question).parameters.items()
        if given.kind is given.KEYWORD_ONLY
    }
    if unknown := [name for name, field in values.items() if field is None]:
        raise TypeError(f"{question.__qualname__}: no column is known for {', '.join(unknown)}")

    @functools.lru_cache(maxsize=256)  # bounded: which it is may be whoever asks to say, as a page of a list
    def composed(*which: Any) -> "_Composed[Row]":
        asked = {name: _Asked(name, field()) for name, field in values.items() if field}
        return _Composed(cast("Callable[..., models.QuerySet[Any, Row]]", question)(*which, **asked))

    @functools.wraps(question)
    def rows(*which: Given.args, **filled: Given.kwargs) -> list[Row]:
        return composed(*which).rows(filled)

    return rows


def among(column: str, values: Any) -> models.Func:
    """Return that a column is one of the values that are filled in as a list, to filter by.

    In place of ``column__in``, whose statement is another for each number of values.
    """
    return models.Func(
        models.F(column),
        values,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


class _Asked(Expression):
    """A value that is filled in when the question is asked: it stands for itself among the parameters."""

    def __init__(self, name: str, column: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=column)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]


class _Composed(Generic[Row]):
    """One question as the database understands it, and what Django needs to make rows of the answer."""

    def __init__(self, question: models.QuerySet[Any, Row]) -> None:
        if question._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise TypeError("what is composed once cannot prefetch: ask a second question")
        self._question = question
        self._compiler: SQLCompiler = question.query.get_compiler(using=question.db)
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._parameters = "", ()

    def rows(self, filled: dict[str, Any]) -> list[Row]:
        parameters = [filled[each.name] if isinstance(each, _Asked) else each for each in self._parameters]
        compiler = copy.copy(self._compiler)  # a thread has a connection of its own
        compiler.connection = connections[self._question.db]
        cast("Any", compiler).as_sql = lambda *_, **__: (self._sql, parameters)
        iterable = cast("Callable[[_Answered], Iterable[Row]]", self._question._iterable_class)
        return list(iterable(_Answered(self._question, compiler)))


class _Answered:
    """What Django's iterables of rows ask of a queryset, and of its query, when the SQL is there already."""

    def __init__(self, question: models.QuerySet[Any, Any], compiler: SQLCompiler) -> None:
        self.db, self.model = question.db, question.model
        self.query = self
        self._known_related_objects: dict[Any, Any] = {}
        self._compiler = compiler
        self._of = question.query

    def get_compiler(self, using: str | None = None) -> SQLCompiler:  # noqa: ARG002
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._of, name)  # the names of what was selected, for rows that are dictionaries
