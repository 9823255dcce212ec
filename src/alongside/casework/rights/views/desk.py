"""The desk where somebody decides what is withheld from a bundle."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging, within
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.rights import forms
from alongside.casework.rights.commands import withholding
from alongside.casework.rights.presenters.desk import desk_shown, href_of, line_shown, table_shown
from alongside.casework.rights.queries.desk import Desk, OfLine, desk_of, line_of, table_of

LINES_AT_ONCE = 50


@require_safe
def desk(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Show what kinds of things a bundle holds, and the progress with each."""
    desk = desk_of(actor=request.actor, request_id=asked_id)
    shown = {"desk": desk_shown(desk), "asked_id": asked_id, "reference": desk.request.reference}
    return render(request, "rights/desk.jinja", shown)


@require_safe
def table(request: MemberRequest, asked_id: UUID, table: str) -> HttpResponse:
    """Show the lines of one kind."""
    desk = table_of(actor=request.actor, request_id=asked_id, table=table)
    begins = within(begins_at(request), len(desk.lines))
    shown = {
        "table": table_shown(desk, table, begins=begins, at_once=LINES_AT_ONCE),
        "paging": paging(begins, at_once=LINES_AT_ONCE, count=len(desk.lines)),
        "asked_id": asked_id,
        "reference": desk.request.reference,
    }
    return render(request, "rights/table.jinja", shown)


@require_http_methods(["GET", "POST"])
def line(request: MemberRequest, asked_id: UUID, table: str, row: str) -> HttpResponse:
    """Show one line, or withhold some or all of it."""
    key = f"{table}:{row}"
    desk, found = line_of(actor=request.actor, request_id=asked_id, key=key)
    form = forms.WithholdForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        words = given["words"] if given["how_much"] == form.WORDS else ""
        try:
            withholding.withhold(
                actor=request.actor,
                at=timezone.now(),
                request_id=asked_id,
                line=key,
                words=words.strip(),
                reasoned=form.reasoned(given),
            )
        except (withholding.NotInLineError, AlreadyDoneError) as wrong:
            form.add_error("words", str(wrong))
        else:
            messages.success(request, _("It is withheld"))
            return redirect(href_of(asked_id, key))
    return _line_page(request, desk, found, form, forms.LookForm())


@require_POST
def looked(request: MemberRequest, asked_id: UUID, table: str, row: str) -> HttpResponse:
    """Note that the member has looked at a line, and go to the next one that is waiting."""
    key, form = f"{table}:{row}", forms.LookForm(request.POST)
    if not form.is_valid():
        desk, found = line_of(actor=request.actor, request_id=asked_id, key=key)
        return _line_page(request, desk, found, forms.WithholdForm(None, today=timezone.localdate()), form)
    note = form.cleaned_data["note"]
    withholding.look_at_line(
        actor=request.actor, at=timezone.now(), request_id=asked_id, line=key, note_of=note
    )
    desk = desk_of(actor=request.actor, request_id=asked_id)
    if desk.waiting:
        return redirect(href_of(asked_id, desk.waiting[0].line.key))
    messages.success(request, _("Everything that was marked has been looked at"))
    return redirect("rights:desk", asked_id=asked_id)


@require_POST
def take_back(request: MemberRequest, asked_id: UUID, withheld_id: UUID) -> HttpResponse:
    """Allow something withheld to be given after all."""
    withholding.take_withholding_back(
        actor=request.actor, at=timezone.now(), request_id=asked_id, withheld_id=withheld_id
    )
    messages.success(request, _("It is no longer withheld"))
    return redirect("rights:desk", asked_id=asked_id)


@require_POST
def up_to_date(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Make the bundle what is held now."""
    withholding.bring_up_to_date(actor=request.actor, at=timezone.now(), request_id=asked_id)
    messages.success(request, _("The bundle now has what is held today. What was withheld still is."))
    return redirect("rights:desk", asked_id=asked_id)


@require_POST
def ready(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Mark the bundle as ready for somebody else to release."""
    withholding.make_ready(actor=request.actor, at=timezone.now(), request_id=asked_id)
    messages.success(request, _("Somebody else can now check it and release it"))
    return redirect("rights:request", asked_id=asked_id)


def _line_page(
    request: MemberRequest, desk: Desk, found: OfLine, form: forms.WithholdForm, look: forms.LookForm
) -> HttpResponse:
    shown: dict[str, Any] = {
        "line": line_shown(desk, found),
        "form": form,
        "look": look,
        "wrong": look if look.errors else form,
        "asked_id": desk.request.id,
        "reference": desk.request.reference,
        "table": found.line.table,
        "row": found.line.row,
    }
    return render(request, "rights/line.jinja", shown, status=422 if form.errors or look.errors else 200)
