"""One item, and everything that can be done on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision, require
from alongside.casework.accounts.queries import skills_here
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import NoLongerSeenError
from alongside.casework.outreach import forms, permissions, presenters
from alongside.casework.outreach.commands import distributing, giving, needing, working
from alongside.casework.outreach.presenters.covering import lacking
from alongside.casework.outreach.presenters.later import also_listed, later_shown
from alongside.casework.outreach.presenters.whose_record import asked_of
from alongside.casework.outreach.queries import lists
from alongside.casework.outreach.queries.pages import form_about_item, item_page, skills_needed
from alongside.casework.outreach.queries.whose_record import records_asked_about
from alongside.casework.outreach.rules import (
    Result,
    Verdict,
)
from alongside.casework.outreach.views.answering import form_page

May = Callable[[Actor, Any], Decision]


@require_safe
def item(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """The page of an item."""
    at = timezone.now()
    page = item_page(actor=request.actor, item_id=item_id, at=at)
    later = {"later": later_shown(page, at), "also_listed": also_listed(page, at)}
    lacks = "" if page.person.has_died else lacking(page.item, request.actor)
    shown = {"item": presenters.item_shown(page), "person": page.person, "lacking": lacks} | later
    return render(request, "outreach/item.jinja", shown)


@require_http_methods(["GET", "POST"])
def judge(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Say what the reader thinks of the flag, with its reasons above."""
    actor, at = request.actor, timezone.now()
    page = item_page(actor=actor, item_id=item_id, at=at)
    if request.method == "GET":
        require(permissions.may_work(actor, page.item))

    def act(told: dict[str, Any]) -> HttpResponse:
        verdict = Verdict(told["verdict"])
        working.judge_item(actor=actor, at=at, item_id=item_id, verdict=verdict, why=told["why"])
        return redirect("outreach:item", item_id=item_id)

    form = forms.JudgeForm(request.POST or None)
    shown = presenters.item_shown(page)
    return form_page(request, form, act, template="outreach/judge.jinja", item=shown)


@require_http_methods(["GET", "POST"])
def attempt(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Note a try to get in touch."""

    def act(told: dict[str, Any]) -> HttpResponse:
        given, at = told | {"result": Result(told["result"])}, timezone.now()
        working.record_attempt(actor=request.actor, at=at, item_id=item_id, **given)
        if given["result"] == Result.WRONG_PERSON:
            for each in records_asked_about(actor=request.actor, item_id=item_id, at=at):
                messages.info(request, asked_of(each), fail_silently=True)
        return redirect("outreach:item", item_id=item_id)

    form = forms.AttemptForm(request.POST or None)
    return _of_item(
        request, item_id, form, act, _("You tried to get in touch"), _("Save"), permissions.may_work
    )


@require_http_methods(["GET", "POST"])
def note(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Add a note."""
    return _words(request, item_id, working.add_note, "words", _("Add a note"), _("Your note"))


@require_http_methods(["GET", "POST"])
def put_back(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Put an item back."""
    return _words(request, item_id, working.put_back, "why", _("Put it back"), _("Why?"))


@require_http_methods(["GET", "POST"])
def finish(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """End an item."""
    return _words(request, item_id, working.finish_item, "words", _("Finish"), _("What came of it?"))


@require_http_methods(["GET", "POST"])
def prioritise(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Say how soon it should be."""

    def act(told: dict[str, Any]) -> HttpResponse:
        distributing.prioritise_item(actor=request.actor, at=timezone.now(), item_id=item_id, **told)
        return redirect("outreach:item", item_id=item_id)

    return _of_item(
        request,
        item_id,
        forms.PriorityForm(request.POST or None),
        act,
        _("How soon?"),
        _("Save"),
        lambda actor, _item: permissions.may_raise(actor),
    )


@require_http_methods(["GET", "POST"])
def need(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Say what whoever contacts the person must be able to do."""
    actor = request.actor

    def act(told: dict[str, Any]) -> HttpResponse:
        needing.say_skills_needed(actor=actor, at=timezone.now(), item_id=item_id, **told)
        return redirect("outreach:item", item_id=item_id)

    here = skills_here(actor.member_of, on=timezone.localdate())
    needed = skills_needed(actor=actor, item_id=item_id)
    form = forms.SkillsForm(request.POST or None, skills=sorted({*here, *needed}), initial={"skills": needed})
    return _of_item(
        request,
        item_id,
        form,
        act,
        _("What they need"),
        _("Save"),
        lambda actor, _item: permissions.may_raise(actor),
    )


@require_http_methods(["GET", "POST"])
def assign(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Give an item to a member."""
    actor, at = request.actor, timezone.now()

    def act(told: dict[str, Any]) -> HttpResponse:
        giving.assign_item(actor=actor, at=at, item_id=item_id, member_id=told["member"])
        return redirect("outreach:item", item_id=item_id)

    form = forms.MemberForm(request.POST or None, members=_members(actor), reason=False)
    return _of_item(
        request,
        item_id,
        form,
        act,
        _("Give it to somebody"),
        _("Give"),
        lambda actor, _item: permissions.may_manage(actor),
    )


@require_POST
def take(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Take an item that nobody has."""
    giving.take_item(actor=request.actor, at=timezone.now(), item_id=item_id)
    messages.success(request, _("It is on your list."), fail_silently=True)
    return redirect("outreach:item", item_id=item_id)


@require_http_methods(["GET", "POST"])
def offer(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Ask another member to take an item over."""
    actor, at = request.actor, timezone.now()

    def act(told: dict[str, Any]) -> HttpResponse:
        giving.offer_item(actor=actor, at=at, item_id=item_id, member_id=told["member"], why=told["why"])
        return redirect("outreach:item", item_id=item_id)

    form = forms.MemberForm(request.POST or None, members=_members(actor))
    return _of_item(request, item_id, form, act, _("Hand it over"), _("Ask them"), permissions.may_work)


@require_http_methods(["GET", "POST"])
def answer_offer(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Take an item over, or not."""

    def act(told: dict[str, Any]) -> HttpResponse:
        accepted = told["accepted"] == "yes"
        giving.answer_hand_over(
            actor=request.actor, at=timezone.now(), item_id=item_id, accepted=accepted, why=told["why"]
        )
        return redirect("outreach:mine")

    form = forms.HandOverAnswerForm(request.POST or None)
    title = _("You have been asked to take this over")
    return _of_item(request, item_id, form, act, title, _("Answer"), None)


def _words(
    request: MemberRequest, item_id: UUID, command: Callable[..., Any], name: str, title: str, label: str
) -> HttpResponse:
    def act(told: dict[str, Any]) -> HttpResponse:
        command(actor=request.actor, at=timezone.now(), item_id=item_id, **{name: told["words"]})
        # what was put back or finished may no longer be the reader's to see
        return redirect("outreach:mine") if name == "why" else _item_or_list(request, item_id)

    form = forms.WhyForm(request.POST or None, label=label)
    return _of_item(request, item_id, form, act, title, title, permissions.may_work)


def _item_or_list(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Go back to an item, or, where it has closed for the reader, to their list, saying so."""
    try:
        form_about_item(actor=request.actor, item_id=item_id)
    except NoLongerSeenError as closed:
        messages.info(request, str(closed), fail_silently=True)
        return redirect("outreach:mine")
    return redirect("outreach:item", item_id=item_id)


def _of_item(
    request: MemberRequest,
    item_id: UUID,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], HttpResponse],
    title: str,
    button: str,
    may: May | None,
) -> HttpResponse:
    """A page with one form about an item the reader may see.

    It is not shown where what it is for would be refused (``may``); once it is sent the command says so, with
    what was written still in the form.
    """
    name = form_about_item(actor=request.actor, item_id=item_id, may=may if request.method == "GET" else None)
    return form_page(request, form, act, title=title, button=button, item_id=item_id, name=name)


def _members(actor: Actor) -> list[tuple[str, str]]:
    found = lists.colleagues(actor=actor, at=timezone.now())
    return [(str(each), f"{name}, {team}" if team else name) for each, name, team in found]
