"""Which rows go with a row: every one that points to it, in all tables a page may read."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

FOLLOWS = frozenset({"people.PersonName"})
"""No page may read these: the database deletes their rows itself (people, migration 0004)."""
Rows = dict[type[Model], set[object]]
"""Tables to the keys of rows."""


def rows_with(model: type[Model], keys: Collection[object]) -> Rows:
    """Return the rows named and every row that points to one of them, in all tables a page may read."""
    found: Rows = defaultdict(set)
    layer: dict[type[Model], set[object]] = {model: set(keys)}
    while layer:
        new = {at: ids - found[at] for at, ids in layer.items() if ids - found[at]}
        for at, ids in new.items():
            found[at] |= ids
        layer = _pointing_to(new)
    return {each: ids for each, ids in found.items() if ids}


def _pointing_to(rows: Mapping[type[Model], set[object]]) -> dict[type[Model], set[object]]:
    """Return the rows of all tables that point to some of these, in one question."""
    pointing = [
        (each.field.model, each.field.name, ids)
        for at, ids in rows.items()
        for each in at._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel)
        and isinstance(each.field, ForeignKey)
        and each.field.model._meta.label not in FOLLOWS
    ]
    asked: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(**{f"{field}__in": ids})
        .order_by()
        .annotate(of=Value(number), key=Cast("pk", TextField()))
        .values_list("of", "key")
        for number, (model, field, ids) in enumerate(pointing)
    ]
    found: dict[type[Model], set[object]] = defaultdict(set)
    if asked:  # a key is read as text, since those of tables differ
        for number, key in asked[0].union(*asked[1:]):
            model = pointing[number][0]
            found[model].add(model._meta.pk.to_python(key))
    return found
