"""Cells that have a type already (workbooks, Parquet), written as the source's schema would have them.

So every format goes the same way: text, and then the schema. A workbook's date is certain whatever the
declared format, and is written in that format; what the schema cannot say of it (a time of day where a date
is declared) is written plainly and set aside like any other text that does not fit.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from alongside.area.models import TableField
from alongside.errors import DataRefusedError
from alongside.insight.intake.sql import literal, name

_PLAIN = TableField(name="text")


def _declared(field: TableField) -> str | None:
    """Return the strptime pattern of a field of dates, None where ISO will do."""
    if field.type not in ("date", "datetime") or field.format in (None, "default", "any"):
        return None
    return field.format


def text_sql(column: str, column_type: str, field: TableField | None) -> str:
    """Return SQL that writes a column of Parquet as text."""
    field = field or _PLAIN
    quoted, kind = name(column), column_type.upper()
    if kind == "VARCHAR":
        return quoted
    if kind == "BLOB":
        return f"try(decode({quoted}))"
    if kind == "BOOLEAN":
        yes, no = literal(field.true_values[0]), literal(field.false_values[0])
        return f"case when {quoted} then {yes} when not {quoted} then {no} end"
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"{quoted} = trunc({quoted}) and abs({quoted}) < 9e15"
        plain = (
            f"case when {whole} then cast(cast({quoted} as bigint) as varchar) "
            f"else cast({quoted} as varchar) end"
        )
        return f"case when isfinite({quoted}) then {_decimal_sql(plain, field)} end"
    if kind.startswith("DECIMAL"):
        return _decimal_sql(f"cast({quoted} as varchar)", field)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        declared, moment = _declared(field), f"cast({quoted} as timestamp)"
        in_format = (
            f"strftime({moment}, {literal(declared)})"
            if declared
            else f"cast(cast({quoted} as date) as varchar)"
        )
        if field.type == "datetime":
            return in_format if declared else f"cast({moment} as varchar)"
        return (
            f"case when {moment} = date_trunc('day', {moment}) then {in_format} "
            f"else cast({moment} as varchar) end"
        )
    return f"cast({quoted} as varchar)"


def _decimal_sql(text: str, field: TableField) -> str:
    return text if field.decimal_char == "." else f"replace({text}, '.', {literal(field.decimal_char)})"


def text_of(value: object, field: TableField | None) -> str:
    """Return a workbook's cell as text."""
    field = field or _PLAIN
    if isinstance(value, bool):
        return field.true_values[0] if value else field.false_values[0]
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() and abs(value) < 9e15 else repr(value)
        return text.replace(".", field.decimal_char)
    if isinstance(value, datetime | date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        has_time = moment.time() != time()
        declared = _declared(field)
        if declared and (field.type == "datetime" or not has_time):
            return moment.strftime(declared)
        return moment.isoformat(sep=" ") if has_time else moment.date().isoformat()
    if isinstance(value, timedelta):
        return str((datetime(1900, 1, 1) + value).time())  # noqa: DTZ001
    return str(value)


def workbook_rows(path: Path, sheet: str | None) -> list[list[object]]:
    """Return the rows of a sheet of a workbook, from its first row and column on, in whatever types it keeps.

    Raises:
        DataRefusedError: it is not a workbook that can be read, or has no such sheet.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if not names:
            return []
        if sheet is not None and sheet not in names:
            raise DataRefusedError(f"{path.name} has no sheet '{sheet}'; it has {', '.join(names)}.")
        table = workbook.get_sheet_by_name(sheet or names[0])
        rows: list[list[object]] = [list(row) for row in table.to_python(skip_empty_area=False)]
    except (CalamineError, OSError) as error:
        raise DataRefusedError(
            f"{path.name} cannot be read as a workbook: it is damaged, protected by a password, "
            "or another kind of "
            "archive. Save it again as XLSX without a password, or as CSV."
        ) from error
    return rows


def workbook_table(rows: Sequence[Sequence[object]], fields: Sequence[TableField | None]) -> pa.Table:
    """Return the rows of a workbook as a table of texts, one column ``c<place>`` for each field."""
    return pa.table(
        {
            f"c{place}": pa.array(
                [text_of(row[place], field) if place < len(row) else None for row in rows], pa.string()
            )
            for place, field in enumerate(fields)
        }
    )
