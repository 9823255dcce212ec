"""The person writes for themself, on a device handed to them that opens nothing else meanwhile."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.language_switch import shown_in_chosen
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.people import forms
from alongside.casework.people.commands import own_words as commands
from alongside.casework.people.middleware import HANDED_OVER, HANDED_OVER_TO
from alongside.casework.people.queries.forms import form_about


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Say what will happen, then lock this session to the page on which the person writes."""
    form_about(actor=request.actor, permission=Permission.CHRONOLOGY_ADD, person_id=person_id)
    if request.method == "POST":
        commands.hand_over_device(actor=request.actor, at=timezone.now(), person_id=person_id)
        request.session[HANDED_OVER] = str(person_id)
        request.session.pop(HANDED_OVER_TO, None)
        return redirect("people:own_words")
    shown = {"person_id": person_id, "by_password": request.user.has_usable_password()}
    return render(request, "people/hand_over.jinja", shown)


@require_http_methods(["GET", "POST"])
def own_words(request: MemberRequest) -> HttpResponse:
    """Let the person write. The page names nobody and shows nothing that was written before."""
    person_id = _whose(request)
    so_far = forms.OwnWordsForm(initial=request.POST.dict())
    if page := shown_in_chosen(request, lambda: _own_words(request, so_far)):
        return page
    form = forms.OwnWordsForm(request.POST or None)
    if form.is_valid():
        commands.write_own_words(
            actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data
        )
        messages.success(request, _("Thank you. Your words are saved exactly as you wrote them."))
        return redirect("people:own_words")  # going back must not send them once more
    return _own_words(request, form)


def _own_words(request: MemberRequest, form: forms.OwnWordsForm) -> HttpResponse:
    shown = {"form": form, "exit_to": settings.EXIT_TO}
    return render(request, "people/own_words.jinja", shown, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest) -> HttpResponse:
    """Ask the device's owner for their password; members without one sign out and in again."""
    person_id = _whose(request)
    form = forms.TakeBackForm(request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        if authenticate(request, username=request.user.email, password=password) == request.user:
            commands.take_device_back(actor=request.actor, at=timezone.now(), person_id=person_id)
            del request.session[HANDED_OVER]
            request.session.pop(HANDED_OVER_TO, None)
            messages.success(request, _("You have your device back"))
            return redirect("people:person", person_id=person_id)
        form.add_error("password", _("The password is not correct"))
    given = {"form": form, "by_password": request.user.has_usable_password(), "exit_to": settings.EXIT_TO}
    return render(request, "people/take_back.jinja", given, status=422 if form.errors else 200)


def _whose(request: MemberRequest) -> UUID:
    if HANDED_OVER not in request.session:
        raise NotFoundError(_("This device has not been handed to anybody."))
    return UUID(request.session[HANDED_OVER])
