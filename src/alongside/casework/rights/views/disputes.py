"""Disputes: noted by whoever works with the person, and answered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.rights import forms
from alongside.casework.rights.commands import disputes as commands
from alongside.casework.rights.presenters.disputes import (
    dispute_line,
    dispute_shown,
    disputes_shown,
    row_shown,
)
from alongside.casework.rights.queries import disputes as reads
from alongside.casework.rights.rules.disputes import MARKED
from alongside.casework.rights.views import wishes

ENTRY = "people.ChronologyEntry"


@require_safe
def disputes_of(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show what about a person may be disputed, and what has been."""
    page = reads.disputes_page(actor=request.actor, person_id=person_id, at=timezone.now())
    shown = {"shown": disputes_shown(page, timezone.localdate()), "person_id": person_id}
    return render(request, "rights/disputes_of.jinja", shown)


@require_http_methods(["GET", "POST"])
def dispute_entry(request: MemberRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Note that an entry of the chronology is said to be wrong."""
    return dispute_row(request, person_id, ENTRY, str(entry_id))


@require_http_methods(["GET", "POST"])
def dispute_row(request: MemberRequest, person_id: UUID, table: str, row: str) -> HttpResponse:
    """Note that one thing is said to be wrong."""
    now = timezone.now()
    line = reads.line_to_dispute(actor=request.actor, person_id=person_id, table=table, row=row, at=now)
    form = forms.DisputeForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.note_dispute(
                actor=request.actor, at=now, person_id=person_id, table=table, row=row, **form.cleaned_data
            )
        except (commands.WrongDisputeError, AlreadyDoneError) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(
                request,
                _("It is now marked as disputed. Tell the person they will have an answer within a month."),
            )
            return redirect("people:person", person_id=person_id)
    shown = {"form": form, "row": row_shown(line), "marked": MARKED[line.table], "person_id": person_id}
    return render(request, "rights/dispute_row.jinja", shown, status=422 if form.errors else 200)


@require_safe
def disputes(request: MemberRequest) -> HttpResponse:
    """Show every dispute that is waiting for an answer, and the latest that have had one."""
    today = timezone.localdate()
    shown = {
        "waiting": [dispute_line(each, today) for each in reads.disputes_open(actor=request.actor)],
        "over": [dispute_line(each, today) for each in reads.disputes_ended(actor=request.actor)],
    }
    return render(request, "rights/disputes.jinja", shown)


@require_http_methods(["GET", "POST"])
def dispute(request: MemberRequest, dispute_id: UUID) -> HttpResponse:
    """Show one dispute, or answer it."""
    now = timezone.now()
    page = reads.dispute_page(actor=request.actor, dispute_id=dispute_id, at=now)
    if page.dispute.wish:
        return wishes.answer(request, page)
    shown = dispute_shown(page, timezone.localdate(now))
    chosen = [str(each) for each in page.must_be_told]
    form = forms.AnswerDisputeForm(
        request.POST or None, told=shown.told, initial={"told_on": timezone.localdate(now), "tell": chosen}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["tell"] = [UUID(each) for each in given.get("tell", [])]
        try:
            told = commands.answer_dispute(actor=request.actor, at=now, dispute_id=dispute_id, **given)
        except commands.NoAnswerError as lacking:
            for name, words in lacking.fields.items():
                form.add_error(name, words)
        except AlreadyDoneError as wrong:
            form.add_error(None, str(wrong))
        else:
            words = ngettext(
                "It has been answered. %(told)s organisation that had been told it is told the change.",
                "It has been answered. %(told)s organisations that had been told it are told the change.",
                told,
            )
            messages.success(request, words % {"told": told})
            return redirect("rights:disputes")
    return render(
        request, "rights/dispute.jinja", {"shown": shown, "form": form}, status=422 if form.errors else 200
    )
