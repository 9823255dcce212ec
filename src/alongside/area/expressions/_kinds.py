"""The kinds of value an expression handles, and the kind of each column of an extract."""

from typing import Literal, NamedTuple

from sqlglot import exp

Kind = Literal["boolean", "number", "text", "date"]
"""What an expression returns. ``None`` if that is unknown: NULL, or a factor nobody has described yet."""

Level = Literal["any", "row", "group"]
"""A constant, a value for each row, or one value from many rows."""


class Part(NamedTuple):
    """A checked part of an expression: what was built, what it returns, and whether per row or per group."""

    node: exp.Expr
    kind: Kind | None
    level: Level = "any"


WORDS: dict[Kind, str] = {"boolean": "yes or no", "number": "a number", "text": "text", "date": "a date"}

_OF_SCHEMA: dict[str, Kind] = {
    "boolean": "boolean",
    "integer": "number",
    "number": "number",
    "year": "number",
    "date": "date",
    "datetime": "date",
}
_AS_IT_IS = {"boolean", "integer", "number", "year", "date", "string", "text"}


def in_words(kind: Kind | None) -> str:
    """Return the kind as it appears in a message."""
    return WORDS[kind] if kind else "not known"


def kind_of(schema_type: str) -> Kind:
    """Return the kind of a Table Schema type; anything but a number, date or yes/no is text."""
    return _OF_SCHEMA.get(schema_type, "text")


def reference(name: str, schema_type: str) -> exp.Expr:
    """Return the column as its kind: a date and time counts as a date, a time or a month as text."""
    column = exp.column(exp.to_identifier(name, quoted=True))
    if schema_type in _AS_IT_IS:
        return column
    return exp.cast(column, "date" if kind_of(schema_type) == "date" else "text")


def agree(left: Kind | None, right: Kind | None) -> bool:
    """Whether two values can be compared."""
    return left is None or right is None or left == right
