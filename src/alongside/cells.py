"""Cells of a file for a spreadsheet, which must never run what a cell says."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With their full-width forms, which some spreadsheets read alike."""


def safe_cell(text: str) -> str:
    """Return a text as it is, or with an apostrophe before it where it would be taken for a formula.

    Spreadsheets take for one what begins with ``= + - @``, a tab or a line end, and show what follows an
    apostrophe as text. Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
