"""A cell under its Table Schema field, as SQL: what it says, and what is wrong with it if it says nothing.

Source: Frictionless Table Schema (types, formats, constraints). More forgiving than that where nothing is
guessed: spaces around a cell do not count, an empty cell is always missing, true and false values in any
case, whole numbers may end in ``.0`` (what programs make of a column with gaps), a date may end in midnight.
Stricter: NaN and infinity are not numbers.
"""

from dataclasses import dataclass
from datetime import date

from alongside.area.models import Constraints, TableField
from alongside.insight.intake.dates import date_sql, expected_date, seen_sql
from alongside.insight.intake.sql import literal, literals

_SPACE = " \t\n\r\u00a0\u200b\ufeff"
_NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?$"
"""An exponent has two digits at most, so that the number is finite."""
_STRING_FORMATS = {
    "email": r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    "uri": r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$",
    "uuid": r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$",
    "binary": r"^[A-Za-z0-9+/\s]+=*$",
}
SQL_TYPES = {
    "string": "varchar",
    "any": "varchar",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp",
    "time": "time",
    "year": "integer",
    "yearmonth": "date",
}
"""What a column of each Table Schema type is in the typed table; a year and month is its first day."""


@dataclass(frozen=True)
class Cell:
    """SQL of what a cell says and of what is wrong with it, for two layers of a query.

    ``value`` reads the text (NULL: it says nothing of that type). ``fault`` is over the names of the text and
    of that value, so that nothing is read twice: the reason why a filled cell was not understood, NULL where
    it is fine; None where nothing can be wrong with it.
    """

    value: str
    fault: str | None


def trimmed_sql(written: str) -> str:
    """Return SQL for a cell's text without the spaces around it; it looks first, because most have none."""
    spaced = f"regexp_matches({written}, {literal(f'^[{_SPACE}]|[{_SPACE}]$')})"
    return f"case when {spaced} then trim({written}, {literal(_SPACE)}) else {written} end"


def filled_sql(trimmed: str, missing_values: list[str]) -> str:
    """Return SQL for a trimmed text, NULL where it is missing."""
    filled = trimmed
    for value in sorted({"", *(value.strip(_SPACE) for value in missing_values)}):
        filled = f"nullif({filled}, {literal(value)})"
    return filled


def cell_sql(text: str, field: TableField, value: str = "value") -> Cell:
    """Return what a filled text says under a field, and its fault.

    Args:
        text: The name of the text, as ``filled_sql`` gives it.
        field: The Table Schema field.
        value: The name ``Cell.value`` has where ``Cell.fault`` is used.
    """
    read, complaint = _typed(text, field)
    faults = [f"when {value} is null then {complaint}"] if complaint else []
    faults += [f"when {broken} then {literal(words)}" for broken, words in _broken(text, value, field)]
    fault = f"case when {text} is null then null {' '.join(faults)} end" if faults else None
    return Cell(read, fault)


def _typed(text: str, field: TableField) -> tuple[str, str | None]:
    """Return SQL of the typed value, and SQL of the words for one that is not of the type."""
    declared = field.format
    match field.type:
        case "any":
            return text, None
        case "string":
            pattern = _STRING_FORMATS.get(declared or "")
            if pattern is None:
                return text, None
            return f"case when regexp_matches({text}, {literal(pattern)}) then {text} end", _expected(
                f"text of the form {declared}"
            )
        case "integer":
            plain = _bare(text, field)
            whole = f"regexp_replace({plain}, '[.]0+$', '')"
            return (
                f"case when regexp_matches({whole}, '^[+-]?[0-9]+$') then try_cast({whole} as bigint) end",
                _expected("a whole number"),
            )
        case "number":
            plain = _bare(text, field)
            if field.decimal_char != ".":
                # Where a comma marks decimals, a point is a sign of the other convention, not a decimal.
                plain = (
                    f"case when not contains({plain}, '.') "
                    f"then replace({plain}, {literal(field.decimal_char)}, '.') end"
                )
            read = (
                f"case when regexp_matches({plain}, {literal(_NUMBER)}) then try_cast({plain} as double) end"
            )
            return f"case when isfinite({read}) then {read} end", _expected("a number")
        case "boolean":
            yes = literals(sorted({value.casefold() for value in field.true_values}))
            no = literals(sorted({value.casefold() for value in field.false_values}))
            said = f"lower({text})"
            return (
                f"case when {said} in {yes} then true when {said} in {no} then false end",
                _expected("yes or no in one of the declared words"),
            )
        case "date":
            return date_sql(text, declared), _expected(expected_date(declared), seen_sql(text))
        case "datetime":
            return _datetime(text, declared), _expected("a date with a time", seen_sql(text))
        case "time":
            return _time(text, declared), _expected("a time of day")
        case "year":
            return (
                f"case when regexp_matches({text}, '^[0-9]{{4}}$') then cast({text} as integer) end",
                _expected("a year"),
            )
        case "yearmonth":
            month = (
                f"case when regexp_matches({text}, '^[0-9]{{4}}-[0-9]{{2}}$') "
                f"then try_cast({text} || '-01' as date) end"
            )
            return month, _expected("a year and month as YYYY-MM")


def _expected(what: str, seen: str | None = None) -> str:
    """Return SQL for the words of a complaint; never the value itself."""
    return f"{literal(f'expected {what}, found ')} || {seen}" if seen else literal(f"expected {what}")


def _bare(text: str, field: TableField) -> str:
    """Return a number's text without its group separators, or what surrounds it where that is declared."""
    plain = text
    if not field.bare_number:
        plain = f"regexp_replace(regexp_replace({plain}, '^[^0-9+.-]+', ''), '[^0-9]+$', '')"
    return f"replace({plain}, {literal(field.group_char)}, '')" if field.group_char else plain


def _datetime(text: str, declared: str | None) -> str:
    """Return SQL of a moment; time zones other than UTC are counted in, a date alone is its midnight."""
    iso = (
        f"case when regexp_matches({text}, "
        "'^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}.*)?$')"
        f" then try_cast(regexp_replace({text}, 'Z$', '') as timestamp) end"
    )
    if declared in (None, "default"):
        return iso
    if declared != "any":
        return f"try_strptime({text}, {literal(declared)})"
    day, moment = f"split_part({text}, ' ', 1)", f"split_part({text}, ' ', 2)"
    british = date_sql(day, "any")
    return (
        f"coalesce({iso}, cast({date_sql(text, 'any')} as timestamp),"
        f" case when regexp_matches({moment}, '^[0-9]{{1,2}}:[0-9]{{2}}') "
        f"then {british} + try_cast({moment} as time) end)"
    )


def _time(text: str, declared: str | None) -> str:
    """Return SQL of a time of day."""
    if declared in (None, "default", "any"):
        return (
            f"case when regexp_matches({text}, '^[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}([.][0-9]+)?)?$') then "
            f"try_cast({text} as time) end"
        )
    return f"cast(try_strptime({text}, {literal(declared)}) as time)"


def _broken(text: str, value: str, field: TableField) -> list[tuple[str, str]]:
    """Return SQL that is true where a constraint is broken, with words; ``unique`` needs all rows."""
    rules: Constraints = field.constraints
    found: list[tuple[str, str]] = []
    for bound, sign, words in (
        (rules.minimum, "<", "below the minimum"),
        (rules.maximum, ">", "above the maximum"),
    ):
        if bound is not None:
            limit = f"date '{bound.isoformat()}'" if isinstance(bound, date) else repr(bound)
            found.append((f"{value} {sign} {limit}", f"{words} the schema allows"))
    if rules.min_length is not None:
        found.append((f"length({text}) < {rules.min_length}", "shorter than the schema allows"))
    if rules.max_length is not None:
        found.append((f"length({text}) > {rules.max_length}", "longer than the schema allows"))
    if rules.pattern is not None:
        found.append(
            (
                f"not regexp_full_match({text}, {literal(rules.pattern)})",
                "does not match the pattern the schema asks for",
            )
        )
    if rules.enum is not None:
        allowed = sorted({_written(each) for each in rules.enum})
        said = text
        if field.type in ("integer", "number"):
            allowed, said = sorted({f"{float(each):.17g}" for each in rules.enum}), value
            found.append((f"{said} not in ({', '.join(allowed)})", "not one of the values the schema lists"))
        elif field.type == "boolean":
            wanted = sorted({str(bool(each)).lower() for each in rules.enum})
            found.append((f"{value} not in ({', '.join(wanted)})", "not one of the values the schema lists"))
        else:
            found.append((f"{said} not in {literals(allowed)}", "not one of the values the schema lists"))
    return found


def _written(each: object) -> str:
    """Return a listed value as an extract would write it."""
    return each.isoformat() if isinstance(each, date) else str(each).strip()
