"""How a conversation ends: services from the directory, what came of it, a last look before it is sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.messages import with_link
from alongside.casework.design.searches import keep_search, kept_search
from alongside.casework.directory import forms as directory_forms
from alongside.casework.directory import presenters as directory_presenters
from alongside.casework.directory import queries as directory
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.outreach import forms
from alongside.casework.outreach.commands import signposting, talking
from alongside.casework.outreach.presenters import meanwhile, talks
from alongside.casework.outreach.presenters.died import died_in_words
from alongside.casework.outreach.presenters.not_theirs import not_theirs
from alongside.casework.outreach.queries import lists
from alongside.casework.outreach.queries.pages import ConversationPage, conversation_page
from alongside.casework.outreach.rules import AGREES
from alongside.casework.outreach.views.answering import form_page, kept, lines_of, opened_of, refusal_of
from alongside.casework.outreach.views.asking import against_their_wish, asked_of

END = "the-end"
"""Where a search for services came from, if not from a theme; no theme has a hyphen in its code."""
_FIELDS = forms.FinishForm.base_fields
_IN_WORDS = (
    "next_steps", "service_name", "service_telephone", "advice", "refer_why", "why_not_safe", "concern",
    "why_worry_not_safe",
)  # fmt: skip
"""What is written about how a conversation ends, and not only chosen."""


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """What came of it. Looking for a service, and a referral before it is sent, keep all of it first."""
    page = conversation_page(actor=request.actor, conversation_id=conversation_id)
    form, finding, dropped = _finish_form(request, page), "find" in request.POST, request.POST.get("drop")
    told, opened = _written(request, form), _opened(request)
    ends = not finding and not dropped
    if request.method == "POST" and (both := meanwhile.ending_beside(form, page, told, opened, ends=ends)):
        again = forms.FinishForm(initial=both.initial, organisations=_organisations(request))
        shown = {"form": both.told_in(again), "clash": both, **_shown(page)}
        return render(request, "outreach/end.jinja", shown, status=409)
    refers = request.method == "POST" and not page.person.has_died and form.is_valid() and form.refers_to()
    if finding or dropped or refers:
        refusal = _keep(request, conversation_id, told, opened)
        if refusal:
            form.add_error(None, refusal)
            return render(request, "outreach/end.jinja", {"form": form, **_shown(page)}, status=422)
        if finding:
            return redirect("outreach:find", conversation_id=conversation_id, back=END)
        if dropped:
            return _drop(request, conversation_id, _as_id(dropped))
        return redirect("outreach:end_check", conversation_id=conversation_id)

    def act(_cleaned: dict[str, Any]) -> HttpResponse:
        return _finish(request, page, form, told, opened)

    return form_page(request, form, act, template="outreach/end.jinja", **_shown(page))


@require_http_methods(["GET", "POST"])
def end_check(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """A last look at a referral, with what the organisation does; then it is sent, and the talk ends.

    For somebody who has died nothing is to be sent: the talk ends without it.
    """
    page = conversation_page(actor=request.actor, conversation_id=conversation_id)
    form = forms.FinishForm(
        page.talk.ending, organisations=_organisations(request), died=page.person.has_died
    )
    nothing_to_send = page.person.has_died and request.method == "GET"
    if nothing_to_send or not form.is_valid() or not (asked := form.refers_to()):
        return redirect("outreach:end", conversation_id=conversation_id)
    refusal, against = "", {}
    if request.method == "POST":
        opened = _opened(request)
        seen = {name: words[0] for name, words in opened.items()}  # nothing else can be changed on this page
        try:
            return _finish(request, page, form, seen, opened)
        except (NotFoundError, NotAllowedError):
            raise
        except CaseworkError as error:
            refusal = str(error)
            against = against_their_wish(request, error, words=form.cleaned_data["refer_why"])
    given = {"sent": form.cleaned_data, "asked": asked_of(request, asked), "refusal": refusal} | against
    given |= {"agrees": AGREES, "soon": dict(forms.PRIORITIES)}
    return render(request, "outreach/end_check.jinja", given | _shown(page))


@require_POST
def keep(request: MemberRequest, conversation_id: UUID) -> HttpResponse:
    """Keep one field of the ending while somebody writes; the answer is JSON."""
    name = request.POST.get("prompt", "")
    if name not in forms.FinishForm.base_fields:
        raise NotFoundError(_("There is no such field."))
    told = {name: lines_of(request.POST.get("words", ""))}
    return kept(lambda: _keep(request, conversation_id, told, _opened(request)))


@require_http_methods(["GET", "POST"])
def find(request: MemberRequest, conversation_id: UUID, back: str) -> HttpResponse:
    """Look for a service. It is posted: an age and a place in a web address would stay in logs.

    What it finds is another page, so that the reader can come back to it from a service.
    """
    actor, at = request.actor, timezone.now()
    page = conversation_page(actor=actor, conversation_id=conversation_id)
    _where(page, back)
    begun_with = talks.looked_for(page.person, timezone.localdate(at))
    needs = directory.needs(actor=actor)
    sent = request.POST if request.method == "POST" else kept_search(request)
    form = directory_forms.SearchForm(sent, needs=needs, initial=begun_with)
    results = None
    if form.is_valid():
        if request.method == "POST":
            return redirect(keep_search(request))
        asked = form.asked() | {"page": directory_forms.PageForm(sent).asked()}
        found = directory.search_services(actor=actor, at=at, **asked)
        timed = bool(asked["running_on"] or asked["running_at"])
        results = directory_presenters.results_shown(found, at, asked_for_a_time=timed)
    given = {"form": form, "results": results, "back": back, "back_to": _address(page, back)}
    return render(request, "outreach/find.jinja", given | _shown(page))


@require_POST
def choose(request: MemberRequest, conversation_id: UUID, back: str) -> HttpResponse:
    """Point the person to a service that was found, and go back to where the talk was."""
    actor, at = request.actor, timezone.now()
    page = conversation_page(actor=actor, conversation_id=conversation_id)
    to = _where(page, back)
    found = directory.service_page(actor=actor, at=at, service_id=_as_id(request.POST.get("service", "")))
    told = talks.as_told(directory_presenters.service_shown(found, at))
    try:
        signposting.choose_service(
            actor=actor,
            at=at,
            conversation_id=conversation_id,
            service=told,
            on_paper=request.POST.get("on_paper") == "yes",
        )
        said = _("%(service)s is saved as a service you pointed them to.") % {"service": told.name}
    except signposting.ChosenAlreadyError as already:
        said = str(already)
    messages.success(request, said, fail_silently=True)
    return to


def _drop(request: MemberRequest, conversation_id: UUID, outcome_id: UUID) -> HttpResponse:
    """Take a service off again."""
    signposting.drop_service(
        actor=request.actor, at=timezone.now(), conversation_id=conversation_id, outcome_id=outcome_id
    )
    return redirect("outreach:end", conversation_id=conversation_id)


def _finish_form(request: MemberRequest, page: ConversationPage) -> forms.FinishForm:
    return forms.FinishForm(
        request.POST or None,
        organisations=_organisations(request),
        initial=page.talk.ending,
        died=page.person.has_died,
    )


def _organisations(request: MemberRequest) -> list[tuple[str, str]]:
    return [(str(each.id), each.name) for each in lists.other_organisations(actor=request.actor)]


def _finish(
    request: MemberRequest,
    page: ConversationPage,
    form: forms.FinishForm,
    told: dict[str, str],
    opened: dict[str, list[str]],
) -> HttpResponse:
    talking.finish_conversation(
        actor=request.actor,
        at=timezone.now(),
        conversation_id=page.talk.id,
        came=form.came(),
        next_steps=form.cleaned_data["next_steps"],
        told=told,
        opened=opened,
    )
    to_keep = reverse("outreach:next_steps", kwargs={"conversation_id": page.talk.id})
    said: str = with_link(_("The conversation is finished."), href=to_keep, link=_("Give them this page"))
    if page.person.has_died:
        said = _(
            "The conversation is finished. It is recorded that this person has died, so nobody was referred. "
            "What you wrote is kept on this page."
        )
    messages.success(request, said, fail_silently=True)
    return redirect("outreach:item", item_id=page.talk.item_id)


def _written(request: MemberRequest, form: forms.FinishForm) -> dict[str, str]:
    """Everything sent about the ending, as it was written; a box that is not ticked is empty."""
    return {name: lines_of(request.POST.get(name, "")) for name in form.fields}


def _opened(request: MemberRequest) -> dict[str, list[str]]:
    """What the page had in each box of the ending; a box it does not say is not there."""
    every = {name: opened_of(request, name) for name in forms.FinishForm.base_fields}
    return {name: words for name, words in every.items() if words}


def _keep(
    request: MemberRequest, conversation_id: UUID, told: dict[str, str], opened: dict[str, list[str]]
) -> str:
    """Keep it; return why it was not kept, or an empty string."""
    return refusal_of(
        lambda: signposting.keep_ending(
            actor=request.actor,
            at=timezone.now(),
            conversation_id=conversation_id,
            told=told,
            opened=opened,
        ),
        already=signposting.EndingKeptError,
    )


def _shown(page: ConversationPage) -> dict[str, Any]:
    return {
        "conversation_id": page.talk.id,
        "died": died_in_words(page.person),
        "before": page.talk.guide_words["sections"][-1]["code"],
        "after": page.talk.guide_words["after"],
        "services": talks.services_shown(page.services),
        "noticed": talks.noticed(page),
        "not_theirs": not_theirs(page, {name: str(_FIELDS[name].label) for name in _IN_WORDS}),
        "opened": {name: page.talk.ending.get(name, "") for name in forms.FinishForm.base_fields},
    }


def _where(page: ConversationPage, back: str) -> HttpResponse:
    """Return the way back to where a search came from.

    Raises:
        NotFoundError: the conversation has no such theme.
    """
    if back == END:
        return redirect("outreach:end", conversation_id=page.talk.id)
    if back not in {section["code"] for section in page.talk.guide_words["sections"]}:
        raise NotFoundError(_("There is no such part of this conversation."))
    return redirect("outreach:theme", conversation_id=page.talk.id, code=back)


def _address(page: ConversationPage, back: str) -> str:
    return _where(page, back)["Location"]


def _as_id(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise NotFoundError(_("There is no such service.")) from None
