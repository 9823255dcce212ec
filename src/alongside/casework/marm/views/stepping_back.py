"""An agency steps back, and the lead answers that."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands import stepping_back as commands
from alongside.casework.marm.forms import stepping_back as forms
from alongside.casework.marm.presenters.stepping_back import leaving_shown, stepped_back_shown
from alongside.casework.marm.queries import stepping_back as queries
from alongside.casework.marm.rules.stepping_back import Accepts
from alongside.casework.people.commands.leaving import UnfinishedError


@require_http_methods(["GET", "POST"])
def leave(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """End the actor's organisation's part in a case; what it holds is shown above the questions."""
    page = queries.to_leave(actor=request.actor, case_id=case_id)
    form = forms.LeaveForm(request.POST or None, is_open=page.is_open)
    if request.method == "POST" and form.is_valid():
        try:
            commands.step_back(actor=request.actor, at=timezone.now(), case_id=case_id, said=form.said())
        except UnfinishedError as half_written:
            form.add_error(None, str(half_written))
        else:
            said = _("Your organisation no longer takes part. The reason stays on the case.")
            messages.success(request, said)
            return redirect("marm:cases")
    shown = {"form": form, "page": leaving_shown(page)}
    return render(request, "marm/leave_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def stepped_back(request: MemberRequest, stepped_back_id: UUID) -> HttpResponse:
    """Show what an agency answered when it stepped back."""
    page = queries.stepped_back_page(actor=request.actor, stepped_back_id=stepped_back_id)
    return render(request, "marm/stepped_back.jinja", {"page": stepped_back_shown(page)})


@require_http_methods(["GET", "POST"])
def answer(request: MemberRequest, stepped_back_id: UUID) -> HttpResponse:
    """Say whether that is right. If somebody answered in the meantime, nothing typed is lost."""
    page = queries.stepped_back_to_answer(actor=request.actor, stepped_back_id=stepped_back_id)
    form = forms.AnswerLeavingForm(request.POST or None, first=page.first_title)
    shown: dict[str, Any] = {"form": form, "page": stepped_back_shown(page)}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.answer_stepping_back(
                actor=request.actor, at=timezone.now(), stepped_back_id=stepped_back_id,
                accepts=Accepts(given["accepts"]), words=given["words"], differs=form.differs(),
            )  # fmt: skip
        except AlreadyDoneError as clash:
            shown["stale"] = str(clash)
            status = 409
        else:
            messages.success(request, _("Your answer has been saved on the case"))
            return redirect("marm:stepped_back", stepped_back_id=stepped_back_id)
    return render(request, "marm/stepped_back_form.jinja", shown, status=status)
