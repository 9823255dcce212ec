"""Writing an agency's file as its system would: delimiter, encoding, Parquet or a workbook.

The same bytes every time.
"""

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.insight.synthetic.agencies.extract import Column, Extract
from alongside.insight.synthetic.calendar import NEVER


def table(columns: Mapping[str, Column]) -> pa.Table:
    """Return columns as an Arrow table; a day that never comes is null."""
    arrays = {}
    for name, column in columns.items():
        if column.dtype.kind == "M":
            arrays[name] = pa.array(column, type=pa.date32(), mask=column.astype(np.int64) >= int(NEVER))
        elif column.dtype.kind == "O":
            arrays[name] = pa.array(column, type=pa.string(), from_pandas=True)
        else:
            arrays[name] = pa.array(column)
    return pa.table(arrays)


def write_csv(data: pa.Table, path: Path, *, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Write a table as CSV, quoting only what must be.

    Letters that the encoding lacks become question marks, as in real life.
    """
    with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
        connection.register("extract", data)
        target = str(path).replace("'", "''")
        connection.execute(f"copy extract to '{target}' (format csv, header, delimiter '{delimiter}')")
    if encoding != "utf-8":
        path.write_bytes(path.read_bytes().decode("utf-8").encode(encoding, errors="replace"))


def write_extract(extract: Extract, folder: Path) -> None:
    """Write one agency's file into ``folder``."""
    data, path = table(extract.columns), folder / extract.file
    if extract.form.suffix == "parquet":
        pq.write_table(data, path, compression="zstd")
    elif extract.form.suffix == "xlsx":
        _write_workbook(data, path)
    else:
        write_csv(data, path, delimiter=extract.form.delimiter, encoding=extract.form.encoding)


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',  # noqa: E501
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',  # noqa: E501
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Cases" sheetId="1" r:id="rId1"/></sheets></workbook>',  # noqa: E501
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',  # noqa: E501
}
"""What a workbook of one sheet must hold besides the sheet (ECMA-376, Office Open XML)."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _column_letters(count: int) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [
        letters[each] if each < 26 else letters[each // 26 - 1] + letters[each % 26] for each in range(count)
    ]


def _cell(place: str, value: str | int | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _write_workbook(data: pa.Table, path: Path) -> None:
    """Write a small table as a workbook of one sheet.

    Its parts carry a fixed date, so that the same rows are the same bytes.
    """
    letters = _column_letters(data.num_columns)
    rows = [data.column_names, *zip(*(column.to_pylist() for column in data.columns), strict=True)]
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = (_cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    body = "".join(lines)
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    with ZipFile(path, "w", ZIP_DEFLATED) as workbook:
        for name, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            part = ZipInfo(name, date_time=(2026, 11, 1, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            workbook.writestr(part, _XML + text)
