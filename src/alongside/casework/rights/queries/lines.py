"""Everything held about a person, row by row, in words: what it is, since when, whose it is, and by whom.

For this app's commands and queries, which check the actor; it reads with the system's rights.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model, QuerySet
from django.utils.timezone import get_current_timezone

from alongside.casework.accounts.models import Membership, Organisation, User
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.rows import join
from alongside.casework.people.models import Person
from alongside.casework.rights.queries.looks import LOOKED, Looked, looks_at_record
from alongside.casework.rights.queries.moments import along, came_to_be, day_of, had_come_to_be
from alongside.casework.rights.queries.parts import Part, Said, columns_told, told
from alongside.casework.rights.queries.rows_about import rows_about
from alongside.casework.rights.queries.ways import dated_by, tables_about_people, told_of
from alongside.casework.rights.rules.tables import TABLES, Table

OF_THE_REQUEST = {
    "rights.AccessRequest": "id",
    "rights.Clarification": "request_id",
    "rights.Given": "request_id",
}
"""Tables of this app, each with the column that says which request a row belongs to."""


def row_key(table: str, row: object) -> str:
    """Return the key by which a row is withheld and looked at: its model label and its own key."""
    return f"{table}:{row}"


def table_of_key(key: str) -> str:
    """Return the model label in a key."""
    return key.partition(":")[0]


def key_of(row: Model) -> str:
    """Return the same key for a model instance."""
    return row_key(row._meta.label, row.pk)


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes:
        table: label of its model.
        row: its key there.
        on: the day it is about.
        organisation: the organisation it belongs to; empty where that is not just one.
        by: the members of staff who wrote it.
        tell: returns what it says.
        of_others: whether all of it may be about somebody else.
        made: the day it was created; None where nobody knows.
        hangs_on: key of the row through which it leads to the person; empty where it names them itself.
        leads_to: keys of all rows about the person that it points to, or through which it leads to them.
        about: in a line about who has looked, the ids of what they did something with.
    """

    table: str
    row: str
    on: date | None
    organisation: str
    by: tuple[str, ...]
    tell: Callable[[], tuple[Part, ...]] = field(compare=False, repr=False)
    of_others: bool = False
    made: date | None = None
    hangs_on: str = ""
    leads_to: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What it says. Put into words when first read, as many a page counts lines and shows few."""
        return self.tell()

    @cached_property
    def free_texts(self) -> tuple[str, ...]:
        """What in it somebody wrote in their own words."""
        return tuple(part.words for part in self.parts if part.free)

    @cached_property
    def key(self) -> str:
        """Its key for withholding and looking, the same however often the bundle is made."""
        return row_key(self.table, self.row)

    @property
    def print(self) -> str:
        """Its fingerprint: it changes as soon as what it says does."""
        said = [self.key, str(self.on), self.organisation, list(self.by)]
        told = [[part.column, part.raw] for part in self.parts]
        return sha256(json.dumps([said, told]).encode()).hexdigest()


@dataclass(frozen=True)
class Held:
    """Everything held about a person up to a moment.

    Attributes:
        tables: each table's lines, by label.
        later: whether anything has been created since, which is not in it.
        rows: the rows that were read, by label, whenever they were created.
    """

    tables: dict[str, list[Line]]
    later: bool
    rows: dict[str, list[Any]] = field(compare=False, repr=False)


def lines_of(
    records: frozenset[UUID],
    *,
    until: datetime,
    answering: UUID | None = None,
    only: Collection[str] = (),
) -> dict[str, list[Line]]:
    """Return the lines of ``held_of`` alone, by table."""
    return held_of(records, until=until, answering=answering, only=only).tables


def held_of(
    records: frozenset[UUID],
    *,
    until: datetime,
    answering: UUID | None = None,
    only: Collection[str] = (),
    beside: Collection[str] = (),
) -> Held:
    """Return everything held about a person up to a moment, each table's lines by their day.

    Args:
        records: the ids of all records of the person.
        until: rows created later are left out.
        answering: the request that this answers, if any; how it is being answered is not part of the answer.
        only: labels of the tables to tell; empty for all of them. Who has looked counts as a table.
        beside: labels of tables whose rows are read in any case, told or not.
    """
    wanted = tuple(
        label
        for label, (model, _ways) in tables_about_people().items()
        if not told_of(model).unread and (not only or label in only)
    )
    asked = (*wanted, *sorted(set(beside).difference(wanted)))
    rows = rows_about(asked, records, hanging_apart=not only)
    join(rows, {label: joined(label) for label in wanted if rows.get(label)})
    telling = _Telling()
    found: dict[str, list[Line]] = {}
    later = False
    for label in wanted:
        theirs = [each for each in rows.get(label, ()) if not _answers(each, label, answering)]
        way = dated_by(label)
        several = [each for each in theirs if had_come_to_be(each, way, until)]
        later = later or len(several) < len(theirs)
        found[label] = telling.lines(label, several) if several else []
    if not only or LOOKED in only:
        found[LOOKED] = [_look(each) for each in looks_at_record(records, until=until)]
    return Held(found, later, rows)


def _answers(row: Any, label: str, answering: UUID | None) -> bool:
    """Whether a row is part of how the request is being answered."""
    of_request = OF_THE_REQUEST.get(label) if answering else None
    return of_request is not None and getattr(row, of_request) == answering


def _in_order(rows: list[Any], table: Table) -> list[Any]:
    """Rows by their day and by when they were created, oldest first, and those without a day last."""

    def place(row: Any) -> list[tuple[bool, Any]]:
        values = [getattr(row, each) for each in (table.on, table.made, "pk") if each]
        return [(each is None, each) for each in values]

    return sorted(rows, key=place)


def _look(look: Looked) -> Line:
    titles = TABLES[LOOKED].columns
    parts = (
        Part("code", str(titles["code"]), look.did, look.did_codes),
        Part("purpose", str(titles["purpose"]), look.purposes, look.purpose_codes),
    )
    return Line(
        table=LOOKED,
        row=look.key,
        on=look.on,
        organisation=look.organisation,
        by=(look.role,) if look.role else (),
        tell=lambda: parts,
        made=look.on,
        about=look.about,
    )


@cache
def joined(label: str) -> list[str]:
    """Return the paths of what is read together with a row of a table: everything its words come from."""
    model, (to_person, *_others) = tables_about_people()[label]
    table = told_of(model)
    # each row on the way has the key of the next, so the last, which names the person, is not needed
    between = ".".join(to_person.split("__")[:-2])
    wanted = [table.organisation, *table.by, *table.columns, ".".join(dated_by(label)), between]
    found = []
    for path in wanted:
        at, way = model, []
        for step in path.split(".") if path else ():
            point = at._meta.get_field(step)
            if not isinstance(point, ForeignKey):
                break
            way.append(step)
            at = point.related_model
        if at is Membership:
            way.append("user")
        if at._meta.label == "sources.Release":
            way.append("run")
        if way:
            found.append("__".join(way))
    return found


@cache
def _hangs_on(label: str) -> tuple[str, str] | None:
    """The table through which rows lead to the person, with the column; None where they name them."""
    model, (way, *_others) = tables_about_people()[label]
    step, *onward = way.split("__")
    if not onward:
        return None
    point: Any = model._meta.get_field(step)
    return point.related_model._meta.label, point.attname


@cache
def _leads_to(label: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Tables about the person that a table's rows point to or hang on, each with the path to the key there.

    A row that follows or corrects another of its own table stands for itself.
    """
    model, (way, *_others) = tables_about_people()[label]
    found = {
        (each.attname,): each.related_model._meta.label
        for each in model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model not in (model, Person)
    }
    at, steps = model, way.split("__")[:-1]
    for place, step in enumerate(steps):
        point: Any = at._meta.get_field(step)
        at = point.related_model
        found[*steps[:place], point.attname] = at._meta.label
    return tuple((table, path) for path, table in found.items() if table in tables_about_people())


class _Telling:
    """Puts rows into lines, for one reader: what is the same for all lines is looked up once."""

    def __init__(self) -> None:
        self._names = _Names()
        self._zone = get_current_timezone()

    def lines(self, label: str, rows: list[Any]) -> list[Line]:
        """Return a table's rows as lines, by their day."""
        table = told_of(tables_about_people()[label][0])
        day, whose, dated = table.on or table.made, table.organisation.split("."), dated_by(label)
        root, columns, said = _hangs_on(label), columns_told(label), Said(label)
        leads = _leads_to(label)
        return [
            Line(
                table=label,
                row=str(row.pk),
                on=day_of(getattr(row, day, None), self._zone) if day else None,
                organisation=self._names.said(along(row, whose)) if table.organisation else "",
                by=tuple(
                    dict.fromkeys(
                        name for column in table.by if (name := self._names.said(getattr(row, column)))
                    )
                ),
                tell=partial(told, row, columns, said),
                of_others=table.of_others,
                made=day_of(came_to_be(row, dated), self._zone),
                hangs_on=row_key(root[0], getattr(row, root[1])) if root else "",
                leads_to=frozenset(
                    row_key(table, key) for table, path in leads if (key := along(row, path)) is not None
                ),
            )
            for row in _in_order(rows, table)
        ]


class _Names:
    """The names of members and organisations that rows refer to by id; looked up once."""

    def __init__(self) -> None:
        self._named: dict[UUID, str] | None = None

    def said(self, value: Any) -> str:
        """Return a name, whatever a row uses to refer to it."""
        match value:
            case None | "":
                return ""
            case Organisation():
                return value.name
            case Membership():
                return value.user.name
            case UUID():
                return self._by_id(value)
        return str(value)

    def _by_id(self, value: UUID) -> str:
        if self._named is None:
            self._named = dict(_named())
        return self._named.get(value, "")


@composed_once
def _named() -> QuerySet[Any, tuple[UUID, str]]:
    organisations, members = (each.objects.values_list("id", "name") for each in (Organisation, User))
    return organisations.union(members, all=True)
