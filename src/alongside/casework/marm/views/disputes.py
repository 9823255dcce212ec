"""What agencies disagree about: shown, raised, settled, and taken to the next step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.marm.commands import disputes as commands
from alongside.casework.marm.forms import disputes as forms
from alongside.casework.marm.presenters.disputes import dispute_shown, disputes_shown
from alongside.casework.marm.queries import disputes as queries
from alongside.casework.marm.rules.disputes import About
from alongside.casework.marm.views.addresses import id_in


@require_safe
def disputes(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show what agencies in a case disagree about."""
    page = queries.disputes_page(actor=request.actor, case_id=case_id)
    return render(request, "marm/disputes.jinja", {"page": disputes_shown(page, timezone.now())})


@require_http_methods(["GET", "POST"])
def raise_one(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Say that the actor's agency disagrees with another; about the action they came from, if any."""
    action_id = id_in(request, "action")
    found = queries.to_raise(actor=request.actor, case_id=case_id, action_id=action_id)
    initial = {"against": request.GET.get("against", "")}
    if found.action is not None:
        initial = {"about": About.ACTION, "against": str(found.action.owner.organisation_id)}
    form = forms.RaiseForm(
        request.POST or None, initial=initial, others=found.others, first=found.first_title
    )
    if request.method == "POST" and form.is_valid():
        made = commands.raise_dispute(
            actor=request.actor, at=timezone.now(), case_id=case_id,
            against_id=UUID(form.cleaned_data["against"]), differs=form.differs(), action_id=action_id,
        )  # fmt: skip
        messages.success(
            request, _("Your disagreement has been saved, at the lowest step. The case goes on.")
        )
        return redirect("marm:dispute", case_dispute_id=made.id)
    shown = {
        "form": form, "case_id": case_id, "known_as": found.case.person.goes_by,
        "action": found.action.words if found.action else "",
    }  # fmt: skip
    return render(request, "marm/dispute_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def dispute(request: MemberRequest, case_dispute_id: UUID) -> HttpResponse:
    """Show one dispute with its steps."""
    page = queries.dispute_page(actor=request.actor, case_dispute_id=case_dispute_id)
    return render(request, "marm/dispute.jinja", {"page": dispute_shown(page, timezone.now())})


@require_http_methods(["GET", "POST"])
def settle(request: MemberRequest, case_dispute_id: UUID) -> HttpResponse:
    """Say how it was settled. A clash loses nothing typed."""
    page = queries.dispute_to_answer(actor=request.actor, case_dispute_id=case_dispute_id)
    kept: dict[str, Any] = {"last": page.now is None or not page.next_title}
    form = forms.SettleForm(request.POST or None, initial=_opened(page), **kept)
    shown = _shown(form, page, _("How it was settled"))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.settle_dispute(
                actor=request.actor, at=timezone.now(), case_dispute_id=case_dispute_id,
                opened_rung=form.cleaned_data["opened_rung"], came=form.came_of(),
                words=form.cleaned_data["words"],
            )  # fmt: skip
        except (StaleError, AlreadyDoneError) as clash:
            again = form.cleaned_data | _opened(page)
            shown |= {"form": forms.SettleForm(initial=again, **kept), "stale": str(clash)}
            status = 409
        else:
            messages.success(request, _("How it was settled has been saved"))
            return redirect("marm:dispute", case_dispute_id=case_dispute_id)
    return render(request, "marm/dispute_step_form.jinja", shown, status=status)


@require_http_methods(["GET", "POST"])
def take_up(request: MemberRequest, case_dispute_id: UUID) -> HttpResponse:
    """Take it to the next step. A clash loses nothing typed."""
    page = queries.dispute_to_answer(actor=request.actor, case_dispute_id=case_dispute_id)
    form = forms.TakeUpForm(request.POST or None, initial=_opened(page))
    shown = _shown(form, page, _("Take it to the next step"))
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            begun = commands.take_dispute_up(
                actor=request.actor, at=timezone.now(), case_dispute_id=case_dispute_id, **form.cleaned_data
            )
        except (StaleError, AlreadyDoneError) as clash:
            again = form.cleaned_data | _opened(page)
            shown |= {"form": forms.TakeUpForm(initial=again), "stale": str(clash)}
            status = 409
        else:
            messages.success(request, _("It has gone to the next step: %(step)s") % {"step": begun.title})
            return redirect("marm:dispute", case_dispute_id=case_dispute_id)
    return render(request, "marm/dispute_step_form.jinja", shown, status=status)


def _opened(page: queries.DisputePage) -> dict[str, int]:
    """The current step, for the form; 0 once it is over."""
    return {"opened_rung": page.now.number if page.now else 0}


def _shown(form: Any, page: queries.DisputePage, title: str) -> dict[str, Any]:
    return {"form": form, "page": dispute_shown(page, timezone.now()), "title": title, "over": not page.now}
