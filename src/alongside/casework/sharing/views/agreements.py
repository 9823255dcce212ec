"""The register of agreements about sharing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts.queries import organisations
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.navigation import beside
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.sharing import permissions
from alongside.casework.sharing.commands.agreements import change_agreement, sign_agreement
from alongside.casework.sharing.forms import agreements as forms
from alongside.casework.sharing.presenters.agreements import agreement_shown
from alongside.casework.sharing.queries import agreements as reads


@require_safe
def agreements(request: MemberRequest) -> HttpResponse:
    """Show every agreement, and where it stands."""
    day = timezone.localdate()
    shown = {
        "agreements": [agreement_shown(each, day) for each in reads.agreements(actor=request.actor)],
        "links": beside(request, "sharing:agreements"),
    }
    return render(request, "sharing/agreements.jinja", shown)


@require_safe
def agreement(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Show one agreement."""
    found = reads.agreement(actor=request.actor, agreement_id=agreement_id)
    shown = {
        "agreement": agreement_shown(found, timezone.localdate()),
        "may_keep": permissions.may_keep_agreements(request.actor).allowed,
    }
    return render(request, "sharing/agreement.jinja", shown)


@require_http_methods(["GET", "POST"])
def sign(request: MemberRequest) -> HttpResponse:
    """Enter an agreement."""
    require(permissions.may_keep_agreements(request.actor))
    form = forms.NewAgreementForm(request.POST or None, organisations=_organisations(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = sign_agreement(actor=request.actor, at=timezone.now(), **_given(form))
        except AlreadyDoneError as error:
            form.add_error("reference", str(error))
        else:
            messages.success(request, _("The agreement has been entered."))
            return redirect("sharing:agreement", agreement_id=made.id)
    shown = {"form": form, "title": _("Enter an agreement"), "button": _("Enter it")}
    return render(request, "sharing/agreement_form.jinja", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, agreement_id: UUID) -> HttpResponse:
    """Change or renew an agreement. Where two do so at once, the second is told and keeps what they typed."""
    require(permissions.may_keep_agreements(request.actor))
    found = reads.agreement(actor=request.actor, agreement_id=agreement_id)
    now = {name: getattr(found, name) for name in forms.AgreementForm.base_fields if name != "parties"}
    now |= {"parties": [str(each.id) for each in found.parties.all()], "opened_version": found.version}
    form = forms.ChangeAgreementForm(request.POST or None, initial=now, organisations=_organisations(request))
    shown: dict[str, Any] = {
        "form": form, "title": _("Change or renew %(reference)s") % {"reference": found.reference},
        "button": _("Save"), "agreement_id": found.id,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_agreement(actor=request.actor, at=timezone.now(), agreement_id=found.id, **_given(form))
        except StaleError as stale:
            both = form.beside(str(stale))
            again = forms.ChangeAgreementForm(initial=both.initial, organisations=_organisations(request))
            shown |= {"form": both.told_in(again), "clash": both}
            return render(request, "sharing/agreement_form.jinja", shown, status=409)
        messages.success(request, _("The agreement has been changed."))
        return redirect("sharing:agreement", agreement_id=found.id)
    return render(request, "sharing/agreement_form.jinja", shown, status=422 if form.errors else 200)


def _organisations(request: MemberRequest) -> list[tuple[str, str]]:
    found = organisations(actor=request.actor)
    return [(str(each.id), each.name) for each in found]


def _given(form: forms.AgreementForm) -> dict[str, Any]:
    beside_terms = ("reference", "title", "owner", "opened_version")
    given = form.cleaned_data
    return {name: given[name] for name in beside_terms if name in given} | {"terms": form.terms(given)}
