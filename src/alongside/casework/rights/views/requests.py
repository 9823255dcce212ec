"""Requests for access: the list, taking one, and each one with its clock and its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.rights import forms, permissions
from alongside.casework.rights.commands import requests as commands
from alongside.casework.rights.presenters.reaching import before_reaching
from alongside.casework.rights.presenters.requests import request_line, request_shown
from alongside.casework.rights.queries import requests as reads

WHY = gettext_lazy(
    "Anybody can ask what is held about them, in any words, and can ask any member of staff. They need no "
    "form and no reason, and it is free. Enter the day they asked: they must be answered within a month."
)
NOBODY = gettext_lazy(
    "No record has this surname and date of birth. Ask whether they have used another name. If they have "
    "not, that is an answer: tell them that nothing is held here under that name"
)
SEVERAL = gettext_lazy(
    "More than one record has this surname and date of birth. Ask where they live, and enter the postcode"
)


@require_safe
def requests(request: MemberRequest) -> HttpResponse:
    """Show every request under way, and the latest that are over."""
    today = timezone.localdate()
    shown = {
        "under_way": [request_line(each, today) for each in reads.requests_under_way(actor=request.actor)],
        "over": [request_line(each, today) for each in reads.requests_over(actor=request.actor)],
    }
    return render(request, "rights/requests.jinja", shown)


@require_http_methods(["GET", "POST"])
def find_and_take(request: MemberRequest) -> HttpResponse:
    """Take a request from somebody the member cannot see, starting with whose record it is."""
    require(permissions.may_handle(request.actor))
    form = forms.FindAndTakeForm(request.POST or None, initial={"received_on": timezone.localdate()})
    shown = {"form": form, "title": _("Take a request for access"), "button": _("Take it"), "why": WHY}
    if request.method == "POST" and form.is_valid():
        person_id, given = whom_and_what(request, form)
        if person_id:
            return _taken(request, shown, given | {"person_id": person_id})
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


def whom_and_what(request: MemberRequest, form: forms.FindForm) -> tuple[UUID | None, dict[str, Any]]:
    """Return whose record a form refers to, if that is clear, and its other fields."""
    given = dict(form.cleaned_data)
    sought = {name: given.pop(name) for name in ("surname", "date_of_birth", "postcode")}
    meant = reads.whose_record(actor=request.actor, **sought)
    if len(meant) == 1:
        return meant[0], given
    form.add_error("surname", str(SEVERAL if meant else NOBODY))
    return None, given


@require_http_methods(["GET", "POST"])
def take(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Take a request from somebody the member works with."""
    name = reads.known_person(actor=request.actor, person_id=person_id)
    form = forms.TakeForm(request.POST or None, initial={"received_on": timezone.localdate()})
    shown = {
        "form": form,
        "title": _("They ask what we hold about them"),
        "caption": name,
        "button": _("Pass it on"),
        "why": WHY,
        "person_id": person_id,
    }
    if request.method == "POST" and form.is_valid():
        return _taken(request, shown, form.cleaned_data | {"person_id": person_id})
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def access_request(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Show one request: its state, how much time there is, and what can be done."""
    page = reads.request_page(actor=request.actor, request_id=asked_id)
    may_say = permissions.may_say_who_asks(request.actor, page.request.taker).allowed
    shown = {
        "request_shown": request_shown(page.request, timezone.localdate(), may_say_who_asks=may_say),
        "warnings": before_reaching(page.request, page.reaching),
    }
    return render(request, "rights/request.jinja", shown)


@require_http_methods(["GET", "POST"])
def ask_identity(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Note that proof of who is asking was requested."""
    title = _("You asked for proof of who is asking")
    return _step(request, asked_id, forms.DayForm, commands.ask_identity, title)


@require_http_methods(["GET", "POST"])
def identity(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Note how it is known who is asking."""
    title = _("How you know who is asking")
    return _step(request, asked_id, forms.IdentityForm, commands.check_identity, title)


@require_http_methods(["GET", "POST"])
def clarify(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Note what the person was asked."""
    title = _("Ask them to make their request clearer")
    return _step(request, asked_id, forms.AskedForm, commands.ask_what_is_meant, title)


@require_http_methods(["GET", "POST"])
def clarified(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Note what they answered."""
    return _step(request, asked_id, forms.AnswerForm, commands.note_what_is_meant, _("What they answered"))


@require_http_methods(["GET", "POST"])
def extend(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Note that they were told that it will take longer."""
    return _step(request, asked_id, forms.ExtendForm, commands.extend_time, _("It will take longer"))


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, asked_id: UUID) -> HttpResponse:
    """Close it without a bundle."""
    return _step(request, asked_id, forms.CloseForm, commands.close_request, _("Close it without a bundle"))


def _step(
    request: MemberRequest, asked_id: UUID, kind: type[Form], command: Callable[..., Any], title: str
) -> HttpResponse:
    """Show a form about a request, or run the command that takes its fields."""
    page = reads.request_page(actor=request.actor, request_id=asked_id)
    form = kind(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            command(actor=request.actor, at=timezone.now(), request_id=asked_id, **form.cleaned_data)
        except commands.WrongRequestError as wrong:
            form.add_error(None, str(wrong))  # on the form, so that what was typed is not lost
        else:
            messages.success(request, _("%(title)s: noted") % {"title": title})
            return redirect("rights:request", asked_id=asked_id)
    shown = {
        "form": form,
        "title": title,
        "caption": page.request.reference,
        "warnings": before_reaching(page.request, page.reaching),
        "button": _("Save"),
        "asked_id": asked_id,
    }
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


def _taken(request: MemberRequest, shown: dict[str, Any], given: dict[str, Any]) -> HttpResponse:
    try:
        made = commands.take_request(actor=request.actor, at=timezone.now(), **given)
    except commands.WrongRequestError as wrong:
        shown["form"].add_error("received_on", str(wrong))
        return render(request, "rights/form.jinja", shown, status=422)
    messages.success(
        request,
        _("The request reference is %(reference)s. Tell the person they will have an answer within a month.")
        % {"reference": made.reference},
    )
    if permissions.may_handle(request.actor).allowed:
        return redirect("rights:request", asked_id=made.id)
    return redirect("people:person", person_id=given["person_id"])
