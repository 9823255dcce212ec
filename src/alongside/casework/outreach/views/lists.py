"""The reader's own list, a team's, and the manager's page."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.outreach import forms, presenters
from alongside.casework.outreach.commands.distributing import (
    NothingToDistributeError,
    distribute_released,
    raise_item,
)
from alongside.casework.outreach.commands.giving import LacksSkillError, cover_everything, plan_team_week
from alongside.casework.outreach.permissions import may_manage, may_tell_worries
from alongside.casework.outreach.presenters import managing
from alongside.casework.outreach.presenters.covering import own_card
from alongside.casework.outreach.queries import lists
from alongside.casework.outreach.views.answering import form_page
from alongside.casework.people.queries.forms import form_about


@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """The reader's own list."""
    actor, at = request.actor, timezone.now()
    mine = lists.my_list(actor=actor, at=at, items_from=begins_at(request))
    shown = {
        "count": mine.count,
        "paging": paging(mine.passed_over, at_once=lists.ITEMS_AT_ONCE, count=mine.count),
        "cards": [own_card(item, at, actor) for item in mine.items],
        "offered": [presenters.card(item, at, purpose=actor.purpose) for item in mine.offered],
        "teams": lists.teams_of(actor=actor),
        "may_tell_worries": may_tell_worries(actor).allowed,
        "may_manage": may_manage(actor).allowed,
    }
    return render(request, "outreach/mine.jinja", shown)


@require_safe
def team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """A team's list."""
    listed = lists.team_list(actor=request.actor, team_id=team_id, items_from=begins_at(request))
    shown = {
        "team": listed.team,
        "cards": presenters.team_cards(listed, timezone.now(), purpose=request.actor.purpose),
        "count": listed.count,
        "paging": paging(listed.passed_over, at_once=lists.ITEMS_AT_ONCE, count=listed.count),
        "room": listed.room,
        "may_manage": may_manage(request.actor).allowed,
    }
    return render(request, "outreach/team.jinja", shown)


@require_POST
def plan(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Give out a team's week, and say what is left waiting and why."""
    with suppress(NothingToDistributeError):  # first, what has been released since
        distribute_released(actor=request.actor, at=timezone.now())
    try:
        left = plan_team_week(actor=request.actor, at=timezone.now(), team_id=team_id).left
    except AlreadyDoneError as refusal:
        return render(request, "outreach/planned.jinja", {"team_id": team_id, "said": str(refusal)})
    reasons = sorted({(why, list(left.values()).count(why)) for why in left.values()})
    return render(request, "outreach/planned.jinja", {"team_id": team_id, "left": reasons})


@require_safe
def manager(request: MemberRequest) -> HttpResponse:
    """What a manager looks at."""
    actor, at = request.actor, timezone.now()
    page, rates = lists.manager_page(actor=actor, at=at), lists.agreement_rates(actor=actor)
    shown = {
        "page": page,
        "without_team": [presenters.card(item, at, purpose=actor.purpose) for item in page.without_team],
        "loads": managing.loads_shown(page.colleagues),
        "expired": managing.expired_shown(page.expired),
        "teams": [managing.rate_shown(name, rate) for name, rate in rates.teams],
        "members": [managing.rate_shown(name, rate) for name, rate in rates.members],
    }
    return render(request, "outreach/manager.jinja", shown)


@require_http_methods(["GET", "POST"])
def cover(request: MemberRequest) -> HttpResponse:
    """Give all the items of somebody who is away to somebody at work."""
    actor, at = request.actor, timezone.now()
    page = lists.manager_page(actor=actor, at=at)
    holding = sorted((each for each in page.colleagues if each.open_items), key=lambda each: not each.away)
    away, to = _named(holding), _named([each for each in page.colleagues if not each.away])
    form = forms.CoverForm(request.POST or None, away=away, to=to)

    def act(told: dict[str, Any]) -> HttpResponse:
        whose = {"away_id": told["away"], "to_id": told["to"]}
        try:
            moved = cover_everything(actor=actor, at=at, **whose)
        except LacksSkillError:
            if unsuited := lists.unsuited_items(actor=actor, **whose):
                raise LacksSkillError(managing.unsuited_shown(unsuited)) from None
            raise  # somebody has given it to another meanwhile
        messages.success(request, ngettext("%d item was moved", "%d items were moved", moved) % moved)
        return redirect("outreach:manager")

    return form_page(
        request,
        form,
        act,
        title=_("Somebody is away"),
        button=_("Move everything"),
        back=_("Managing the work"),
        back_to=reverse("outreach:manager"),
    )


@require_http_methods(["GET", "POST"])
def put_on_list(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Put a person on the list as a professional."""
    actor, form = request.actor, forms.PriorityForm(request.POST or None)
    name = form_about(actor=actor, permission=Permission.WORKLIST_WORK, person_id=person_id)

    def act(told: dict[str, Any]) -> HttpResponse:
        made = raise_item(
            actor=actor,
            at=timezone.now(),
            person_id=person_id,
            team_id=None,
            priority=told["priority"],
            why=told["why"],
        )
        own = made.assigned_to is not None and made.assigned_to.user_id == actor.user_id
        if own or made.team_id in actor.team_ids or may_manage(actor).allowed:
            return redirect("outreach:item", item_id=made.id)
        messages.success(
            request,
            _("%(name)s is on your organisation's list, but on no team's: a manager will see it.")
            % {"name": name},
            fail_silently=True,
        )
        return redirect("outreach:mine")

    return form_page(
        request,
        form,
        act,
        title=_("Put somebody on the list"),
        button=_("Put on the list"),
        back=_("Back to the person"),
        back_to=reverse("people:person", args=[person_id]),
        name=name,
    )


def _named(colleagues: list[lists.Colleague]) -> list[tuple[str, str]]:
    """Return colleagues to choose from, with how much each has."""
    away, here = _("%(name)s (away): %(number)s open"), _("%(name)s: %(number)s open")
    return [
        (
            str(each.membership_id),
            (away if each.away else here) % {"name": each.name, "number": each.open_items},
        )
        for each in colleagues
    ]
