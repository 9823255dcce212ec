"""Answering whoever asked for a meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands.answering_asked import decline_meeting
from alongside.casework.marm.forms.cases import WhyForm
from alongside.casework.marm.presenters.meetings import asked_source
from alongside.casework.marm.queries.meetings_asked import asked_to_answer


@require_http_methods(["GET", "POST"])
def decline(request: MemberRequest, meeting_asked_id: UUID) -> HttpResponse:
    """Say that there will be no meeting, and why."""
    asked = asked_to_answer(actor=request.actor, asked_id=meeting_asked_id).asked
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decline_meeting(
            actor=request.actor, at=timezone.now(), asked_id=meeting_asked_id, **form.cleaned_data
        )
        messages.success(request, _("Whoever asked has been told why"))
        return redirect("marm:meetings", case_id=asked.case_id)
    shown = {"form": form, "asked": asked, "source": asked_source(asked)}
    return render(request, "marm/meeting_not_set_form.jinja", shown, status=422 if form.errors else 200)
