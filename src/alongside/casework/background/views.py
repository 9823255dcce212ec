"""The page of automatic jobs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.background import presenters, queries


@require_safe
def what_runs(request: MemberRequest) -> HttpResponse:
    """Show the automatic jobs: when each last ran, how it went, and when it runs next."""
    page = presenters.page(queries.what_runs(actor=request.actor), at=timezone.now())
    return render(request, "background/what_runs.jinja", {"page": page})
