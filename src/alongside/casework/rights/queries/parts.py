"""What a row says, column by column, in words for whoever reads it."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.casework.access.privacy import Privacy
from alongside.casework.accounts.models import Organisation
from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.rights.queries.formats import FORMATS, TITLES, Titled
from alongside.casework.rights.queries.ways import tables_about_people, told_of


@dataclass(frozen=True)
class Part:
    """One thing that a line says.

    Attributes:
        column: the column of the table.
        label: what it is called.
        words: what it says, for the reader.
        value: what the column holds.
        free: whether somebody wrote it in their own words, and so may have mentioned anybody.
        named_by: the column that what it is called depends on; empty where it depends on none.
        plain: what it is called where that column is withheld.
    """

    column: str
    label: str
    words: str
    value: Any
    free: bool = False
    named_by: str = ""
    plain: str = ""

    @property
    def raw(self) -> str:
        """What it says, in a form that does not depend on the reader's language."""
        return _raw(self.value)


@dataclass(frozen=True)
class Column:
    """How a column of a table is told: everything that is the same for all its rows.

    Attributes:
        name: the name of the column.
        title: what it is called.
        titled: what it is called in one row, where that differs from row to row.
        free: whether somebody wrote it in their own words.
        codes: what its codes mean.
        said_by: the function that puts it into words, where it is not plain text.
        plain: whether a text in it is shown as it is, because it is not a code.
    """

    name: str
    title: Promise | str
    titled: Titled | None
    free: bool
    codes: Mapping[str, Any]
    said_by: Callable[[Any], str] | None
    plain: bool


class Said:
    """What the columns of one table, and their codes, are called for this reader; each is looked up once."""

    def __init__(self, label: str) -> None:
        self.titles = _titles(label, get_language())
        self._words: dict[tuple[str, Any], str] = {}

    def words(self, row: Any, column: Column, value: Any) -> str:
        """Return what a value says."""
        if type(value) is str and column.plain:
            return value
        if type(value) not in (str, bool):
            return _words(row, column, value)
        key = (column.name, value)
        if key not in self._words:
            self._words[key] = _words(row, column, value)
        return self._words[key]


@cache
def columns_told(label: str) -> list[Column]:
    """Return the columns of a table that are told to the person, in the order of its words."""
    model = tables_about_people()[label][0]
    table = told_of(model)
    classes: Mapping[str, Privacy] = getattr(model, "privacy", {})
    return [
        Column(
            name=column,
            title=title,
            titled=TITLES.get((label, column)),
            free=classes.get(column) is Privacy.FREE_TEXT,
            codes=table.values.get(column, {}),
            said_by=FORMATS.get((label, column)),
            plain=not (
                table.values.get(column) or column == "purpose" or hasattr(model, f"get_{column}_display")
            ),
        )
        for column, title in table.columns.items()
    ]


@cache
def _titles(label: str, language: str) -> dict[str, str]:  # noqa: ARG001 - the titles are in it
    """What the columns of a table are called, by their names."""
    return {each.name: str(each.title) for each in columns_told(label)}


def told(row: Any, columns: Iterable[Column], said: Said) -> tuple[Part, ...]:
    """Return what a row says."""
    return tuple(part for column in columns if (part := _part(row, column, said)))


def _part(row: Any, column: Column, said: Said) -> Part | None:
    value = getattr(row, column.name)
    if value is None or value == "" or value == [] or value == {}:
        return None
    words = column.said_by(row) if column.said_by else said.words(row, column, value)
    if column.said_by and not words:
        return None
    title, titled = said.titles[column.name], column.titled
    if titled is None:
        return Part(column.name, title, words, value, column.free)
    return Part(column.name, titled.say(row), words, value, column.free, titled.by, title)


def _words(row: Any, column: Column, value: Any) -> str:
    codes = column.codes
    if str(value) in codes:
        return str(codes[str(value)])
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case date():
            return day_in_words(value)
        case Organisation():
            return value.name
        case list() | tuple():
            return ", ".join(str(codes.get(str(each), str(each).replace("_", " "))) for each in value)
    if column.name == "purpose":
        return title_of(str(value))
    if shown := getattr(row, f"get_{column.name}_display", None):
        return str(shown())
    return str(value)


def _raw(value: Any) -> str:
    match value:
        case date():
            return value.isoformat()
        case Model():
            return str(value.pk)
        case list() | dict():
            return json.dumps(value, sort_keys=True, default=str)
    return str(value)
