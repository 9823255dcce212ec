"""Refusals by agency."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.presenters.refusals import refusals_name, refusals_rows, refusals_shown
from alongside.casework.marm.queries.refusals import refusals_report


@require_safe
def refusals(request: MemberRequest) -> HttpResponse:
    """Show which agencies refuse, are absent or step back, in numbers."""
    found = refusals_report(actor=request.actor, day=timezone.localdate())
    return render(request, "marm/refusals.jinja", {"report": refusals_shown(found)})


@require_safe
def refusals_file(request: MemberRequest) -> HttpResponse:
    """Give the same as a file for a spreadsheet."""
    found, text = refusals_report(actor=request.actor, day=timezone.localdate()), StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(refusals_rows(found))
    # the mark at the head is how a spreadsheet knows the letters
    answer = HttpResponse(
        "\N{ZERO WIDTH NO-BREAK SPACE}" + text.getvalue(), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{refusals_name(found)}"'
    return answer
