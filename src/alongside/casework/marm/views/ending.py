"""How a case ends, and how things go afterwards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm.commands import ending
from alongside.casework.marm.forms import ending as forms
from alongside.casework.marm.forms.by_id import opened_with
from alongside.casework.marm.presenters.ending import action_in_words, remains_shown, to_end_shown
from alongside.casework.marm.queries.ending import case_to_check, case_to_end, what_remains
from alongside.casework.marm.queries.pack import closure_reason, marm_pack
from alongside.casework.marm.rules.ending import Agreed
from alongside.casework.people.commands.leaving import UnfinishedError


@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Ask why a case ends: what else is asked depends on it."""
    page = case_to_end(actor=request.actor, case_id=case_id)
    form = forms.ReasonForm(request.POST or None, reasons=marm_pack().closure_reasons)
    if request.method == "POST" and form.is_valid():
        return redirect("marm:end_case", case_id=case_id, reason=form.cleaned_data["reason"])
    shown = {"form": form, "page": to_end_shown(page, timezone.now())}
    return render(request, "marm/reason_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, case_id: UUID, reason: str) -> HttpResponse:
    """End a case for a reason: the person's own view first, then what remains.

    If other actions are to do than when the form was opened, it does not end, and what was typed stays.
    """
    page = case_to_end(actor=request.actor, case_id=case_id, asked_about=opened_with(request.POST) or ())
    known = closure_reason(reason)
    form = forms.ClosingForm(
        request.POST or None,
        reason=known,
        actions=[(each.id, action_in_words(each)) for each in page.actions],
    )
    shown = {"form": form, "page": to_end_shown(page, timezone.now()), "reason": known.title}
    if form.changed:
        shown["changed"] = form.changes({each.id: action_in_words(each) for each in page.over})
        return render(request, "marm/closing_form.jinja", shown, status=409)
    if request.method == "POST" and form.is_valid():
        try:
            ended = ending.end_case(
                actor=request.actor, at=timezone.now(), case_id=case_id, closing=form.closing()
            )
        except UnfinishedError as half_written:
            form.add_error(None, str(half_written))
        else:
            messages.success(
                request,
                _("The case has ended. Somebody will ask how things are going on %(day)s.")
                % {"day": day_in_words(ended.check_back_on)}
                if ended.check_back_on
                else _("The case has ended"),
            )
            return redirect("marm:case", case_id=case_id)
    return render(request, "marm/closing_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check_back(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Write down how things are going, some time after a case ended."""
    case = case_to_check(actor=request.actor, case_id=case_id)
    today = timezone.localdate()
    ended_on = timezone.localdate(case.ending.ended_at)
    form = forms.CheckBackForm(request.POST or None, initial={"on": today}, today=today, ended_on=ended_on)
    if request.method == "POST" and form.is_valid():
        ending.note_check_back(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        messages.success(request, _("How things are going has been saved"))
        return redirect("marm:case", case_id=case_id)
    shown = {"form": form, "case_id": case_id, "name": case.person.goes_by}
    return render(request, "marm/check_back_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remains(request: MemberRequest, shared_risk_id: UUID) -> HttpResponse:
    """Show what remains of a risk, and say whether the actor's agency agrees. A clash loses nothing typed."""
    page = what_remains(actor=request.actor, shared_risk_id=shared_risk_id)
    form = forms.RemainsForm(request.POST or None)
    shown: dict[str, Any] = {"form": form, "page": remains_shown(page)}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            ending.answer_what_remains(
                actor=request.actor, at=timezone.now(), shared_risk_id=shared_risk_id,
                agrees=Agreed(form.cleaned_data["agrees"]), words=form.cleaned_data["words"],
            )  # fmt: skip
        except AlreadyDoneError as clash:
            shown["stale"] = str(clash)
            status = 409
        else:
            messages.success(request, _("Your organisation's answer has been saved with how the case ended"))
            return redirect("marm:remains", shared_risk_id=shared_risk_id)
    return render(request, "marm/remains_form.jinja", shown, status=status)
