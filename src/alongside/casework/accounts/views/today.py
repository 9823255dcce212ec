"""The first page of a member's day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.presenters import said
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import sections_for


@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """Show what is to be done today, section by section."""
    return render(
        request,
        "accounts/today.jinja",
        {
            "actor": request.actor,
            "day": said(timezone.localdate()),
            "sections": sections_for(request),
        },
    )
