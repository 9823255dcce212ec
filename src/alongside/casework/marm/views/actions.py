"""Actions: of a case, the member's own, and a single one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.kernel.errors import StaleError
from alongside.casework.marm.commands import actions as commands
from alongside.casework.marm.forms import actions as forms
from alongside.casework.marm.presenters import actions as presenters
from alongside.casework.marm.queries import actions as queries


@require_safe
def actions(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show the actions of a case, late ones first."""
    page = queries.actions_page(actor=request.actor, case_id=case_id, begins=begins_at(request))
    shown = {
        "page": presenters.actions_shown(page, timezone.localdate()),
        "paging": paging(page.passed_over, at_once=queries.ACTIONS_AT_ONCE, count=page.count),
    }
    return render(request, "marm/actions.jinja", shown)


@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show the member's own actions in all cases."""
    found = queries.my_actions(actor=request.actor)
    shown = {"actions": presenters.own_actions_shown(found, timezone.localdate())}
    return render(request, "marm/actions_mine.jinja", shown)


@require_safe
def action(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """Show one action with its history, and those that may be the same."""
    page = queries.action_page(actor=request.actor, action_id=action_id)
    return render(request, "marm/action.jinja", {"page": presenters.action_shown(page, timezone.localdate())})


@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Add an action."""
    today = timezone.localdate()
    found = queries.to_plan(actor=request.actor, case_id=case_id, day=today)
    form = forms.PlanForm(
        request.POST or None, members=found.members, today=today, initial={"wanted": found.case.wanted}
    )
    if request.method == "POST" and form.is_valid():
        made = commands.plan_action(
            actor=request.actor, at=timezone.now(), case_id=case_id, planned=form.planned(),
            membership_id=UUID(form.cleaned_data["member"]),
        )  # fmt: skip
        messages.success(request, _("The action has been added"))
        return redirect("marm:action", action_id=made.id)
    shown = {"form": form, "case_id": case_id, "known_as": found.case.person.goes_by}
    return render(request, "marm/action_form.jinja", shown, status=422 if form.errors else 200)


@require_POST
def accept(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """Accept an action."""
    commands.accept_action(actor=request.actor, at=timezone.now(), action_id=action_id)
    messages.success(request, _("The action is yours now"))
    return redirect("marm:action", action_id=action_id)


@require_http_methods(["GET", "POST"])
def stands(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """Update an action. Nothing typed is lost if somebody else updated it meanwhile."""
    found, today = queries.action_to_update(actor=request.actor, action_id=action_id), timezone.localdate()
    opened = {"opened_version": found.version, "agrees": found.agrees, "review": max(found.review, today)}
    form = forms.StandsForm(request.POST or None, today=today, initial=opened)
    shown = {"form": form, "action": found, "known_as": found.case.person.goes_by}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.note_where_it_stands(
                actor=request.actor, at=timezone.now(), action_id=action_id, stands=form.stands(),
                opened_version=form.cleaned_data["opened_version"],
            )  # fmt: skip
        except StaleError as stale:
            opened_version = form.cleaned_data["opened_version"]
            theirs = queries.updates_since(actor=request.actor, action_id=action_id, version=opened_version)
            again = form.cleaned_data | {"opened_version": found.version}
            shown |= {
                "form": forms.StandsForm(today=today, initial=again), "stale": str(stale),
                "theirs": presenters.updates_shown(theirs),
            }  # fmt: skip
            status = 409
        else:
            messages.success(request, _("The action has been updated"))
            return redirect("marm:action", action_id=action_id)
    return render(request, "marm/action_stands_form.jinja", shown, status=status)


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, action_id: UUID) -> HttpResponse:
    """Hand an action to somebody else."""
    found = queries.action_to_update(actor=request.actor, action_id=action_id)
    members = queries.to_plan(actor=request.actor, case_id=found.case_id, day=timezone.localdate()).members
    form = forms.HandOverForm(request.POST or None, members=members)
    if request.method == "POST" and form.is_valid():
        commands.hand_action_over(
            actor=request.actor, at=timezone.now(), action_id=action_id, why=form.cleaned_data["why"],
            membership_id=UUID(form.cleaned_data["member"]),
        )  # fmt: skip
        messages.success(request, _("The action has been handed over"))
        return redirect("marm:action", action_id=action_id)
    shown = {"form": form, "action": found, "known_as": found.case.person.goes_by}
    return render(request, "marm/action_hand_over_form.jinja", shown, status=422 if form.errors else 200)
