"""People in the person's network that a case is also about."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands.family import end_family_risk, note_family_risk
from alongside.casework.marm.forms.cases import WhyForm
from alongside.casework.marm.forms.family import FamilyRiskForm
from alongside.casework.marm.permissions import may_read_concerns
from alongside.casework.marm.presenters.family import network_choices
from alongside.casework.marm.queries.family import family_risk_to_end, who_of_the_network


@require_http_methods(["GET", "POST"])
def note(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Write down the risk from somebody in the network, and to them."""
    page = who_of_the_network(actor=request.actor, case_id=case_id)
    choices = network_choices(page)
    form = FamilyRiskForm(request.POST or None, contacts=choices)
    if request.method == "POST" and form.is_valid():
        note_family_risk(
            actor=request.actor, at=timezone.now(), case_id=case_id, said=form.said(),
            contact_id=UUID(form.cleaned_data["contact"]),
        )  # fmt: skip
        messages.success(request, _("Saved. Everybody taking part in the case can see it."))
        return redirect("marm:case", case_id=case_id)
    shown = {
        "form": form, "case": page.case, "anybody": bool(choices),
        "sees_person": may_read_concerns(request.actor).allowed,
    }  # fmt: skip
    return render(request, "marm/family_risk_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: MemberRequest, family_risk_id: UUID) -> HttpResponse:
    """Mark what was said of somebody in the network as ended, with a reason."""
    risk = family_risk_to_end(actor=request.actor, family_risk_id=family_risk_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end_family_risk(
            actor=request.actor, at=timezone.now(), family_risk_id=family_risk_id, **form.cleaned_data
        )
        messages.success(request, _("It is marked as ended. What was said can still be read."))
        return redirect("marm:case", case_id=risk.case_id)
    shown = {"form": form, "risk": risk}
    return render(request, "marm/family_risk_end_form.jinja", shown, status=422 if form.errors else 200)
