"""What drifts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.presenters.drift import drift_shown, unseen_shown
from alongside.casework.marm.queries.drift import beyond, drift_page, in_touch, out_of_sight


@require_safe
def drift(request: MemberRequest) -> HttpResponse:
    """Show what is drifting, with the evidence, longest first."""
    found = drift_page(actor=request.actor)
    around = in_touch(actor=request.actor, people={each.person_id for each, _case in found})
    unseen = out_of_sight(actor=request.actor, day=timezone.localdate())
    shown = {
        "found": drift_shown(found, request.actor, around),
        "more": beyond([each for each, _case in found]),
        "unseen": unseen_shown(unseen),
        "more_unseen": beyond(unseen),
    }
    return render(request, "marm/drift.jinja", shown)
