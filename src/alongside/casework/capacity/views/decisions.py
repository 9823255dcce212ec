"""A person's recorded decisions, and one record, to read or print."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity import permissions
from alongside.casework.capacity.presenters.decisions import decisions_shown
from alongside.casework.capacity.presenters.records import record_shown
from alongside.casework.capacity.queries import pages


@require_safe
def decisions(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show the latest record of each decision, what was made in advance, and who is on the person's side."""
    page = pages.decisions_page(actor=request.actor, person_id=person_id)
    shown = {
        "page": decisions_shown(page, timezone.localdate()),
        "may_record": permissions.may_record_capacity(request.actor).allowed,
    }
    return render(request, "capacity/decisions.jinja", shown)


@require_safe
def record(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Show one record, and what can be done from it."""
    return render(request, "capacity/record.jinja", _shown(request, person_id, record_id))


@require_safe
def sheet(request: MemberRequest, person_id: UUID, record_id: UUID) -> HttpResponse:
    """Show one record for printing."""
    return render(request, "capacity/sheet.jinja", _shown(request, person_id, record_id))


def _shown(request: MemberRequest, person_id: UUID, record_id: UUID) -> dict[str, Any]:
    page = pages.record_page(actor=request.actor, person_id=person_id, record_id=record_id)
    return {
        "record": record_shown(page, timezone.localdate()),
        "may_record": permissions.may_record_capacity(request.actor).allowed,
    }
