"""Text that a spreadsheet must not run: used by whoever writes a CSV that people will open.

A cell that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is taken for a formula by the
usual spreadsheet programs (OWASP, "CSV Injection"). An apostrophe before it makes it text again. Numbers stay
as they are.
"""

import re

_RISKY_SQL = r"^[=+\-@\t\r]"
_NUMBER_SQL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_RISKY = re.compile(_RISKY_SQL)
_NUMBER = re.compile(_NUMBER_SQL)


def safe_cell(text: str) -> str:
    """Return the text as it may stand in a CSV: an apostrophe before what could be taken for a formula."""
    if _RISKY.match(text) and not (_NUMBER.match(text) and not text.endswith("\n")):
        return "'" + text
    return text


def safe_cell_sql(expression: str) -> str:
    """Return SQL for ``safe_cell`` of a text expression; NULL stays NULL."""
    return (
        f"case when regexp_matches({expression}, '{_RISKY_SQL}') "
        f"and not regexp_matches({expression}, '{_NUMBER_SQL}')"
        f" then '''' || {expression} else {expression} end"
    )
