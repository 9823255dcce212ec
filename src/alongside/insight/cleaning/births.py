"""A date of birth: the day that intake read under the schema, else whatever digits were written."""

import re
from datetime import date

from alongside.area.models import Source, TableField
from alongside.insight.cleaning import steps

_SHORT_YEAR = re.compile(r"(?<!%)(?:%%)*%-?y")
_DAY = re.compile("%-?[djxc]")
_DAY_MONTH_YEAR = {"d": "d", "m": "m", "b": "m", "h": "m", "B": "m", "Y": "y", "y": "y"}
_OLDEST_YEAR, _NEWEST_YEAR = 1000, 9999
"""A four-digit year: one read outside these is a slip, and the digits as written say more."""


def declared(source: Source, column: str | None) -> TableField | None:
    """The schema's field of a mapped column, whatever its case: to the engine they are the same."""
    wanted = (column or "").casefold()
    return next((each for each in source.schema_.fields if each.name.casefold() == wanted), None)


def read_sql(field: TableField | None) -> str:
    """SQL of the eight digits of the day in a field's typed column; NULL where there is none."""
    if field is None or not _is_day(field):
        return "cast(null as varchar)"
    typed = f"""cast("{field.name.replace('"', '""')}" as date)"""
    sound = f"year({typed}) between {_OLDEST_YEAR} and {_NEWEST_YEAR}"
    return f"case when {sound} then strftime({typed}, '%Y%m%d') end"


def written_digits_sql(text: str, field: TableField | None, *, newest_year: int) -> str:
    """SQL of the eight digits of a date as it was written; the declared format says which is which."""
    said = (field.format if field else None) or ""
    order = "".join(_DAY_MONTH_YEAR.get(sign, "") for sign in re.findall("%-?([a-zA-Z])", said))
    return steps.birth_digits(
        text,
        order=order if sorted(order) == ["d", "m", "y"] else "dmy",
        bare=re.match("(%[dmYy]){3}", said) is not None,
        newest_year=newest_year,
    )


def is_evidence_sql(text: str, field: TableField | None, *, as_at: date) -> str:
    """SQL that is true where a cell gives linkage a date or year of birth, fitting its field or not."""
    small = steps.small_letters(text)
    digits = written_digits_sql(small, field, newest_year=as_at.year)
    return f"({digits} is not null or {steps.birth_year(small)} is not null)"


def has_short_year(field: TableField) -> bool:
    """Whether a declared format writes the year in two digits, so that the century is not known."""
    return _SHORT_YEAR.search(field.format or "") is not None


def _is_day(field: TableField) -> bool:
    """Whether the typed column holds the day that was written.

    A form without a day ("%Y") has the first for it. A moment holds it only in a form of the source's own:
    one of the usual forms may have been moved over midnight by its time zone; its text begins with the day.
    """
    said = field.format or "default"
    usual = said in ("default", "any")
    if field.type == "datetime":
        return not usual and _DAY.search(said) is not None and "%z" not in said
    return field.type == "date" and (usual or _DAY.search(said) is not None)
