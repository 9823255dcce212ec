"""Death or serious harm: written down, shown, and answered."""

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
from alongside.casework.marm.commands import harm as commands
from alongside.casework.marm.forms import harm as forms
from alongside.casework.marm.presenters.harm import harm_shown
from alongside.casework.marm.queries import harm as queries


@require_http_methods(["GET", "POST"])
def note(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Write down that the person died or was seriously harmed: others first. A clash loses nothing typed."""
    case, today = queries.case_of_harm(actor=request.actor, case_id=case_id), timezone.localdate()
    form = forms.HarmForm(request.POST or None, initial={"learned_on": today}, today=today)
    shown: dict[str, Any] = {"form": form, "case_id": case_id, "known_as": case.person.goes_by}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            noted = commands.note_harm(
                actor=request.actor, at=timezone.now(), case_id=case_id, happened=form.happened()
            )
        except commands.NotedAlreadyError as clash:
            shown |= {"stale": str(clash), "noted": clash.noted}
            status = 409
        else:
            messages.success(request, _("Saved. The person's records are on hold."))
            return redirect("marm:harm", harm_id=noted.id)
    return render(request, "marm/harm_form.jinja", shown, status=status)


@require_safe
def harm(request: MemberRequest, harm_id: UUID) -> HttpResponse:
    """Show what happened, and whether a review is asked for."""
    page = queries.harm_page(actor=request.actor, harm_id=harm_id)
    return render(request, "marm/harm.jinja", {"page": harm_shown(page)})


@require_http_methods(["GET", "POST"])
def review(request: MemberRequest, harm_id: UUID) -> HttpResponse:
    """Say whether a review is asked for. A clash loses nothing typed."""
    page, today = queries.harm_to_answer(actor=request.actor, harm_id=harm_id), timezone.localdate()
    form = forms.ReviewForm(request.POST or None, forums=page.forums, today=today)
    shown: dict[str, Any] = {"form": form, "page": harm_shown(page)}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.answer_harm(
                actor=request.actor, at=timezone.now(), harm_id=harm_id, sent=form.sent(),
                why=form.cleaned_data["why"],
            )  # fmt: skip
        except AlreadyDoneError as clash:
            shown["stale"] = str(clash)
            status = 409
        else:
            messages.success(request, _("Your answer about a review has been saved"))
            return redirect("marm:harm", harm_id=harm_id)
    return render(request, "marm/harm_review_form.jinja", shown, status=status)
