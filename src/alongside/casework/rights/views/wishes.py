"""Objections, and requests to erase everything held about a person: noted, and answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.rights import forms, permissions
from alongside.casework.rights.commands import wishes as commands
from alongside.casework.rights.commands.disputes import NoAnswerError, WrongDisputeError
from alongside.casework.rights.presenters.disputes import dispute_shown
from alongside.casework.rights.queries.disputes import DisputePage, objection_to_take_back
from alongside.casework.rights.queries.requests import known_person
from alongside.casework.rights.rules.wishes import OBJECTIONS, Wish
from alongside.casework.rights.views.requests import whom_and_what
from alongside.casework.sources.jobs import reach_runs

WHY = gettext_lazy(
    "Anybody can object to being found by lists or to how what is held about them is used, and can ask for "
    "it to be erased. No form or reason is needed. While we look into an objection, lists leave them out."
)


@require_http_methods(["GET", "POST"])
def wish(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Note what somebody the member works with wants done with everything held about them."""
    name = known_person(actor=request.actor, person_id=person_id)
    form = forms.WishForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _noted(request, form, person_id, form.cleaned_data):
        return redirect("people:person", person_id=person_id)
    shown = {
        "form": form,
        "title": _("They object, or want everything erased"),
        "caption": name,
        "button": _("Pass it on"),
        "why": WHY,
        "person_id": person_id,
    }
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def find_and_wish(request: MemberRequest) -> HttpResponse:
    """Note what somebody the member cannot see wants, starting with whose record it is."""
    require(permissions.may_handle(request.actor))
    form = forms.FindAndWishForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        person_id, given = whom_and_what(request, form)
        if person_id and _noted(request, form, person_id, given):
            return redirect("rights:disputes")
    shown = {
        "form": form,
        "title": _("Note an objection or a request to erase"),
        "button": _("Note it"),
        "why": WHY,
        "back_to_disputes": True,
    }
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, dispute_id: UUID) -> HttpResponse:
    """Note that somebody withdraws their objection."""
    objection = objection_to_take_back(actor=request.actor, dispute_id=dispute_id)
    now = timezone.now()
    form = forms.TakeBackForm(request.POST or None, initial={"said_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_back_wish(actor=request.actor, at=now, dispute_id=dispute_id, **form.cleaned_data)
        except (WrongDisputeError, AlreadyDoneError) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("It is withdrawn. From the next run on, lists may name them again."))
            if permissions.may_handle(request.actor).allowed:
                return redirect("rights:disputes")
            return redirect("people:person", person_id=objection.person_id)
    shown = {
        "form": form,
        "title": _("They withdraw their objection"),
        "caption": objection.get_says_display(),
        "button": _("Note it"),
        "why": _("Lists may then name them again. What they said before is kept."),
        "person_id": objection.person_id,
        "back_to_disputes": permissions.may_handle(request.actor).allowed,
    }
    return render(request, "rights/form.jinja", shown, status=422 if form.errors else 200)


def answer(request: MemberRequest, page: DisputePage) -> HttpResponse:
    """Show what somebody wants done with everything held about them, or answer it."""
    now = timezone.now()
    asked = Wish(page.dispute.says)
    form = forms.AnswerWishForm(
        request.POST or None,
        wish=asked,
        speaks=page.speaks,
        told=bool(page.told),
        initial={"told_on": timezone.localdate(now)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = commands.answer_wish(
                actor=request.actor, at=now, dispute_id=page.dispute.id, **form.cleaned_data
            )
        except NoAnswerError as lacking:
            for name, words in lacking.fields.items():
                form.add_error(name, words)
        except AlreadyDoneError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _followed(asked, form.cleaned_data["outcome"], count, page))
            return redirect("rights:disputes")
    shown = {
        "shown": dispute_shown(page, timezone.localdate(now)),
        "form": form,
        "reaches_runs": reach_runs(area_pack()),
    }
    return render(request, "rights/dispute.jinja", shown, status=422 if form.errors else 200)


def _noted(request: MemberRequest, form: forms.WishForm, person_id: UUID, given: dict[str, Any]) -> bool:
    try:
        commands.note_wish(actor=request.actor, at=timezone.now(), person_id=person_id, **given)
    except (WrongDisputeError, AlreadyDoneError) as wrong:
        form.add_error(None, str(wrong))
        return False
    messages.success(
        request, _("It has been passed on. Tell the person they will have an answer within a month.")
    )
    return True


def _followed(asked: Wish, outcome: str, count: int, page: DisputePage) -> str:
    if outcome == "refused":
        return _("It has been answered.")
    if asked in OBJECTIONS:
        return _(
            "It has been answered. Lists leave them out, and %(count)s of their flags were withdrawn."
        ) % {"count": count}
    done = _(
        "It has been answered, and is among the records past their time for somebody to confirm. "
        "Told now: %(count)s."
    ) % {"count": count}
    others = sorted({each.organisation for each in page.told_otherwise})
    if not others:
        return done
    return f"{done} {_('Tell these yourself: %(names)s.') % {'names': ', '.join(others)}}"
