"""Concerns about a person: raised in two minutes, checked at once if they may mean more, and sent on."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands import concerning
from alongside.casework.marm.forms import concerns as forms
from alongside.casework.marm.presenters.concerns import (
    concerns_shown,
    forums_shown,
    meant_shown,
    onward_in_short,
    raised_words,
    screened_words,
)
from alongside.casework.marm.queries import concerns as queries
from alongside.casework.marm.queries.pack import forum_of, marm_pack, tool_of
from alongside.casework.marm.views.addresses import id_in
from alongside.casework.people.queries.forms import form_about

SCREENINGS: dict[str, tuple[type[forms.ScreeningForm], Callable[..., Any]]] = {
    "three_limbs": (forms.LimbsForm, concerning.ask_three_limbs),
    "domestic_abuse": (forms.DomesticAbuseForm, concerning.ask_about_domestic_abuse),
    "tool": (forms.ScreeningForm, concerning.ask_with_tool),
}
"""How a forum is checked: with which form, and which command saves the answers."""


@require_safe
def concerns(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show every concern about a person, whether they add up, and what came of them."""
    page = queries.concerns_page(actor=request.actor, person_id=person_id, at=timezone.now())
    return render(request, "marm/concerns.jinja", {"page": concerns_shown(page)})


@require_http_methods(["GET", "POST"])
def raise_one(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Raise a concern; if the words may mean more, questions about that come next."""
    name = form_about(actor=request.actor, permission=Permission.CONCERN_RAISE, person_id=person_id)
    form = forms.ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        concern = concerning.raise_concern(
            actor=request.actor, at=timezone.now(), person_id=person_id, **form.cleaned_data
        )
        messages.success(request, raised_words(concern))
        return redirect("marm:meant", person_id=person_id, concern_id=concern.id)
    shown = {
        "form": form, "person_id": person_id, "name": name,
        "only_in_emergency": person_id in request.actor.emergency_people,
    }  # fmt: skip
    return render(request, "marm/concern_form.jinja", shown, status=422 if form.errors else 200)


@require_safe
def meant(request: MemberRequest, person_id: UUID, concern_id: UUID) -> HttpResponse:
    """Show what else a concern may mean: each beside the other, and none instead of the other."""
    page = queries.concern_asked(actor=request.actor, person_id=person_id, concern_id=concern_id)
    if not page.forums:
        return redirect("marm:concerns", person_id=person_id)
    return render(request, "marm/meant.jinja", {"page": meant_shown(page)})


@require_safe
def forums(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show every other process here, whatever anybody wrote; ``case`` in the address is kept."""
    name = form_about(actor=request.actor, permission=Permission.CONCERN_RAISE, person_id=person_id)
    shown = {
        "name": name, "back": _came_from(request, person_id),
        "forums": forums_shown(marm_pack().forums, person_id, _because_of(request)),
    }  # fmt: skip
    return render(request, "marm/forums.jinja", shown)


@require_http_methods(["GET", "POST"])
def screen(request: MemberRequest, person_id: UUID, forum: str) -> HttpResponse:
    """Ask what shows whether another process is needed, and lead on to it if so."""
    name = form_about(actor=request.actor, permission=Permission.CONCERN_RAISE, person_id=person_id)
    known = forum_of(forum)
    onward = reverse("marm:send_onward", args=[person_id, forum]) + _because_of(request)
    if known.asks is None:
        return redirect(onward)
    kind, keep = SCREENINGS[known.asks]
    questions = [(each.code, each.ask) for each in tool_of(known).questions] if known.tool else []
    form = kind(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        screening = keep(
            actor=request.actor, at=timezone.now(), person_id=person_id, forum=forum,
            words=form.cleaned_data["words"], concern_id=id_in(request, "concern"), **form.asked(),
        )  # fmt: skip
        messages.success(request, screened_words(screening))
        return redirect(onward) if screening.leads_on else _back(request, person_id)
    shown = {"form": form, "name": name, "forum": known, "back": _came_from(request, person_id)}
    return render(request, "marm/screening_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def send(request: MemberRequest, person_id: UUID, forum: str) -> HttpResponse:
    """Write down that it was sent to another process."""
    name = form_about(actor=request.actor, permission=Permission.CONCERN_RAISE, person_id=person_id)
    known, today = forum_of(forum), timezone.localdate()
    form = forms.OnwardForm(request.POST or None, initial={"sent_on": today}, today=today)
    if request.method == "POST" and form.is_valid():
        concerning.send_onward(
            actor=request.actor, at=timezone.now(), person_id=person_id, forum=forum,
            concern_id=id_in(request, "concern"), case_id=id_in(request, "case"), **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Saved. It stays open until you say what came of it."))
        return _back(request, person_id)
    shown = {
        "form": form, "person_id": person_id, "name": name, "forum": known,
        "back": _came_from(request, person_id),
    }  # fmt: skip
    return render(request, "marm/onward_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def came(request: MemberRequest, person_id: UUID, onward_id: UUID) -> HttpResponse:
    """Write down what another process answered."""
    onward = queries.onward_asked(actor=request.actor, person_id=person_id, onward_id=onward_id)
    today = timezone.localdate()
    form = forms.CameForm(request.POST or None, initial={"on": today}, today=today, sent_on=onward.sent_on)
    if request.method == "POST" and form.is_valid():
        concerning.note_what_came(
            actor=request.actor, at=timezone.now(), person_id=person_id, onward_id=onward_id,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("What came of it has been saved"))
        return redirect("marm:concerns", person_id=person_id)
    shown = {"form": form, "person_id": person_id, "onward": onward_in_short(onward)}
    return render(request, "marm/came_form.jinja", shown, status=422 if form.errors else 200)


def _because_of(request: MemberRequest) -> str:
    """The query of the address, to be added to another."""
    named = {name: id_in(request, name) for name in ("concern", "case")}
    known = urlencode({name: key for name, key in named.items() if key})
    return f"?{known}" if known else ""


def _came_from(request: MemberRequest, person_id: UUID) -> dict[str, str]:
    """Where the back link leads: to the concern or case it came from, or else to the concerns."""
    if concern_id := id_in(request, "concern"):
        return {
            "text": _("Back to what you wrote"),
            "href": reverse("marm:meant", args=[person_id, concern_id]),
        }
    if case_id := id_in(request, "case"):
        return {"text": _("Back to the case"), "href": reverse("marm:case", args=[case_id])}
    return {"text": _("Concerns"), "href": reverse("marm:concerns", args=[person_id])}


def _back(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """To the case it came from, or else to the concerns."""
    case_id = id_in(request, "case")
    return redirect("marm:case", case_id) if case_id else redirect("marm:concerns", person_id)
