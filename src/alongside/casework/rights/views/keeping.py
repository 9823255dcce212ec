"""What may be let go of: the list, each line, and the page on which it is confirmed."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import StaleError
from alongside.casework.rights import forms, permissions
from alongside.casework.rights.commands import keeping as commands
from alongside.casework.rights.presenters.keeping import disposal_line, disposal_shown
from alongside.casework.rights.queries import keeping as reads


@require_safe
def disposals(request: MemberRequest) -> HttpResponse:
    """Show what is due, what is marked to go, and what is gone."""
    lines = [disposal_line(each) for each in reads.disposal_list(actor=request.actor)]
    done = [disposal_line(each) for each in reads.disposals_done(actor=request.actor)]
    marked = len(_marked(request))
    return render(request, "rights/disposals.jinja", {"lines": lines, "done": done, "marked": marked})


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
            messages.success(request, _("It is kept, and comes back to this list on that day"))
            return redirect("rights:disposals")
    shown = {"shown": disposal_shown(page), "form": form}
    return render(request, "rights/disposal.jinja", shown, status=422 if form.errors else 200)


@require_POST
def mark(request: MemberRequest, disposal_id: UUID) -> HttpResponse:
    """Say that a line may go."""
    try:
        commands.mark_to_go(actor=request.actor, at=timezone.now(), disposal_id=disposal_id)
    except commands.HeldError as held:
        messages.error(request, str(held))
        return redirect("rights:disposal", disposal_id=disposal_id)
    messages.success(request, _("It is marked. Nothing is deleted before you confirm it."))
    return redirect("rights:disposals")


@require_http_methods(["GET", "POST"])
def hold(request: MemberRequest, disposal_id: UUID) -> HttpResponse:
    """Hold all there is about the person of a line."""
    page = reads.disposal_page(actor=request.actor, disposal_id=disposal_id, at=timezone.now())
    form = forms.HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.place_hold(
            actor=request.actor,
            at=timezone.now(),
            person_id=page.disposal.record_id,
            **form.cleaned_data,
        )
        messages.success(request, _("It is held: nothing of it is let go of until somebody lifts that"))
        return redirect("rights:disposal", disposal_id=disposal_id)
    return _form(request, form, _("Hold it"), status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def lift(request: MemberRequest, hold_id: UUID) -> HttpResponse:
    """Lift a hold."""
    require(permissions.may_handle(request.actor))
    form = forms.LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.lift_hold(actor=request.actor, at=timezone.now(), hold_id=hold_id, **form.cleaned_data)
        messages.success(request, _("The hold is lifted"))
        return redirect("rights:disposals")
    return _form(request, form, _("Lift the hold"), status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Confirm, a second time and with the count, that what is marked is deleted."""
    marked = _marked(request)
    form = forms.ConfirmForm(request.POST or None, initial={"marked": ",".join(marked)})
    if request.method == "POST" and form.is_valid():
        try:
            rows = commands.let_go(
                actor=request.actor, at=timezone.now(), disposals=form.cleaned_data["marked"]
            )
        except (StaleError, commands.HeldError, commands.NothingDueError) as wrong:
            messages.error(request, str(wrong))
            return redirect("rights:disposals")
        words = ngettext("%(rows)s row was deleted", "%(rows)s rows were deleted", rows) % {"rows": rows}
        messages.success(request, words)
        return redirect("rights:disposals")
    shown = {"form": form, "count": len(marked)}
    return render(request, "rights/let_go.jinja", shown, status=422 if form.errors else 200)


def _marked(request: MemberRequest) -> list[str]:
    return [str(each.id) for each in reads.disposal_list(actor=request.actor) if each.standing == "marked"]


def _form(request: MemberRequest, form: Form, title: str, *, status: int) -> HttpResponse:
    shown = {"form": form, "title": title}
    return render(request, "rights/keeping_form.jinja", shown, status=status)
