"""Refusals by agency."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.spreadsheets import spreadsheet
from alongside.casework.marm.presenters.refusals import refusals_name, refusals_rows, refusals_shown
from alongside.casework.marm.queries.refusals import refusals_report


@require_safe
def refusals(request: MemberRequest) -> HttpResponse:
    """Show which agencies refuse, are absent or step back, in numbers."""
    found = refusals_report(actor=request.actor, day=timezone.localdate())
    return render(request, "marm/refusals.jinja", {"report": refusals_shown(found)})


@require_safe
def refusals_file(request: MemberRequest) -> HttpResponse:
    """Return the same as a file for a spreadsheet."""
    found = refusals_report(actor=request.actor, day=timezone.localdate())
    return spreadsheet(refusals_rows(found), name=refusals_name(found))
