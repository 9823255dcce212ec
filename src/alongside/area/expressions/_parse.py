"""From text to one parsed expression, within limits that keep the parser safe."""

from typing import NoReturn

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from alongside.area.expressions._errors import ExpressionError

LONGEST = 4_000  # characters; the longest sensible policy is a tenth of it
DEEPEST = 24  # brackets within brackets

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END}
_PREFIXES = {TokenType.NOT, TokenType.DASH, TokenType.TILDE, TokenType.PLUS}


def parse(text: str) -> exp.Expr:
    """Return the expression that ``text`` is.

    Raises:
        ExpressionError: it is too long or too deep, or it is not exactly one expression.
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            f"This expression is {len(text):,} characters long.",
            f"The limit is {LONGEST:,}; make part of it a factor of its own.",
        )
    if not text.strip():
        raise ExpressionError("This expression is empty.", "Write one, such as max(arrears_weeks) >= 8.")
    if "\x00" in text:
        raise ExpressionError("This expression contains a NUL character.", "Write it again as plain text.")
    try:
        _refuse_depth(text)
        # In brackets on separate lines, so that nothing in the text can end the list or comment it out.
        statements = sqlglot.parse(f"select (\n{text}\n) as value", read="duckdb")
    except (SqlglotError, RecursionError, ValueError) as problem:
        raise _not_one_expression() from problem
    select = statements[0] if len(statements) == 1 else None
    if not isinstance(select, exp.Select) or filled(select) != {"expressions"}:
        _refuse()
    if len(select.expressions) != 1 or not isinstance(select.expressions[0], exp.Alias):
        _refuse()
    alias = select.expressions[0]
    if alias.alias != "value" or type(alias.this) is not exp.Paren:
        _refuse()
    inner = alias.this.this
    if not isinstance(inner, exp.Expr):
        _refuse()
    return inner


def _refuse_depth(text: str) -> None:
    depth = prefixes = 0
    for token in sqlglot.tokenize(text, read="duckdb"):
        depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        prefixes = prefixes + 1 if token.token_type in _PREFIXES else 0
        if depth > DEEPEST or prefixes > DEEPEST:
            raise ExpressionError(
                f"This expression has brackets more than {DEEPEST} deep.",
                "Make part of it a factor of its own.",
            )


def filled(node: exp.Expr) -> set[str]:
    """Return what a node contains: the keys of its arguments that are not empty."""
    return {key for key, value in node.args.items() if value not in (None, False, [], "")}


def _not_one_expression() -> ExpressionError:
    return ExpressionError(
        "This is not an expression that can be read.",
        "Write one expression, such as max(arrears_weeks) >= 8; a name with spaces goes in double quotes.",
    )


def _refuse() -> NoReturn:
    raise ExpressionError(
        "This is more than one expression, or a statement rather than an expression.",
        "Write one expression, such as max(arrears_weeks) >= 8: no semicolon, no select, no list.",
    )
