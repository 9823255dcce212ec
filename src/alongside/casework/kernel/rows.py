"""Rows of many tables in one query, each as an instance of its model, with what it points to.

What is held about a person is spread over as many tables as there are kinds of things, and querying each of
them takes longer than reading what is in them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    Model,
    OneToOneRel,
    Q,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from alongside.casework.kernel.composed import among, composed_once


class Word(Expression):
    """A constant beside each row, such as its table's label.

    It is written into the SQL: with many tables, psycopg would have to place and send a parameter for each.
    """

    def __init__(self, word: str) -> None:
        super().__init__(output_field=TextField())
        self.quoted = "'" + word.replace("'", "''").replace("%", "%%") + "'"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[()]]:  # noqa: ARG002
        """Return it as it is written in the SQL."""
        return self.quoted, ()


class _WholeRow(Expression):
    """All columns of the queried table, by their names there: one expression instead of three for each.

    It comes as text, for ``as_models`` to parse: Django would look up its connection for each row.
    """

    def __init__(self) -> None:
        super().__init__(output_field=TextField())

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[()]]:  # noqa: ARG002
        return f"to_jsonb({compiler.quote_name_unless_alias(compiler.query.get_initial_alias())})", ()


def alike(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return rows as their table's label and all their columns, so that many tables can form one union."""
    told: QuerySet[Any] = rows.order_by().annotate(
        of_table=Word(rows.model._meta.label), of_columns=_WholeRow()
    )
    return told.values_list("of_table", "of_columns")


def in_one(*tables: QuerySet[Any]) -> QuerySet[Any, tuple[str, str]]:
    """Return rows of several tables as one query, for ``as_models``."""
    one, *others = map(alike, tables)
    return one.union(*others, all=True)


def as_models(told: Iterable[tuple[str, str]]) -> dict[str, list[Any]]:
    """Return the rows from ``alike`` as instances of their models, by label."""
    found: dict[str, list[Any]] = defaultdict(list)
    for label, facts in told:
        found[label].append(_as_model(apps.get_model(label), json.loads(facts)))
    return found


def join(rows: Mapping[str, list[Any]], paths: Mapping[str, Iterable[str]]) -> None:
    """Fill in what rows point to, as ``select_related`` does: two steps for all tables in one query.

    What is already among the rows is not queried.

    Args:
        rows: rows by label of their table.
        paths: paths by the same label, such as ``meeting__chair``; none for rows that need none.
    """
    here = {(label, row.pk): row for label, several in rows.items() for row in several}
    waiting = [
        (row, path.split("__"))
        for label, several in rows.items()
        for path in paths.get(label, ())
        for row in several
    ]
    while waiting:
        wanted: dict[str, set[UUID]] = defaultdict(set)
        beyond: set[tuple[str, str]] = set()
        for row, (step, *rest) in waiting:
            point = _point(row, step)
            if getattr(row, point.attname) is None or point.is_cached(row):
                continue
            label, key = point.related_model._meta.label, getattr(row, point.attname)
            if (label, key) not in here:
                wanted[label].add(key)
                beyond |= {(label, rest[0])} if rest else set()
        here |= _by_key(wanted, beyond)
        onward = []
        for row, (step, *rest) in waiting:
            point = _point(row, step)
            key = getattr(row, point.attname)
            if key is not None and not point.is_cached(row):
                point.set_cached_value(row, here[point.related_model._meta.label, key])
            if key is not None and rest:
                onward.append((point.get_cached_value(row), rest))
        waiting = onward


def join_back(rows: Mapping[str, list[Any]], label: str, *names: str) -> None:
    """Fill in, for each row of a table, the one loaded row that points to it, or that there is none."""
    for name in names:
        pointing = apps.get_model(label)._meta.get_field(name)
        if not isinstance(pointing, OneToOneRel):
            raise TypeError(f"{label}.{name} is not one row")
        others = rows.get(pointing.related_model._meta.label, ())
        found = {getattr(each, pointing.field.attname): each for each in others}
        for row in rows.get(label, ()):
            pointing.set_cached_value(row, found.get(row.pk))


def _point(row: Model, step: str) -> Any:
    point = row._meta.get_field(step)
    if not isinstance(point, ForeignKey):
        raise TypeError(f"{row._meta.label}.{step} points to nothing")
    return point


def _by_key(
    wanted: Mapping[str, set[UUID]], beyond: Collection[tuple[str, str]]
) -> dict[tuple[str, UUID], Model]:
    if not wanted:
        return {}
    keys = [key for several in wanted.values() for key in several]
    found = as_models(_with_keys(tuple(sorted(wanted)), tuple(sorted(beyond)), keys=keys))
    return {(label, row.pk): row for label, several in found.items() for row in several}


@composed_once
def _with_keys(
    labels: tuple[str, ...], beyond: tuple[tuple[str, str], ...], /, *, keys: list[UUID]
) -> QuerySet[Any, Any]:
    """Rows by their keys and, in the same query, what they point to through the steps in ``beyond``."""
    asked = {label: apps.get_model(label)._default_manager for label in labels}
    wanted = {label: Q(among("pk", keys)) for label in labels}
    for label, step in beyond:
        at = asked[label].model._meta.get_field(step).related_model._meta.label
        wanted[at] = wanted.get(at, Q()) | Q(pk__in=asked[label].filter(among("pk", keys)).values(step))
    return in_one(*(apps.get_model(label)._default_manager.filter(which) for label, which in wanted.items()))


def _as_model(model: type[Model], facts: dict[str, Any]) -> Model:
    names, columns = _columns_of(model)
    values = [
        facts[column] if read is None or facts[column] is None else read(facts[column])
        for column, read in columns
    ]
    return model.from_db(model._default_manager.db, names, values)


@cache
def _columns_of(model: type[Model]) -> tuple[list[str], list[tuple[str, Callable[[Any], Any] | None]]]:
    """The names of a model's fields, and for each its column and the function that converts it from JSON."""
    fields = model._meta.concrete_fields
    return [each.attname for each in fields], [(str(each.column), _reader(each)) for each in fields]


_AS_IN_JSON = {BooleanField.to_python, CharField.to_python, IntegerField.to_python, TextField.to_python}
_READERS: dict[Any, Callable[[Any], Any]] = {
    DateField.to_python: date.fromisoformat,
    DateTimeField.to_python: datetime.fromisoformat,
    UUIDField.to_python: UUID,
}
"""What Django's own ``to_python`` does with values written by PostgreSQL, without its other checks."""


def _reader(column: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(column, JSONField):
        return None
    if isinstance(column, ForeignKey):
        return _reader(column.target_field)
    if isinstance(column, ArrayField):
        read = _reader(column.base_field)
        return (lambda values: [each if each is None else read(each) for each in values]) if read else None
    how: Callable[[Any], Any] = column.to_python
    kind = type(column).to_python
    return None if kind in _AS_IN_JSON else _READERS.get(kind, how)
