"""Questions to the database whose SQL is composed once, and not on every visit to a page.

Django composes a statement again each time a queryset is read. For the long ones that pages ask on every
visit, that takes several times as long as PostgreSQL takes to answer, so they are composed when first asked
and kept. They are still written as querysets, in one place, and answered with the same rows.
"""

import functools
import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar, cast
from uuid import UUID

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Expression
from django.db.models.functions import Cast
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg import sql

Given = ParamSpec("Given")
Row = TypeVar("Row")

_FIELDS: dict[object, Callable[[], "models.Field[Any, Any]"]] = {
    UUID: models.UUIDField,
    date: models.DateField,
    datetime: models.DateTimeField,
    str: models.TextField,
    UUID | None: models.UUIDField,
    int: models.IntegerField,
    list[UUID]: lambda: ArrayField(models.UUIDField()),
    list[str]: lambda: ArrayField(models.TextField()),
}


def composed_once(question: Callable[Given, models.QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """Turn a function that returns a queryset into one that returns its rows, composing its SQL once.

    Positional arguments say which question it is (each is composed once); keyword arguments are values, which
    are filled in each time. Inside the function a value is an expression: it can be compared with a column,
    but Python cannot decide anything by it. None equals nothing.

    Raises:
        TypeError: a value has a type that is not known here; it locks rows; or something that
            ``prefetch_related`` asks for does not point back to the rows, by a column or a join table.
    """
    hints = inspect.get_annotations(question, eval_str=True)
    values = {
        name: _FIELDS.get(hints.get(name, object))
        for name, given in inspect.signature(question).parameters.items()
        if given.kind is given.KEYWORD_ONLY
    }
    if unknown := [name for name, field in values.items() if field is None]:
        raise TypeError(f"{question.__qualname__}: no column is known for {', '.join(unknown)}")

    @functools.lru_cache(maxsize=256)  # bounded: the reader may decide which it is, such as a page of a list
    def composed(*which: Any) -> "_Composed[Row]":
        asked = {name: _Asked(name, field()) for name, field in values.items() if field}
        return _Composed(cast("Callable[..., models.QuerySet[Any, Row]]", question)(*which, **asked))

    @functools.wraps(question)
    def rows(*which: Given.args, **filled: Given.kwargs) -> list[Row]:
        return composed(*which).rows(filled)

    return rows


def among(column: str, values: Any) -> models.Func:
    """Return the condition that a column is in a list, whether filled in or from a subquery, to filter by.

    Use it in place of ``column__in``, whose statement differs for each number of values. The list is read
    inside the statement: on its own, PostgreSQL would count the values, and plan again each time because a
    list of one is cheaper than it expects.
    """
    if isinstance(values, _Asked):
        typed = Cast(values, values.output_field)
        values = models.Func(typed, template="ARRAY(SELECT unnest(%(expressions)s))")
    return models.Func(
        models.F(column),
        values,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=models.BooleanField(),
    )


def some_of(rows: models.QuerySet[Any, Row], *, after: Any, until: Any) -> models.QuerySet[Any, Row]:
    """Return a question for only some of the rows; it must be composed once.

    A slice would be another question for each beginning, which anybody could type into an address.

    Args:
        rows: all of them, in order.
        after: how many come before the first one, or the value for it.
        until: how many there are up to the last one.
    """
    some = rows.all()
    # among what Django hands on to whatever is made of a queryset, so that no filter added later loses it
    some._hints = {**some._hints, "between": (until, after, after)}  # type: ignore[attr-defined]
    return some


class _Asked(Expression):
    """A value that is filled in when the question is asked: its own placeholder among the parameters."""

    def __init__(self, name: str, column: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=column)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        return "%s", [self]


class _Statement(str):
    """Django's statement, for logs, and the form in which it is sent, with all constant values filled in.

    psycopg would otherwise search a long statement for placeholders each time, and adapt each value.
    """

    sent: str
    """With ``$1`` and so on for the values to fill in."""
    filled: tuple[int, ...]
    """Which of Django's parameters these are, each value once."""

    @classmethod
    def of(
        cls, composed: str, parameters: Sequence[Any], connection: psycopg.Connection[Any]
    ) -> "_Statement":
        filled: list[int] = []
        numbers: dict[str, int] = {}
        at = count()

        def stands(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            place = next(at)
            if not isinstance(value := parameters[place], _Asked):
                return sql.Literal(value).as_string(connection)
            if value.name not in numbers:  # however often it is named, it is sent once
                filled.append(place)
                numbers[value.name] = len(filled)
            return f"${numbers[value.name]}"

        statement = cls(composed)
        statement.sent = re.sub("%[%s]", stands, composed)
        statement.filled = tuple(filled)
        return statement


class _Asking(psycopg.RawCursor[Any]):
    """Sends a statement that was composed once, and no other: anything in between must pass it on."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        return super().execute(query.sent, [params[place] for place in query.filled], **more)


class _Composed(Generic[Row]):
    """One question as the database understands it, and what Django needs to turn the answer into rows."""

    def __init__(self, question: models.QuerySet[Any, Row]) -> None:
        if question.query.select_for_update:
            # Django checks while composing that a transaction holds the lock: later nobody would
            raise TypeError("a query that locks rows cannot be composed once: use it directly")
        wanted = question._prefetch_related_lookups  # type: ignore[attr-defined]
        self._back = [_PointingBack(question.model, each) for each in wanted]
        self.question = question.prefetch_related(None) if wanted else question
        self.compiler: SQLCompiler = self.question.query.get_compiler(using=question.db)
        self.converters: list[tuple[int, Callable[..., Any], Expression]] = []
        self.statement: _Statement | None = None
        try:
            composed, self._parameters = self.compiler.as_sql()
        except EmptyResultSet:
            return
        if between := question._hints.get("between"):  # type: ignore[attr-defined]
            composed += " LIMIT (%s::bigint - %s::bigint) OFFSET %s::bigint"
            self._parameters = (*self._parameters, *between)
        connection = connections[question.db]
        connection.ensure_connection()
        with connection.wrap_database_errors:
            self.statement = _Statement.of(composed, self._parameters, connection.connection)
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        if self.compiler.has_composite_fields(columns):
            raise TypeError("only single-column keys can be composed once: ask for each column by its name")
        self.converters = [
            (position, converter, expression)
            for position, (converters, expression) in self.compiler.get_converters(columns).items()
            for converter in converters
        ]
        self._make_rows = self._models() if question._iterable_class is ModelIterable else None

    def rows(self, filled: dict[str, Any]) -> list[Row]:
        if self.statement is None:
            return []
        parameters = [filled[each.name] if isinstance(each, _Asked) else each for each in self._parameters]
        answered = _Answered(self, parameters)
        if self._make_rows:
            made = self._make_rows(answered.results_iter())
            for each in self._back:
                each.fill(made)
            return made
        return list(cast("Callable[[_Answered], Iterable[Row]]", self.question._iterable_class)(answered))

    def _models(self) -> Callable[[Iterable[Any]], list[Any]]:
        """Return how columns become models, as in Django, which works that out every time."""
        kind, columns, from_db = self.compiler.klass_info, self.compiler.select, self.question.model.from_db
        begin, end = kind["select_fields"][0], kind["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in columns[begin:end]]
        pointed_to = get_related_populators(kind, columns, self.question.db)  # type: ignore[call-arg]
        annotated = list(self.compiler.annotation_col_map.items())

        def models(rows: Iterable[Any]) -> list[Any]:
            made = []
            for row in rows:
                one = from_db(self.question.db, names, row[begin:end])
                for each in pointed_to:
                    each.populate(row, one)
                for name, position in annotated:
                    setattr(one, name, row[position])
                made.append(one)
            return made

        return models


class _PointingBack:
    """Rows of one table that point to those of a question, which ``prefetch_related`` wants with them."""

    def __init__(self, asked: type[models.Model], wanted: "models.Prefetch[Any] | str") -> None:
        told = wanted if isinstance(wanted, models.Prefetch) else models.Prefetch(wanted)
        *self._steps, self._name = told.prefetch_through.split("__")
        for step in self._steps:
            asked = asked._meta.get_field(step).related_model  # type: ignore[assignment]
        relation: Any = asked._meta.get_field(self._name)
        if not isinstance(asked._meta.pk, models.UUIDField):
            raise TypeError(f"{asked.__name__} has keys of another kind: ask a second question")
        self._column: models.ForeignKey[Any, Any] | None = None
        self._to_attr = told.to_attr
        if relation.one_to_many:
            self._column, points = relation.field, relation.field.attname
            self._kept_as = relation.cache_name
        elif relation.many_to_many and relation.concrete:
            points, self._kept_as = relation.related_query_name(), relation.name
        else:
            raise TypeError(f"{asked.__name__}.{self._name} cannot be composed: ask a second question")
        rows = models.QuerySet(relation.related_model) if told.queryset is None else told.queryset
        keys = _Asked("keys", ArrayField(models.UUIDField()))
        pointing = rows.annotate(points_to=models.F(points)).filter(among("points_to", keys))
        self._rows = _Composed(pointing)

    def fill(self, owners: list[Any]) -> None:
        """Give each row what points to it, by way of what the question joined to the row."""
        for step in self._steps:
            owners = [at for each in owners if (at := getattr(each, step)) is not None]
        theirs: dict[Any, list[Any]] = defaultdict(list)
        for row in self._rows.rows({"keys": list({each.pk for each in owners})}) if owners else ():
            theirs[row.points_to].append(row)
        for owner in owners:
            if self._column is not None:
                for row in theirs[owner.pk]:
                    self._column.set_cached_value(row, owner)
            if self._to_attr:
                setattr(owner, self._to_attr, theirs[owner.pk])
                continue
            # a queryset that asks only for these, in case anybody filters it further
            kept = getattr(owner, self._name).get_queryset()
            kept._result_cache, kept._prefetch_done = theirs[owner.pk], True
            vars(owner).setdefault("_prefetched_objects_cache", {})[self._kept_as] = kept


class _Answered:
    """What Django's iterables need from a queryset, its query and compiler, once the SQL exists."""

    def __init__(self, composed: _Composed[Any], parameters: list[Any]) -> None:
        self.db = composed.question.db
        self.query = self
        self._composed = composed
        self._parameters = parameters

    def get_compiler(self, using: str | None = None) -> "_Answered":  # noqa: ARG002
        return self

    def execute_sql(self, **_: Any) -> list[Any]:
        """Return all rows at once: they are only the rows of one page."""
        connection: Any = connections[self.db]  # each thread has its own connection
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        # like Django's own cursor, except for what it sends to psycopg
        with connection.wrap_database_errors:
            asking = connection._prepare_cursor(_Asking(connection.connection))
        with asking as cursor:
            cursor.execute(self._composed.statement, self._parameters)
            rows: list[Any] = cursor.fetchall()
            return rows

    def results_iter(
        self, results: list[Any] | None = None, *, tuple_expected: bool = False, **_: Any
    ) -> Iterator[Any]:
        rows = iter(self.execute_sql() if results is None else results)
        if not self._composed.converters:
            return rows
        converted = map(self._converted, rows)
        return map(tuple, converted) if tuple_expected else converted

    def _converted(self, given: Iterable[Any]) -> list[Any]:
        row = list(given)
        for position, converter, expression in self._composed.converters:
            row[position] = converter(row[position], expression, connections[self.db])
        return row

    def __getattr__(self, name: str) -> Any:
        # the names of what was selected, for rows that are dictionaries
        return getattr(self._composed.question.query, name)
