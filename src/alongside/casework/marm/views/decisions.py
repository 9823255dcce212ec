"""Decisions: of a case, a single one, and recording one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.commands.deciding import keep_decision
from alongside.casework.marm.forms.decisions import PARTS, DecisionForm
from alongside.casework.marm.presenters.decisions import decision_shown, decisions_shown
from alongside.casework.marm.queries import decisions as queries
from alongside.casework.marm.queries.pack import marm_pack


@require_safe
def decisions(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show the decisions of a case, those overdue to be looked at again first."""
    page = queries.decisions_page(actor=request.actor, case_id=case_id)
    return render(request, "marm/decisions.jinja", {"page": decisions_shown(page, timezone.localdate())})


@require_safe
def decision(request: MemberRequest, case_decision_id: UUID) -> HttpResponse:
    """Show one whole decision."""
    page = queries.decision_page(actor=request.actor, decision_id=case_decision_id)
    return render(request, "marm/decision.jinja", {"page": decision_shown(page, timezone.localdate())})


@require_http_methods(["GET", "POST"])
def decide(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Record a new decision."""
    return _decide(request, case_id, None)


@require_http_methods(["GET", "POST"])
def decide_again(request: MemberRequest, case_id: UUID, case_decision_id: UUID) -> HttpResponse:
    """Record one that replaces another: the form starts with what was written then."""
    return _decide(request, case_id, case_decision_id)


def _decide(request: MemberRequest, case_id: UUID, follows_id: UUID | None) -> HttpResponse:
    found = queries.to_decide(actor=request.actor, case_id=case_id, follows_id=follows_id)
    form = DecisionForm(
        request.POST or None,
        agencies=found.agencies,
        capacity=[(each.id, f"{day_in_words(each.assessed_on)}: {each.decision}") for each in found.capacity],
        levers=marm_pack().legal_levers,
        today=timezone.localdate(),
        again=follows_id is not None,
        options=len(found.options),
        initial=_as_it_was(found),
    )
    shown = {"form": form, "case": found.case, "again": follows_id is not None}
    if form.changed:  # nothing is saved, and what was typed stays
        shown["changed"] = form.changes(found.left)
        return render(request, "marm/decision_form.jinja", shown, status=409)
    if request.method == "POST" and not form.adds and form.is_valid():
        made = keep_decision(
            actor=request.actor, at=timezone.now(), case_id=case_id, decided=form.asked(),
            follows_id=follows_id, follows_why=form.cleaned_data.get("follows_why", ""),
        )  # fmt: skip
        messages.success(request, _("The decision has been saved, with what each agency says"))
        return redirect("marm:decision", case_decision_id=made.id)
    return render(request, "marm/decision_form.jinja", shown, status=422 if form.errors else 200)


def _as_it_was(found: queries.ToDecide) -> dict[str, object]:
    """What the earlier decision said, for the form; the agencies say what they think afresh."""
    if found.follows is None:
        return {}
    names = [*DecisionForm.THE_PERSON, *DecisionForm.CAPACITY, *DecisionForm.WEIGHED, *DecisionForm.THE_REST]
    stood = {
        name: getattr(found.follows, name)
        for name in names
        if name not in ("chosen", "least_restrictive", "review_on")
    }
    options = {f"{part}_{each.number}": getattr(each, part) for each in found.options for part in PARTS}
    return stood | options | {"capacity_record": str(found.follows.capacity_record_id or "")}
