"""Decisions about sharing as they stand, the second look, and what the person says later."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.sharing import permissions
from alongside.casework.sharing.commands import decisions as commands
from alongside.casework.sharing.commands import drafts as drafting
from alongside.casework.sharing.commands import looking
from alongside.casework.sharing.forms import decisions as asked
from alongside.casework.sharing.presenters.decisions import decision_shown, request_line
from alongside.casework.sharing.presenters.drafts import advice_shown
from alongside.casework.sharing.presenters.second import who_in_words
from alongside.casework.sharing.queries import decisions as reads
from alongside.casework.sharing.queries.advised import advice_on, came_after
from alongside.casework.sharing.queries.drafts import asked_of_us, own_drafts
from alongside.casework.sharing.queries.second import waits_for_second, who_looks_second
from alongside.casework.sharing.rules.steps import Step
from alongside.casework.sharing.views.refusing import say_refused


@require_safe
def decisions(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Show what was decided about sharing something about a person."""
    actor = request.actor
    page = reads.decisions_page(actor=actor, person_id=person_id)
    may_decide = permissions.may_decide(actor).allowed
    drafts = own_drafts(actor=actor, person_id=page.person.id) if may_decide else []
    waiting = asked_of_us(actor=actor, person_id=page.person.id) if may_decide else []
    shown = {
        "person_id": page.person.id,
        "known_as": page.person.known_as,
        "decisions": [decision_shown(each) for each in page.decisions],
        "ours": {str(each.id) for each in page.decisions if each.organisation_id == actor.member_of},
        "drafts": [str(each.id) for each in drafts],
        "requests": [request_line(each) for each in waiting],
        "may_decide": may_decide,
    }
    return render(request, "sharing/decisions.jinja", shown)


@require_safe
def decision(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Show one decision in full."""
    return render(request, "sharing/decision.jinja", _read(request, decision_id))


@require_http_methods(["GET", "POST"])
def look_second(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Give a second person's view on sharing against a person's wishes."""
    shown = _read(request, decision_id)
    form = asked.SecondLookForm(request.POST or None, emergency=shown["decision"].emergency)
    if request.method == "POST" and form.is_valid():
        try:
            commands.look_second(
                actor=request.actor,
                at=timezone.now(),
                decision_id=decision_id,
                agreed=form.cleaned_data["agreed"] == "yes",
                words=form.cleaned_data["words"],
            )
        except (commands.NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(request, _("What you said is kept with the decision."))
            return redirect("sharing:decision", decision_id=decision_id)
    shown |= {"form": form}
    return render(request, "sharing/second_look.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def later_view(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Write down what the person says about it afterwards."""
    shown = _read(request, decision_id)
    form = asked.LaterViewForm(request.POST or None, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.write_down_later_view(
                actor=request.actor, at=timezone.now(), decision_id=decision_id, **form.cleaned_data
            )
        except (commands.NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(request, _("Their words are kept with the decision."))
            return redirect("sharing:decision", decision_id=decision_id)
    shown |= {"form": form}
    return render(request, "sharing/later_view.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def look_again(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Review a decision, and say that it stands; one that is not due is shown, before anything is typed."""
    shown = _read(request, decision_id)
    require(permissions.may_decide(request.actor))
    if request.method == "GET" and (why := shown["decision"].not_due):
        messages.info(request, why)
        return redirect("sharing:decision", decision_id=decision_id)
    form = asked.LookAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            looking.say_it_stands(
                actor=request.actor, at=timezone.now(), decision_id=decision_id, **form.cleaned_data
            )
        except (commands.NoDecisionError, AlreadyDoneError) as error:
            say_refused(form, error)
        else:
            messages.success(request, _("Your review is kept with the decision."))
            return redirect("sharing:decision", decision_id=decision_id)
    shown |= {"form": form}
    return render(request, "sharing/look_again.jinja", shown, status=422 if form.errors else 200)


@require_POST
def correct(request: MemberRequest, decision_id: UUID) -> HttpResponse:
    """Start a new decision that corrects a wrong one."""
    found = reads.decision_page(actor=request.actor, decision_id=decision_id)
    if later := found.corrections.all():
        messages.info(request, _("This later decision already corrects it. Correct this one instead."))
        return redirect("sharing:decision", decision_id=later[0].id)
    draft = drafting.begin_draft(
        actor=request.actor, at=timezone.now(), person_id=found.person_id, corrects=found.id
    )
    return redirect("sharing:step", draft_id=draft.id, step=Step.TO)


def _read(request: MemberRequest, decision_id: UUID) -> dict[str, Any]:
    found = reads.decision_page(actor=request.actor, decision_id=decision_id)
    advice = advice_on(actor=request.actor, decision=found)
    able = who_looks_second(actor=request.actor, decision=found, on=timezone.localdate())
    return {
        "decision": decision_shown(found, advised_since=came_after(found, advice)),
        "advice": [advice_shown(each) for each in advice],
        "may_decide": permissions.may_decide(request.actor).allowed,
        "second_by": who_in_words(able) if waits_for_second(found) else "",
        "may_look": permissions.may_look_second_at(request.actor, found).allowed,
    }
