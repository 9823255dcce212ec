"""Who is offered help and who is not, in numbers."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.offers.permissions import may_read_report_of_all
from alongside.casework.offers.presenters.report import report_name, report_rows, report_shown
from alongside.casework.offers.queries.report import Report, equality_report


@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """Show who was offered help and who was not; of one's organisation, or of all for whoever may."""
    found = _asked(request)
    shown = {
        "report": report_shown(found),
        "may_all": may_read_report_of_all(request.actor).allowed,
    }
    return render(request, "offers/report.jinja", shown)


@require_safe
def report_file(request: MemberRequest) -> HttpResponse:
    """Give the same as a file for a spreadsheet."""
    found, text = _asked(request), StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(report_rows(found))
    # the mark at the head is how a spreadsheet knows the letters
    answer = HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{report_name(found.first, found.last)}"'
    return answer


def _asked(request: MemberRequest) -> Report:
    of_all = request.GET.get("of") == "all"
    return equality_report(actor=request.actor, day=timezone.localdate(), of_all=of_all)
