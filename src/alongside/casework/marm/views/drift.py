"""What drifts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.presenters.drift import drift_shown
from alongside.casework.marm.queries.drift import drift_page, in_touch


@require_safe
def drift(request: MemberRequest) -> HttpResponse:
    """Show what goes on by itself, with the evidence, the longest first."""
    found = drift_page(actor=request.actor)
    around = in_touch(actor=request.actor, people={each.person_id for each, _case in found})
    return render(request, "marm/drift.jinja", {"found": drift_shown(found, request.actor, around)})
