"""Records past their time: the list, each line, and the page that confirms deletion."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.rights import forms, permissions
from alongside.casework.rights.commands import keeping as commands
from alongside.casework.rights.presenters.disputes import hold_shown
from alongside.casework.rights.presenters.keeping import (
    DisposalLine,
    disposal_line,
    disposal_shown,
    listed_line,
)
from alongside.casework.rights.queries import keeping as reads
from alongside.casework.rights.queries.disputes import dispute_page
from alongside.casework.rights.rules.retention import Standing
from alongside.casework.rights.views.requests import whom_and_what

HELD = gettext_lazy("The hold is in place: nothing is deleted until somebody lifts it")


@require_safe
def disposals(request: MemberRequest) -> HttpResponse:
    """Show what is due, what is marked for deletion, and what has been deleted."""
    listed = reads.disposal_list(actor=request.actor, at=timezone.now())
    shown = {
        "lines": [listed_line(each) for each in listed.lines],
        "done": [disposal_line(each) for each in listed.done],
        "marked": len(_marked(listed.lines)),
        "holds": [hold_shown(each) for each in listed.holds],
    }
    return render(request, "rights/disposals.jinja", shown)


@require_http_methods(["GET", "POST"])
def disposal(request: MemberRequest, disposal_id: UUID) -> HttpResponse:
    """Show one line with what it names, or keep it longer."""
    page = reads.disposal_page(actor=request.actor, disposal_id=disposal_id, at=timezone.now())
    form = forms.KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.keep_longer(
                actor=request.actor, at=timezone.now(), disposal_id=disposal_id, **form.cleaned_data
            )
        except commands.NoReasonError as wrong:
            form.add_error("until", str(wrong))
        else:
            messages.success(request, _("It is kept, and will come back to this list after that day"))
            return redirect("rights:disposals")
    shown = {"shown": disposal_shown(page), "form": form}
    return render(request, "rights/disposal.jinja", shown, status=422 if form.errors else 200)


@require_POST
def mark(request: MemberRequest, disposal_id: UUID) -> HttpResponse:
    """Mark a line for deletion."""
    try:
        commands.mark_to_go(actor=request.actor, at=timezone.now(), disposal_id=disposal_id)
    except commands.HeldError as held:
        messages.error(request, str(held))
        return redirect("rights:disposal", disposal_id=disposal_id)
    messages.success(request, _("It is marked for deletion. Nothing is deleted until you confirm it."))
    return redirect("rights:disposals")


@require_http_methods(["GET", "POST"])
def hold(request: MemberRequest, disposal_id: UUID) -> HttpResponse:
    """Hold everything about the person of a line."""
    record_id, person = reads.whose_line(actor=request.actor, disposal_id=disposal_id)
    back = (_("Records past their time"), reverse("rights:disposal", args=[disposal_id]))
    return _hold(request, record_id, person.told_to_others if person else "", back)


@require_http_methods(["GET", "POST"])
def hold_for_dispute(request: MemberRequest, dispute_id: UUID) -> HttpResponse:
    """Hold everything about a person who objects or asks for erasure."""
    page = dispute_page(actor=request.actor, dispute_id=dispute_id, at=timezone.now())
    back = (_("Corrections and objections"), reverse("rights:dispute", args=[dispute_id]))
    return _hold(request, page.person.id, page.person.told_to_others, back)


@require_http_methods(["GET", "POST"])
def find_and_hold(request: MemberRequest) -> HttpResponse:
    """Hold everything about somebody with nothing on the list, starting with whose record it is."""
    require(permissions.may_handle(request.actor))
    form = forms.FindAndHoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person_id, given = whom_and_what(request, form)
        if person_id:
            commands.place_hold(actor=request.actor, at=timezone.now(), person_id=person_id, **given)
            messages.success(request, str(HELD))
            return redirect("rights:disposals")
    return render(
        request,
        "rights/keeping_form.jinja",
        _hold_form(form, (_("Records past their time"), reverse("rights:disposals")))
        | {"title": _("Place a legal hold on everything about a person")},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def lift(request: MemberRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold."""
    require(permissions.may_handle(request.actor))
    form = forms.LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.lift_hold(actor=request.actor, at=timezone.now(), hold_id=hold_id, **form.cleaned_data)
        except AlreadyDoneError as error:
            form.add_error(None, str(error))  # on the form, so that what was typed is not lost
        else:
            messages.success(request, _("The hold is lifted"))
            return redirect("rights:disposals")
    shown = {
        "form": form,
        "title": _("Lift the hold"),
        "button": _("Lift the hold"),
        "back": (_("Records past their time"), reverse("rights:disposals")),
    }
    return render(request, "rights/keeping_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Confirm, as a second step that shows the count, the deletion of what is marked."""
    marked = reads.marked_lines(actor=request.actor, at=timezone.now())
    lines = [listed_line(each) for each in marked if not each.held]
    form = forms.ConfirmForm(request.POST or None, initial={"marked": ",".join(each.id for each in lines)})
    if request.method == "POST" and form.is_valid():
        try:
            rows = commands.let_go(
                actor=request.actor, at=timezone.now(), disposals=form.cleaned_data["marked"]
            )
        except (StaleError, commands.HeldError, commands.NothingDueError) as wrong:
            messages.error(request, str(wrong))
            return redirect("rights:disposals")
        words = ngettext("%(rows)s entry was deleted", "%(rows)s entries were deleted", rows) % {"rows": rows}
        messages.success(request, words)
        return redirect("rights:disposals")
    shown = {"form": form, "lines": lines, "waiting": [listed_line(each) for each in marked if each.held]}
    return render(request, "rights/let_go.jinja", shown, status=422 if form.errors else 200)


def _marked(listed: list[reads.Listed]) -> list[DisposalLine]:
    return [disposal_line(each.disposal) for each in listed if each.disposal.standing == Standing.MARKED]


def _hold(request: MemberRequest, person_id: UUID, who: str, back: tuple[str, str]) -> HttpResponse:
    form = forms.HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.place_hold(actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data)
        messages.success(request, str(HELD))
        return redirect(back[1])
    shown = _hold_form(form, back) | {"caption": who}
    return render(request, "rights/keeping_form.jinja", shown, status=422 if form.errors else 200)


def _hold_form(form: Form, back: tuple[str, str]) -> dict[str, Any]:
    return {
        "form": form,
        "title": _("Place a legal hold on everything about this person"),
        "button": _("Place the hold"),
        "why": _("Nothing about them is deleted or erased until somebody lifts the hold, with a reason."),
        "back": back,
    }
