"""Tables to download as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

from alongside.cells import safe_cell


def spreadsheet(rows: Iterable[Iterable[str]], *, name: str) -> HttpResponse:
    """Return rows as a CSV file to download, headings first; no cell can be run as a formula.

    Args:
        rows: the words in each cell.
        name: what the file is called; never a person's name.
    """
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe_cell(each) for each in row] for row in rows)
    # the byte order mark tells a spreadsheet the encoding
    answer = HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
