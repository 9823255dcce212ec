"""The partnership's organisations and what each says about itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.access.decisions import require
from alongside.casework.accounts import commands, permissions, presenters, queries
from alongside.casework.accounts.forms import NewOrganisationForm, ProfileForm
from alongside.casework.accounts.queries.of_pack import not_here_yet
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.rules import fingerprint
from alongside.casework.design.clashes import labels_of
from alongside.casework.design.navigation import beside
from alongside.casework.kernel.errors import AlreadyDoneError, StaleError
from alongside.casework.kernel.secrets import one_time_password

LABELS = labels_of(ProfileForm)


@require_safe
def organisations(request: MemberRequest) -> HttpResponse:
    """Show every organisation of the partnership."""
    found = [presenters.profile(each) for each in queries.organisations(actor=request.actor)]
    may_take_in = permissions.may_take_in_organisation(request.actor).allowed
    page = {
        "organisations": found,
        "may_take_in": may_take_in,
        "links": beside(request, "accounts:organisations"),
    }
    return render(request, "accounts/organisations.jinja", page)


@require_safe
def organisation(request: MemberRequest, organisation_id: UUID) -> HttpResponse:
    """Show what an organisation says about itself."""
    found = queries.organisation(actor=request.actor, organisation_id=organisation_id)
    may_describe = permissions.may_describe(request.actor, found.id).allowed
    page = {
        "profile": presenters.profile(found),
        "may_describe": may_describe,
        "links": beside(request, "accounts:organisation", found.id),
    }
    return render(request, "accounts/organisation.jinja", page)


@require_http_methods(["GET", "POST"])
def describe_organisation(request: MemberRequest, organisation_id: UUID) -> HttpResponse:
    """Let an organisation's lead change its profile."""
    found = queries.organisation(actor=request.actor, organisation_id=organisation_id)
    require(permissions.may_describe(request.actor, found.id))
    now = {field: getattr(found, field) for field in LABELS}
    form = ProfileForm(request.POST or None, initial=now | {"opened": fingerprint(now)})
    page: dict[str, object] = {"profile": presenters.profile(found), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            commands.describe_organisation(
                actor=request.actor, at=timezone.now(), organisation_id=found.id, **form.given(),
                opened=form.cleaned_data["opened"],
            )  # fmt: skip
        except StaleError as stale:
            both = form.beside(str(stale))
            page |= {"form": both.told_in(ProfileForm(initial=both.initial)), "clash": both}
            return render(request, "accounts/describe_organisation.jinja", page, status=409)
        messages.success(request, _("The profile was changed."))
        return redirect("accounts:organisation", organisation_id=found.id)
    return render(request, "accounts/describe_organisation.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_in_organisation(request: MemberRequest) -> HttpResponse:
    """Add an organisation to the partnership, with its first lead."""
    require(permissions.may_take_in_organisation(request.actor))
    form = NewOrganisationForm(request.POST or None, not_here_yet=not_here_yet())
    if request.method == "POST" and form.is_valid():
        given, password = form.cleaned_data, one_time_password()
        try:
            made = commands.take_in_organisation(
                actor=request.actor, at=timezone.now(), password=password, **given
            )
        except AlreadyDoneError as error:
            form.add_error("code", str(error))
        except commands.NoAddressError as error:
            form.add_error("lead_email", str(error))
        else:
            page = {"name": given["lead_name"], "organisation": made.name, "password": password}
            return render(request, "accounts/member_added.jinja", page)
    asked = {"form": form}
    return render(request, "accounts/take_in_organisation.jinja", asked, status=422 if form.errors else 200)
