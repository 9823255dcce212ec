"""Find a person, or create a record after checking for an existing one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_http_methods

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.searches import keep_search, kept_search
from alongside.casework.people import forms, permissions, presenters
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.queries import search_people
from alongside.casework.people.queries.duplicates import likely_duplicates
from alongside.casework.people.queries.forms import form_allowed
from alongside.casework.people.rules import ReachWhy

_LOOKED_FOR = ("forename", "surname", "known_as", "date_of_birth", "nhs_number")
"""What decides whether somebody may already have a record."""


@require_http_methods(["GET", "POST"])
def search(request: MemberRequest) -> HttpResponse:
    """Look for a person. The words are sent by POST, so that no name appears in a URL or a log.

    The results are a page of their own, so that the back button leads to them from a person.
    """
    form_allowed(actor=request.actor, permission=Permission.PERSON_READ)
    form = forms.SearchForm(request.POST if request.method == "POST" else kept_search(request))
    found, more = None, False
    if form.is_valid():
        if request.method == "POST":
            return redirect(keep_search(request))
        searched = search_people(actor=request.actor, words=form.cleaned_data["words"])
        found, more = presenters.found_rows(searched.people), searched.more
    shown = {
        "form": form,
        "found": found,
        "more": more,
        "may_create": permissions.may_change_people(request.actor).allowed,
        "may_open": permissions.may_open_in_emergency(request.actor).allowed,
    }
    return render(request, "people/search.jinja", shown, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def admit(request: MemberRequest) -> HttpResponse:
    """Create a record, once it is clear that the person does not already have one."""
    form_allowed(actor=request.actor, permission=Permission.PERSON_EDIT)
    form = forms.DetailsForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/admit.jinja", {"form": form}, status=422 if form.errors else 200)
    known = form.cleaned_data
    checked = _mark_of(known)
    if not constant_time_compare(request.POST.get("checked", ""), checked):
        likely = likely_duplicates(
            actor=request.actor,
            forename=known["forename"],
            surname=known["surname"],
            known_as=known["known_as"],
            date_of_birth=known["date_of_birth"],
            nhs_number=known["nhs_number"],
        )
        if likely.seen or likely.held_elsewhere:
            rows = presenters.found_rows(likely.seen)
            given = {
                "form": form,
                "likely": rows,
                "more": likely.more,
                "elsewhere": likely.held_elsewhere,
                "more_elsewhere": likely.more_elsewhere,
                "checked": checked,
            }
            return render(request, "people/admit.jinja", given)
    person = admit_person(actor=request.actor, at=timezone.now(), why=ReachWhy.RAISED_CONCERN, known=known)
    return redirect("people:person", person_id=person.id)


def _mark_of(known: dict[str, Any]) -> str:
    """Return a mark of whom was looked for: if the name is changed on the second page, we look again."""
    words = "\n".join(str(known[name]).casefold() for name in _LOOKED_FOR)
    return salted_hmac("people.admit", words).hexdigest()
