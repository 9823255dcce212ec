"""Who is offered help and who is not, in numbers."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.offers.presenters.report import report_name, report_rows, report_shown
from alongside.casework.offers.queries.report import equality_report


@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """Show who was offered help and who was not."""
    found = equality_report(actor=request.actor, day=timezone.localdate())
    return render(request, "offers/report.jinja", {"report": report_shown(found)})


@require_safe
def report_file(request: MemberRequest) -> HttpResponse:
    """Give the same as a file for a spreadsheet."""
    found, text = equality_report(actor=request.actor, day=timezone.localdate()), StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(report_rows(found))
    # the mark at the head is how a spreadsheet knows the letters
    answer = HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{report_name(found.first, found.last)}"'
    return answer
