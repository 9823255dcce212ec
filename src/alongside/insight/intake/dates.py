"""The shapes in which people write dates: to read under ``format: any``, and to name in a reason."""

import re
from dataclasses import dataclass

from alongside.insight.intake.sql import literal


@dataclass(frozen=True)
class Shape:
    """One way of writing a date: how to recognise, name and read it (strptime; None: it cannot be read)."""

    pattern: str
    words: str
    strptime: str | None


_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
SHAPES = (
    Shape(r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$", "YYYY-MM-DD", "%Y-%m-%d"),
    Shape(r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$", "DD/MM/YYYY", "%d/%m/%Y"),
    Shape(r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}$", "DD/MM/YY", "%d/%m/%y"),
    Shape(r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}$", "DD-MM-YYYY", "%d-%m-%Y"),
    Shape(r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}$", "DD-MM-YY", "%d-%m-%y"),
    Shape(r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$", "DD.MM.YYYY", "%d.%m.%Y"),
    Shape(r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}$", "DD.MM.YY", "%d.%m.%y"),
    Shape(r"^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}$", "YYYY/MM/DD", "%Y/%m/%d"),
    Shape(rf"^[0-9]{{1,2}}-{_MONTH}-[0-9]{{4}}$", "DD-Mon-YYYY", "%d-%b-%Y"),
    Shape(rf"^[0-9]{{1,2}}-{_MONTH}-[0-9]{{2}}$", "DD-Mon-YY", "%d-%b-%y"),
    Shape(rf"^[0-9]{{1,2}} {_MONTH} [0-9]{{4}}$", "DD Mon YYYY", "%d %b %Y"),
    Shape(rf"^[0-9]{{1,2}} {_MONTH}[a-z]+ [0-9]{{4}}$", "DD Month YYYY", "%d %B %Y"),
    Shape(r"^(19|20)[0-9]{6}$", "YYYYMMDD", "%Y%m%d"),
    # A spreadsheet's count of days does not say which of its two calendars it counts in.
    Shape(r"^[0-9]{5}$", "a spreadsheet's day number", None),
)
"""Day before month throughout: these are British extracts, and any other order would be a guess."""

_MIDNIGHT = r"([ T]00:00(:00([.]0+)?)?Z?)?$"
"""What databases add to a date that has no time."""
_NUMBERS_ONLY = re.compile(r"%([dmYy])([-/.])%([dmYy])\2%([dmYy])")
_DIGITS = {"d": "[0-9]{1,2}", "m": "[0-9]{1,2}", "Y": "[1-9][0-9]{3}", "y": "[0-9]{2}"}
_WORDS = {
    "%Y-%m-%d": "YYYY-MM-DD",
    **{shape.strptime: shape.words for shape in SHAPES if shape.strptime},
}


def date_sql(text: str, declared: str | None) -> str:
    """Return SQL for the date a text says under a Table Schema format; NULL where it says none under that.

    A date may end in midnight. A year has four digits where ``%Y`` is declared: strptime would also read the
    26 of 01/02/26 with it, as a year of the Roman empire.
    """
    if declared in (None, "default"):
        declared = "%Y-%m-%d"
    if declared != "any":
        return _read(text, declared)
    lines = " ".join(
        f"when regexp_matches({text}, {literal(_shape(shape))}) then {_read(text, shape.strptime)}"
        for shape in SHAPES
        if shape.strptime
    )
    return f"case {lines} end"


def _shape(shape: Shape) -> str:
    """Return the pattern of a shape, in any case and with midnight allowed."""
    return "(?i)" + shape.pattern.removesuffix("$") + _MIDNIGHT


def _read(text: str, strptime: str) -> str:
    """Return SQL that reads one form; it looks at the shape first: strptime is slow where it fails."""
    parts = _NUMBERS_ONLY.fullmatch(strptime)
    if parts is None:
        # a form that has hours of its own reads them itself
        day = text if "%H" in strptime else f"regexp_replace({text}, {literal(_MIDNIGHT)}, '')"
        read = f"cast(try_strptime({day}, {literal(strptime)}) as date)"
        return (
            f"case when regexp_matches({text}, '[1-9][0-9]{{3}}') then {read} end"
            if "%Y" in strptime
            else read
        )
    mark = parts[2]
    pattern = "^" + f"[{mark}]".join(_DIGITS[parts[place]] for place in (1, 3, 4)) + _MIDNIGHT
    day = f"split_part(replace({text}, 'T', ' '), ' ', 1)"
    return (
        f"case when regexp_matches({text}, {literal(pattern)})"
        f" then cast(try_strptime({day}, {literal(strptime)}) as date) end"
    )


def expected_date(declared: str | None) -> str:
    """Return in words which dates a format accepts."""
    if declared == "any":
        return "a date in a usual British form"
    return (
        f"a date as {_WORDS.get(declared or '%Y-%m-%d', declared if declared != 'default' else 'YYYY-MM-DD')}"
    )


def seen_sql(text: str) -> str:
    """Return SQL for words of what a text looks like, when it is not the date that was expected."""
    month_first = literal("^[0-9]{1,2}/(1[3-9]|2[0-9]|3[01])/[0-9]{4}$")
    lines = [f"when regexp_matches({text}, {month_first}) then 'what seems to have the month before the day'"]
    lines += [
        f"when regexp_matches({text}, {literal(_shape(shape))}) then "
        + literal(shape.words if shape.strptime is None else f"one as {shape.words}")
        for shape in SHAPES
    ]
    lines.append(f"when regexp_matches({text}, '[0-9]:[0-9]') then 'a date with a time'")
    return f"case {' '.join(lines)} else 'something else' end"
