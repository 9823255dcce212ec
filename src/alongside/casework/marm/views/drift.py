"""What drifts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.presenters.drift import drift_shown
from alongside.casework.marm.queries.drift import drift_page


@require_safe
def drift(request: MemberRequest) -> HttpResponse:
    """Show what goes on by itself, with the evidence, the longest first."""
    found = drift_shown(drift_page(actor=request.actor), request.actor)
    return render(request, "marm/drift.jinja", {"found": found})
