"""A conversation, one theme a screen; keeping answers; the page the person keeps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach import forms, permissions
from alongside.casework.outreach.commands import talking
from alongside.casework.outreach.presenters import meanwhile, talks
from alongside.casework.outreach.presenters.died import died_in_words
from alongside.casework.outreach.presenters.reading import reading
from alongside.casework.outreach.queries.pages import (
    ConversationPage,
    conversation_page,
    form_about_item,
    next_steps_page,
)
from alongside.casework.outreach.views.answering import form_page, kept, lines_of, opened_of, refusal_of
from alongside.casework.people.presenters.whole import addresses_in_words


@require_http_methods(["GET", "POST"])
def begin(request: MemberRequest, item_id: UUID) -> HttpResponse:
    """Begin a conversation using one of the area's guides: the first, where none is named."""
    guides = area_pack().conversations
    named = request.POST.get("guide") or next(iter(guides), "")
    if named not in guides:
        raise NotFoundError(_("The area pack has no such guide for a conversation."))
    if request.method == "GET":
        name = form_about_item(actor=request.actor, item_id=item_id, may=permissions.may_hold_conversation)
        shown = {"guides": list(guides.values()), "item_id": item_id, "name": name}
        return render(request, "outreach/guides.jinja", shown)
    begun = talking.begin_conversation(
        actor=request.actor,
        at=timezone.now(),
        item_id=item_id,
        guide=named,
        guide_words=talking.guide_as_kept(guides[named]),
    )
    return redirect("outreach:danger", conversation_id=begun.id)


@require_http_methods(["GET", "POST"])
def danger(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Whether somebody is in immediate danger: the first screen, and one tap away from every other."""
    actor = request.actor
    page = conversation_page(actor=actor, conversation_id=conversation_id)

    def act(told: dict[str, Any]) -> HttpResponse:
        yes = told["danger"] == "yes"
        talking.note_danger(actor=actor, at=timezone.now(), conversation_id=conversation_id, danger=yes)
        if yes:
            return redirect("outreach:call_now", conversation_id=conversation_id)
        first = page.talk.guide_words["sections"][0]["code"]
        return redirect("outreach:theme", conversation_id=conversation_id, code=first)

    form = forms.DangerForm(request.POST or None)
    shown = {
        "before": page.talk.guide_words["before"],
        "describes": talks.describes(page),
        "died": died_in_words(page.person),
        "item_id": page.talk.item_id,
    }
    return form_page(request, form, act, template="outreach/danger.jinja", **shown)


@require_safe
def call_now(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Whom to call, who the person is and where they live: an ambulance asks."""
    page = conversation_page(actor=request.actor, conversation_id=conversation_id)
    shown = {
        "conversation_id": conversation_id,
        "name": page.person.first("full_name") or page.person.head.known_as,
        "addresses": addresses_in_words(page.person),
        "died": died_in_words(page.person),
        "is_raised": page.talk.danger_said_at is not None,
    }
    return render(request, "outreach/call_now.jinja", shown)


@require_http_methods(["GET", "POST"])
def theme(request: MemberRequest, conversation_id: UUID, code: str) -> HttpResponse:
    """One theme. Sending it keeps every answer on it, and goes on."""
    actor = request.actor
    page = conversation_page(actor=actor, conversation_id=conversation_id)
    shown = _theme(page, code)
    sent, opened, refused = {}, {}, {}
    if request.method == "POST":
        for prompt in shown.prompts:
            words = _sent(request, prompt)
            if words is None:
                continue
            sent[prompt.code], opened[prompt.code] = words, opened_of(request, prompt.code)
            if refusal := _keep(request, conversation_id, prompt.code, words, opened[prompt.code]):
                refused[prompt.code] = refusal
        if not refused:
            if "find" in request.POST:
                return redirect("outreach:find", conversation_id=conversation_id, back=code)
            if shown.after:
                return redirect("outreach:theme", conversation_id=conversation_id, code=shown.after)
            return redirect("outreach:end", conversation_id=conversation_id)
        # as it stands now: what could be kept is, and others may have written meanwhile
        page = conversation_page(actor=actor, conversation_id=conversation_id)
        shown = _theme(page, code)
    both = meanwhile.answers_beside(shown, sent, opened)
    context = {
        "theme": shown,
        "conversation_id": conversation_id,
        "item_id": page.talk.item_id,
        "errors": refused | both.said_at if both else refused,
        "written": {name: sent[name] for name in refused},
        "clash": both,
        "services": talks.services_shown(page.services),
        "died": died_in_words(page.person),
    }
    return render(request, "outreach/theme.jinja", context, status=409 if both else 422 if refused else 200)


@require_POST
def answer(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Keep one answer while somebody writes; the answer is JSON."""
    words, prompt = lines_of(request.POST.get("words", "")), request.POST.get("prompt", "")
    return kept(lambda: _keep(request, conversation_id, prompt, words, opened_of(request, prompt)))


@require_safe
def talk(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """A conversation to be read, by whoever may read the item it is about."""
    page = conversation_page(actor=request.actor, conversation_id=conversation_id)
    died = died_in_words(page.person)
    shown = {"talk": reading(page), "conversation_id": conversation_id, "died": died}
    return render(request, "outreach/talk.jinja", shown)


@require_safe
def next_steps(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """The page the person keeps."""
    page = next_steps_page(actor=request.actor, conversation_id=conversation_id)
    died = died_in_words(page.known)
    shown = {"page": talks.steps_shown(page), "item_id": page.talk.item_id, "died": died}
    return render(request, "outreach/next_steps.jinja", shown | {"exit_to": settings.EXIT_TO})


def _theme(page: ConversationPage, code: str) -> talks.Theme:
    shown = next((each for each in talks.themes(page) if each.code == code), None)
    if shown is None:
        raise NotFoundError(_("There is no such part of this conversation."))
    return shown


def _sent(request: MemberRequest, prompt: talks.Prompt) -> str | None:
    """Return what was sent for a prompt; None where nothing was. No ticked signs are an empty answer."""
    name = f"answer-{prompt.code}"
    if prompt.several:
        return "\n".join(request.POST.getlist(name))
    words = request.POST.get(name)
    return None if words is None or not prompt.takes_answer else lines_of(words)


def _keep(
    request: MemberRequest, conversation_id: UUID, prompt: str, words: str, opened: Sequence[str]
) -> str:
    """Keep an answer; return why it was not kept, or an empty string."""
    return refusal_of(
        lambda: talking.autosave_answer(
            actor=request.actor,
            at=timezone.now(),
            conversation_id=conversation_id,
            prompt=prompt,
            words=words,
            opened=opened,
        ),
        already=talking.NothingNewError,
    )
