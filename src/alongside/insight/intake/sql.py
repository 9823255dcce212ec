"""The two ways a name or a text of the area pack may appear in SQL."""

from collections.abc import Iterable


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """Return a column's name, quoted."""
    return '"' + text.replace('"', '""') + '"'


def literals(texts: Iterable[str]) -> str:
    """Return texts as a list of SQL literals in brackets."""
    return "(" + ", ".join(literal(text) for text in texts) + ")"
