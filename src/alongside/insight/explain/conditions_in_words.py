"""A policy's condition as a person would say it: *at least 2 of: behind with bills; food parcels*."""

from collections.abc import Callable

from sqlglot import exp

_COMPARED = {
    exp.GTE: "at least",
    exp.GT: "more than",
    exp.LTE: "at most",
    exp.LT: "less than",
    exp.EQ: "exactly",
    exp.NEQ: "other than",
}


def in_words(condition: exp.Expr, title: Callable[[str], str]) -> str:
    """Say a condition in words; a part that has no plain words stays as it was written.

    Args:
        condition: As sqlglot parsed it.
        title: Gives the words for a factor's code.
    """

    def say(part: exp.Expr) -> str:
        match part:
            case exp.Column():
                return title(part.name)
            case exp.Literal():
                return part.name
            case exp.Paren():
                return say(part.this)
            case exp.Not():
                return f"not: {say(part.this)}"
            case exp.And() | exp.Or():
                return (", and " if isinstance(part, exp.And) else ", or ").join(map(say, part.flatten()))
            case exp.Add():
                return " plus ".join(map(say, part.flatten()))
            case exp.Anonymous() if part.name.casefold() == "count_true":
                return "; ".join(map(say, part.expressions))
            case exp.Binary() if type(part) in _COMPARED and isinstance(part.this, exp.Anonymous):
                return f"{_COMPARED[type(part)]} {say(part.expression)} of: {say(part.this)}"
            case exp.Binary() if type(part) in _COMPARED:
                return f"{say(part.this)}: {_COMPARED[type(part)]} {say(part.expression)}"
            case _:
                return part.sql("duckdb").lower()

    return say(condition)
