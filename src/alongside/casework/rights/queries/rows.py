"""Rows of many tables in one question, each as the model it is, with what it points to.

Of everything that is held about a person there are as many tables as there are kinds of things, and to ask
each of them takes longer than to read what is in them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, JSONField, Model, OneToOneRel, QuerySet, Value
from django.db.models.functions import JSONObject

from alongside.casework.kernel.composed import among, composed_once


def alike(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return rows as their table's label and all their columns, so that many tables make one union."""
    columns = {each.attname: each.attname for each in rows.model._meta.concrete_fields}
    told: QuerySet[Any] = rows.order_by().annotate(
        of_table=Value(rows.model._meta.label), of_columns=JSONObject(**columns)
    )
    return told.values_list("of_table", "of_columns")


def in_one(*tables: QuerySet[Any]) -> QuerySet[Any, tuple[str, dict[str, Any]]]:
    """Return rows of several tables as one question, for ``as_models``."""
    one, *others = map(alike, tables)
    return one.union(*others, all=True)


def as_models(told: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, list[Any]]:
    """Return what ``alike`` told as rows of their models, by label."""
    found: dict[str, list[Any]] = defaultdict(list)
    for label, facts in told:
        found[label].append(_as_model(apps.get_model(label), facts))
    return found


def join(rows: Mapping[str, list[Any]], paths: Mapping[str, Iterable[str]]) -> None:
    """Fill in what rows point to, as ``select_related`` does: each step for all tables in one question.

    What is among the rows already is not asked for.

    Args:
        rows: by label of their table.
        paths: by the same label, such as ``meeting__chair``; nothing for rows of which no path is wanted.
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
        for row, (step, *_rest) in waiting:
            point = _point(row, step)
            if getattr(row, point.attname) is None or point.is_cached(row):
                continue
            label, key = point.related_model._meta.label, getattr(row, point.attname)
            if (label, key) not in here:
                wanted[label].add(key)
        here |= _by_key(wanted)
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
    """Fill in, at the rows of a table, the one row at hand that points to each; where none does, that too."""
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


def _by_key(wanted: Mapping[str, set[UUID]]) -> dict[tuple[str, UUID], Model]:
    if not wanted:
        return {}
    keys = [key for several in wanted.values() for key in several]
    found = as_models(_with_keys(tuple(sorted(wanted)), keys=keys))
    return {(label, row.pk): row for label, several in found.items() for row in several}


@composed_once
def _with_keys(labels: tuple[str, ...], /, *, keys: list[UUID]) -> QuerySet[Any, Any]:
    return in_one(*(apps.get_model(label)._default_manager.filter(among("pk", keys)) for label in labels))


def _as_model(model: type[Model], facts: dict[str, Any]) -> Model:
    columns = model._meta.concrete_fields
    return model.from_db(
        model._default_manager.db,
        [each.attname for each in columns],
        [_read(each, facts[each.attname]) for each in columns],
    )


def _read(column: "Field[Any, Any]", value: Any) -> Any:
    """Return what a column holds, from what JSON says of it."""
    if value is None or isinstance(column, JSONField):
        return value
    if isinstance(column, ArrayField):
        return [_read(column.base_field, each) for each in value]
    return column.to_python(value)
