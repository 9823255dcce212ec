"""Which rows of all tables are about a person, in one or two queries."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import as_models, in_one
from alongside.casework.rights.queries.ways import tables_about_people, told_of


def rows_about(
    wanted: tuple[str, ...], records: frozenset[UUID], *, hanging_apart: bool
) -> dict[str, list[Any]]:
    """Return the rows about a person of all these tables, by label.

    Args:
        wanted: labels of the tables.
        records: the ids of all records of the person.
        hanging_apart: whether rows that hang on other rows about them are queried by the keys of those, and
            only where there are any. That is one query more; but PostgreSQL prepares for every table that a
            query names, and for every wall in front of it, which takes longer than reading the few rows.
            Most people have no case, and half of the tables are about cases.
    """
    hanging = {label: roots for label in wanted if (roots := _roots_of(label))} if hanging_apart else {}
    first = tuple(label for label in wanted if label not in hanging)
    rows = as_models(_of_records(first, records=list(records))) if first else {}
    then = {label: tuple(way for way, root in roots if rows.get(root)) for label, roots in hanging.items()}
    if ways := tuple((label, ways) for label, ways in then.items() if ways):
        named = {root for roots in hanging.values() for _way, root in roots}
        rows |= as_models(_of_roots(ways, keys=[row.pk for label in named for row in rows.get(label, ())]))
    return rows


@composed_once
def _of_records(labels: tuple[str, ...], /, *, records: list[UUID]) -> QuerySet[Any, Any]:
    return in_one(*(_by_ways(label, tables_about_people()[label][1], records) for label in labels))


@composed_once
def _of_roots(ways: tuple[tuple[str, tuple[str, ...]], ...], /, *, keys: list[UUID]) -> QuerySet[Any, Any]:
    return in_one(*(_by_ways(label, theirs, keys) for label, theirs in ways))


def _by_ways(label: str, ways: Iterable[str], keys: Any) -> QuerySet[Any]:
    theirs = Q()
    for way in ways:
        theirs |= Q(among(way, keys))
    return tables_about_people()[label][0]._default_manager.filter(theirs)


@cache
def _roots_of(label: str) -> tuple[tuple[str, str], ...]:
    """The look-ups from a table to rows that name a person, each with the label of their table.

    Empty where the table names the person itself, or hangs on one that is told to nobody and so not read.
    """
    model, ways = tables_about_people()[label]
    roots = []
    for way in ways:
        *steps, _person = way.split("__")
        at = model
        for step in steps:
            at = at._meta.get_field(step).related_model  # type: ignore[assignment]
        if at is model or told_of(at).unread:
            return ()
        roots.append(("__".join(steps), at._meta.label))
    return tuple(dict.fromkeys(roots))
