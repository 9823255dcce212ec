"""Who leads a case: asking somebody, and their answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.marm.commands import leading
from alongside.casework.marm.forms import cases as forms
from alongside.casework.marm.presenters.leading import could_lead_shown
from alongside.casework.marm.queries.cases import asked_to_lead, who_could


@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Ask somebody to lead; those the involvement register favours come first, with the reason."""
    found = who_could(actor=request.actor, case_id=case_id, day=timezone.localdate())
    form = forms.LeadForm(
        request.POST or None,
        initial={"member": request.GET.get("member", "")},
        members=found.members,
    )
    if request.method == "POST" and form.is_valid():
        asked = leading.ask_to_lead(
            actor=request.actor, at=timezone.now(), case_id=case_id,
            membership_id=UUID(form.cleaned_data["member"]), why=form.cleaned_data["why"],
        )  # fmt: skip
        messages.success(request, _("%(name)s has been asked to lead") % {"name": asked.member.user.name})
        return redirect("marm:case", case_id=case_id)
    shown = {"form": form, "case_id": case_id, "could": could_lead_shown(found)}
    return render(request, "marm/lead_form.jinja", shown, status=422 if form.errors else 200)


@require_POST
def accept(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Lead from now on."""
    leading.accept_lead(actor=request.actor, at=timezone.now(), case_id=case_id)
    messages.success(request, _("You lead this case now"))
    return redirect("marm:case", case_id=case_id)


@require_http_methods(["GET", "POST"])
def decline(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """Say that the actor cannot lead, and why."""
    case = asked_to_lead(actor=request.actor, case_id=case_id)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leading.decline_lead(actor=request.actor, at=timezone.now(), case_id=case_id, **form.cleaned_data)
        messages.success(request, _("Your answer has been saved. Somebody else needs to be asked to lead."))
        return redirect("marm:case", case_id=case_id)
    shown = {"form": form, "case_id": case_id, "name": case.person.goes_by}
    return render(request, "marm/lead_declined_form.jinja", shown, status=422 if form.errors else 200)
