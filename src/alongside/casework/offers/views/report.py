"""Who is offered help and who is not, in numbers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.spreadsheets import spreadsheet
from alongside.casework.offers.presenters.report import report_name, report_rows, report_shown
from alongside.casework.offers.queries.report import equality_report


@require_safe
def report(request: MemberRequest) -> HttpResponse:
    """Show who was offered help and who was not."""
    found = equality_report(actor=request.actor, day=timezone.localdate())
    return render(request, "offers/report.jinja", {"report": report_shown(found)})


@require_safe
def report_file(request: MemberRequest) -> HttpResponse:
    """Return the same as a file for a spreadsheet."""
    found = equality_report(actor=request.actor, day=timezone.localdate())
    return spreadsheet(report_rows(found), name=report_name(found.first, found.last))
