"""Asking for advice before deciding, and giving it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sharing.commands import drafts as commands
from alongside.casework.sharing.commands.decisions import NoDecisionError
from alongside.casework.sharing.forms import decisions as asked
from alongside.casework.sharing.presenters.drafts import advice_shown, decided_before_advice
from alongside.casework.sharing.queries import drafts as reads
from alongside.casework.sharing.queries.advised import decided_meanwhile
from alongside.casework.sharing.views.refusing import say_refused


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, draft_id: UUID) -> HttpResponse:
    """Ask the member's managers whether something may be shared."""
    page = reads.draft_page(actor=request.actor, draft_id=draft_id, day=timezone.localdate())
    form = asked.AdviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.ask_for_advice(
                actor=request.actor, at=timezone.now(), draft_id=draft_id, **form.cleaned_data
            )
        except (NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(
                request,
                _("Your managers will see your question on their Today page. Your draft is kept for you."),
            )
            return redirect("sharing:draft", draft_id=draft_id)
    shown = {"form": form, "draft_id": draft_id, "known_as": page.person.known_as}
    return render(request, "sharing/ask_for_advice.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def advice(request: MemberRequest, advice_id: UUID) -> HttpResponse:
    """Answer a question about whether something may be shared."""
    found = reads.advice_page(actor=request.actor, advice_id=advice_id)
    decided = decided_meanwhile(actor=request.actor, advice=found)
    form = asked.GiveAdviceForm(request.POST or None)
    if not found.lawyer:
        del form.fields["lawyer_said"]
    if request.method == "POST" and form.is_valid():
        try:
            commands.give_advice(
                actor=request.actor, at=timezone.now(), advice_id=advice_id, **form.cleaned_data
            )
        except (NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(request, _saved(decided is not None))
            return redirect("sharing:advice", advice_id=advice_id)
    shown = {
        "advice": advice_shown(found),
        "form": None if found.answered_at else form,
        "decided": decided_before_advice(decided) if decided else None,
    }
    return render(request, "sharing/advice.jinja", shown, status=422 if form.errors else 200)


def _saved(decided: bool) -> str:
    if decided:
        return _("Your advice has been saved. It is shown with the decision, and on their Today page.")
    return _("Your advice has been saved. Whoever asked makes the decision.")


@require_http_methods(["GET", "POST"])
def lawyer(request: MemberRequest, advice_id: UUID) -> HttpResponse:
    """Record which lawyer was asked."""
    found = reads.advice_page(actor=request.actor, advice_id=advice_id)
    form = asked.LawyerForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.bring_in_lawyer(
                actor=request.actor, at=timezone.now(), advice_id=advice_id, **form.cleaned_data
            )
        except (NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            return redirect("sharing:advice", advice_id=advice_id)
    shown = {"advice": advice_shown(found), "form": form}
    return render(request, "sharing/lawyer.jinja", shown, status=422 if form.errors else 200)
