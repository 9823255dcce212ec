"""Referrals to the reader's organisation and from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.outreach import forms
from alongside.casework.outreach.commands import referring
from alongside.casework.outreach.commands.taking_back import take_referral_back
from alongside.casework.outreach.presenters.died import HAS_DIED
from alongside.casework.outreach.presenters.referrals import referral_shown
from alongside.casework.outreach.queries import pages
from alongside.casework.outreach.queries.taking_back import referral_to_take_back
from alongside.casework.outreach.views.answering import form_page


@require_safe
def referrals(request: MemberRequest) -> HttpResponse:
    """Show them: what waits comes first."""
    page = pages.referrals_page(actor=request.actor, at=timezone.now(), to_us_from=begins_at(request))
    shown: dict[str, Any] = {
        "managed": page.managed,
        "to_us": [referral_shown(each, ours=False, died=each.id in page.died) for each in page.to_us.rows],
        "count_to_us": page.to_us.count,
        "paging": paging(page.to_us.passed_over, at_once=pages.REFERRALS_SHOWN, count=page.to_us.count),
        "taken_back": [referral_shown(each, ours=False) for each in page.taken_back],
        "from_us": [
            referral_shown(
                each, ours=True, died=each.id in page.died, may_take_back=each.id in page.may_take_back
            )
            for each in page.from_us.rows
        ],
        "count_from_us": page.from_us.count,
    }
    return render(request, "outreach/referrals.jinja", shown)


@require_POST
def accept(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Accept a referral, for the reader or for the team they belong to, if they belong to just one."""
    actor = request.actor
    team_id = next(iter(actor.team_ids)) if len(actor.team_ids) == 1 else None
    made = referring.accept_referral(
        actor=actor,
        at=timezone.now(),
        referral_id=referral_id,
        team_id=team_id,
        take=request.POST.get("take") == "yes",
    )
    own = made.assigned_to is not None and made.assigned_to.user_id == actor.user_id
    ours = _("You accepted. It is on your organisation's list.")
    messages.success(request, _("You accepted. It is on your list.") if own else ours, fail_silently=True)
    if own or made.team_id in actor.team_ids:
        return redirect("outreach:item", item_id=made.id)
    return redirect("outreach:referrals")


@require_http_methods(["GET", "POST"])
def decline(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Say no, why, and where else."""
    asked, died = pages.referral_to_us(actor=request.actor, referral_id=referral_id)

    def act(told: dict[str, Any]) -> HttpResponse:
        referring.decline_referral(actor=request.actor, at=timezone.now(), referral_id=referral_id, **told)
        return redirect("outreach:referrals")

    initial = (
        {"why": f"{HAS_DIED}.", "other_route": _("Nobody needs to look for another way.")} if died else {}
    )
    form = forms.DeclineForm(request.POST or None, initial=initial)
    return form_page(
        request, form, act, title=_("Decline a referral"), button=_("Decline"), **_of(asked.who, died)
    )


@require_http_methods(["GET", "POST"])
def complete(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Say what was done."""
    asked, died = pages.referral_to_us(actor=request.actor, referral_id=referral_id)

    def act(told: dict[str, Any]) -> HttpResponse:
        referring.complete_referral(actor=request.actor, at=timezone.now(), referral_id=referral_id, **told)
        return redirect("outreach:referrals")

    form = forms.CompleteForm(request.POST or None)
    return form_page(
        request, form, act, title=_("Say what was done"), button=_("Save"), **_of(asked.who, died)
    )


@require_http_methods(["GET", "POST"])
def take_back(request: MemberRequest, referral_id: UUID) -> HttpResponse:
    """Take back a referral that nobody has answered."""
    asked, died = referral_to_take_back(actor=request.actor, referral_id=referral_id)

    def act(told: dict[str, Any]) -> HttpResponse:
        take_referral_back(actor=request.actor, at=timezone.now(), referral_id=referral_id, **told)
        said = (
            _("Your referral to %(organisation)s is taken back. They are told, but not why.")
            if told["cannot_say"]
            else _("Your referral to %(organisation)s is taken back. They are told, and read why.")
        )
        said %= {"organisation": asked.to_organisation.name}
        messages.success(request, said, fail_silently=True)
        return redirect("outreach:referrals")

    form = forms.TakeBackForm(request.POST or None)
    title = _("Take back your referral to %(organisation)s") % {"organisation": asked.to_organisation.name}
    return form_page(request, form, act, title=title, button=_("Take it back"), **_of(asked.who, died))


def _of(who: str, died: bool) -> dict[str, Any]:
    """Return who a form is about, whether they have died, and the way back."""
    back = {"back": _("Referrals"), "back_to": reverse("outreach:referrals")}
    return {"name": who, "died": [HAS_DIED] if died else []} | back
