"""Cases: asked for, answered, and as they stand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.navigation import beside
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.marm.commands import asking
from alongside.casework.marm.forms import cases as forms
from alongside.casework.marm.permissions import may_work_on_cases
from alongside.casework.marm.presenters.cases import (
    case_shown,
    cases_shown,
    criteria_changed,
    evidence_shown,
)
from alongside.casework.marm.queries import cases as queries
from alongside.casework.marm.queries.concerns import evidence_of
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.criteria import changes


@require_safe
def cases(request: MemberRequest) -> HttpResponse:
    """Show the cases that the reader's organisation takes part in."""
    page = queries.cases_page(actor=request.actor, at=timezone.now(), begins=begins_at(request))
    shown = {
        "page": cases_shown(page),
        "paging": paging(page.passed_over, at_once=queries.CASES_AT_ONCE, count=page.count),
        "may_work": may_work_on_cases(request.actor).allowed,
    }
    return render(request, "marm/cases.jinja", shown)


@require_safe
def case(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Show a case, the person's own words first."""
    page = queries.case_page(actor=request.actor, case_id=case_id)
    shown = {"page": case_shown(page, timezone.now()), "links": beside(request, "marm:case", case_id)}
    return render(request, "marm/case.jinja", shown)


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Ask agencies to come together; what the records say is shown above the questions.

    If the criteria have changed since the form was opened, nothing is saved, and what was typed stays.
    """
    evidence = evidence_of(actor=request.actor, person_id=person_id, at=timezone.now())
    criteria = marm_pack().criteria
    form = forms.AskForm(request.POST or None, criteria=criteria)
    shown = {
        "form": form, "person_id": person_id, "name": evidence.person.goes_by, "criteria": criteria.title,
        "evidence": evidence_shown(evidence), "changed": [],
    }  # fmt: skip
    answered = request.POST.get("criteria_set", criteria.set)
    if answered != criteria.set:
        old = next((each for each in marm_pack().criteria_sets if each.set == answered), None)
        shown["form"] = forms.AskForm.again(request.POST, criteria=criteria)
        shown["changed"] = criteria_changed(changes(old, criteria), request.POST.dict())
        return render(request, "marm/ask_form.jinja", shown, status=409)
    if request.method == "POST" and form.is_valid():
        made = asking.ask_for_case(
            actor=request.actor, at=timezone.now(), person_id=person_id, asked=form.asked()
        )
        messages.success(
            request, _("Agencies have been asked to come together. You co-ordinate until somebody leads.")
        )
        return redirect("marm:case", case_id=made.id)
    return render(request, "marm/ask_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def open_it(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Open a case that was asked for."""
    page = queries.case_to_settle(actor=request.actor, case_id=case_id)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asking.open_case(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        messages.success(request, _("The case is open. It now needs somebody to lead it."))
        return redirect("marm:case", case_id=case_id)
    shown = {"form": form, "page": case_shown(page, timezone.now())}
    return render(request, "marm/open_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def decline(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Decline a case, with a reason, advice and another route."""
    page = queries.case_to_settle(actor=request.actor, case_id=case_id)
    form = forms.DeclineForm(request.POST or None, forums=marm_pack().forums)
    if request.method == "POST" and form.is_valid():
        asking.decline_case(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        messages.success(
            request, _("It is declined, and the worker who asked has been told why and where it could go.")
        )
        return redirect("marm:case", case_id=case_id)
    shown = {"form": form, "page": case_shown(page, timezone.now())}
    return render(request, "marm/decline_form.jinja", shown, status=422 if form.errors else 200)
