"""Tables that are given as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

from alongside.cells import safe_cell


def spreadsheet(rows: Iterable[Iterable[str]], *, name: str) -> HttpResponse:
    """Return rows as a CSV file to be kept, headings first; no cell of it is taken for a formula.

    Args:
        rows: the words of each cell.
        name: what the file is called; never anybody's name.
    """
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([safe_cell(each) for each in row] for row in rows)
    # the mark at the head is how a spreadsheet knows the letters
    answer = HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
