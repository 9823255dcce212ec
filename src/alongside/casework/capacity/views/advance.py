"""What a person makes in advance, and takes back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity import forms
from alongside.casework.capacity.commands import advance as commands
from alongside.casework.capacity.commands.assessing import NotYetError
from alongside.casework.capacity.presenters.others import advance_shown
from alongside.casework.capacity.queries.pages import statement_to_withdraw
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.people.queries.forms import form_about

FORM = "capacity/form.jinja"


@require_http_methods(["GET", "POST"])
def keep(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Record what the person wishes in case they cannot decide later, or that an instrument exists."""
    name = form_about(actor=request.actor, permission=Permission.CAPACITY_RECORD, person_id=person_id)
    form = forms.AdvanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.keep_advance_statement(
                actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data
            )
        except NotYetError as error:
            form.add_error("made_on", str(error))
        else:
            messages.success(request, _("It is saved, and anybody who works with them can find it."))
            return redirect("capacity:decisions", person_id=person_id)
    shown = {
        "title": _("A wish or decision made in advance"),
        "known_as": name,
        "form": form,
        "button": _("Save"),
        "guidance": "capacity/guidance_advance.jinja",
        "person_id": person_id,
    }
    return render(request, FORM, shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, person_id: UUID, statement_id: UUID) -> HttpResponse:
    """Record that the person takes it back. It stays readable but no longer applies; a court ends some."""
    name = form_about(actor=request.actor, permission=Permission.CAPACITY_RECORD, person_id=person_id)
    made = advance_shown(
        statement_to_withdraw(actor=request.actor, person_id=person_id, statement_id=statement_id)
    )
    form = forms.WithdrawForm(
        request.POST or None,
        needs_capacity=made.needs_capacity,
        initial={"said_on": timezone.localdate()},
    )
    shown = {
        "title": _("Record that they have taken it back"),
        "known_as": f"{name}: {made.kind}",
        "form": form,
        "quoted": made.words,
        "guidance": "capacity/guidance_withdraw.jinja" if made.needs_capacity else "",
        "button": _("Record that they took it back"),
        "person_id": person_id,
        "refused": made.court_ends,
    }
    if made.court_ends:
        return render(request, FORM, shown, status=409 if request.method == "POST" else 200)
    if request.method == "POST" and form.is_valid():
        try:
            commands.withdraw_advance_statement(
                actor=request.actor,
                at=timezone.now(),
                person_id=person_id,
                statement_id=statement_id,
                **form.cleaned_data,
            )
        except NotYetError as error:
            form.add_error("said_on", str(error))
        except commands.DoubtedError as error:
            form.add_error("could_decide", str(error))
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is recorded that they took it back."))
            return redirect("capacity:decisions", person_id=person_id)
    return render(request, FORM, shown, status=422 if form.errors else 200)
