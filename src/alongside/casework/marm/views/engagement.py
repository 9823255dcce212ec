"""The engagement log of a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.marm.commands.engagement import note_engagement
from alongside.casework.marm.forms.engagement import EngagementForm
from alongside.casework.marm.presenters.engagement import engagement_shown
from alongside.casework.marm.queries import engagement as queries


@require_safe
def log(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show what was tried to get in touch, with what worked first."""
    page = queries.engagement_page(actor=request.actor, case_id=case_id, begins=begins_at(request))
    shown = {
        "page": engagement_shown(page),
        "paging": paging(page.passed_over, at_once=queries.TRIES_AT_ONCE, count=page.count),
    }
    return render(request, "marm/engagement.jinja", shown)


@require_http_methods(["GET", "POST"])
def note(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Write down one try, what came of it and what worked."""
    case = queries.engagement_to_note(actor=request.actor, case_id=case_id)
    today = timezone.localdate()
    form = EngagementForm(request.POST or None, initial={"on": today}, today=today)
    if request.method == "POST" and form.is_valid():
        note_engagement(actor=request.actor, at=timezone.now(), case_id=case_id, said=form.said())
        messages.success(request, _("Saved. Everybody taking part in the case can see it."))
        return redirect("marm:engagement", case_id=case_id)
    shown = {"form": form, "case": case}
    return render(request, "marm/engagement_form.jinja", shown, status=422 if form.errors else 200)
