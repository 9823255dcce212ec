"""Which rows are deleted with a row: every one that is part of it, in all tables a page may read."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, ForeignObjectRel, Model, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast, Concat

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import Word

FOLLOWS = frozenset({"people.PersonName"})
"""No page may read these; the database deletes their rows itself (people, migration 0004)."""
LOOSE = frozenset({("marm.FamilyRisk", "contact"), ("marm.CaseDecision", "capacity_record")})
"""Columns that name a row without making theirs part of it. Since records may be separated, the row may be
about another person; what a case says in its own words goes only with the case."""
Rows = dict[type[Model], set[object]]
"""Keys of rows, by table."""


def rows_with(model: type[Model], keys: Collection[object]) -> Rows:
    """Return these rows and every row that is part of one of them, in all tables a page may read."""
    found: Rows = defaultdict(set)
    layer: dict[type[Model], set[object]] = {model: set(keys)}
    while layer:
        new = {at: ids - found[at] for at, ids in layer.items() if ids - found[at]}
        for at, ids in new.items():
            found[at] |= ids
        layer = _pointing_to(new)
    return {each: ids for each, ids in found.items() if ids}


def hanging_on(label: str, row: str) -> list[str]:
    """Return the labels of other tables with rows that lean on one row of this table, or go with it."""
    model = apps.get_model(label)
    key = model._meta.pk.to_python(row)
    others = {
        point.model
        for point in _points_to(label, loosely=True)
        if point.model._default_manager.filter(**{point.name: key}).exists()
    }
    if any(point.model._meta.label != label for point in _points_to(label)):
        others |= rows_with(model, [key]).keys() - {model}
    return sorted(each._meta.label for each in others)


def let_go_of(rows: Rows) -> None:
    """Empty the columns that name any of these rows, in rows that stay. Part of a deletion that sees all."""
    for model, keys in rows.items():
        for point in _points_to(model._meta.label, loosely=True):
            naming = point.model._default_manager.filter(**{f"{point.name}__in": list(keys)})
            naming.exclude(pk__in=list(rows.get(point.model, ()))).update(**{point.name: None})


def _pointing_to(rows: Mapping[type[Model], set[object]]) -> dict[type[Model], set[object]]:
    """Return the rows of all tables that point to any of these, in one query."""
    points = [point for at in rows for point in _points_to(at._meta.label)]
    if not points:
        return {}
    pointed_to = {at._meta.label: ids for at, ids in rows.items() if _points_to(at._meta.label)}
    found: dict[type[Model], set[object]] = {point.model: set() for point in points}  # in their order
    keys = [each for label, ids in pointed_to.items() for each in ids if not _is_numbered(label)]
    numbers = [f"{label} {each}" for label, ids in pointed_to.items() if _is_numbered(label) for each in ids]
    for label, key in _pointing(tuple(sorted(pointed_to)), keys=cast("list[UUID]", keys), numbers=numbers):
        model = apps.get_model(label)
        found[model].add(model._meta.pk.to_python(key))  # read as text, since keys of tables differ
    return found


@composed_once
def _pointing(
    labels: tuple[str, ...], /, *, keys: list[UUID], numbers: list[str]
) -> QuerySet[Any, tuple[str, str]]:
    """Table and key of what points to rows of these tables, by what identifies a row among all tables.

    That is its key alone or, where that is a number, which other tables have too, its table and number.
    """

    def pointing(label: str, point: "ForeignKey[Any, Any]") -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = point.model._default_manager.all()
        if not _is_numbered(label):
            return rows.filter(among(point.name, keys))
        rows = rows.alias(numbered=Concat(Value(f"{label} "), Cast(point.attname, TextField())))
        return rows.filter(among("numbered", numbers))

    asked: list[QuerySet[Any, Any]] = [
        pointing(label, point)
        .order_by()
        .annotate(of_table=Word(point.model._meta.label), key=Cast("pk", TextField()))
        .values_list("of_table", "key")
        for label in labels
        for point in _points_to(label)
    ]
    return asked[0].union(*asked[1:])


def _is_numbered(label: str) -> bool:
    return not isinstance(apps.get_model(label)._meta.pk, UUIDField)


@cache
def _points_to(label: str, *, loosely: bool = False) -> "list[ForeignKey[Any, Any]]":
    """Every column that points to a row of this table, in tables that a page may read; see ``LOOSE``."""
    model = apps.get_model(label)
    return [
        each.field
        for each in model._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel)
        and isinstance(each.field, ForeignKey)
        and each.field.model._meta.label not in FOLLOWS
        and ((each.field.model._meta.label, each.field.name) in LOOSE) is loosely
    ]
