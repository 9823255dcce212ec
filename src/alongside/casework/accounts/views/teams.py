"""Teams of the member's own organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.casework.access.decisions import require
from alongside.casework.accounts import commands, permissions, presenters, queries
from alongside.casework.accounts.forms import TeamForm
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.kernel.errors import AlreadyDoneError


@require_http_methods(["GET", "POST"])
def form_team(request: MemberRequest) -> HttpResponse:
    """Form a team."""
    actor, home = request.actor, request.actor.member_of
    require(permissions.may_form_team(actor, home))
    form = TeamForm(request.POST or None, services=presenters.what_teams_do(queries.services_of_pack(home)))
    if request.method == "POST" and form.is_valid():
        try:
            commands.form_team(actor=actor, at=timezone.now(), organisation_id=home, **form.cleaned_data)
        except AlreadyDoneError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The team was formed."))
            return redirect("accounts:members")
    page = {"form": form, "title": _("Form a team"), "button": _("Form the team")}
    return render(request, "accounts/one_form.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_team(request: MemberRequest, team_id: UUID) -> HttpResponse:
    """Change what a team is called, how to reach it, what it takes on and what it does."""
    actor, home = request.actor, request.actor.member_of
    require(permissions.may_form_team(actor, home))
    team = queries.own_team(actor=actor, team_id=team_id)
    form = TeamForm(
        request.POST or None,
        services=presenters.what_teams_do(queries.services_of_pack(home), has=team.services),
        initial={
            "name": team.name,
            "telephone": team.telephone,
            "capacity_per_week": team.capacity_per_week,
            "services": team.services,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_team(actor=actor, at=timezone.now(), team_id=team.id, **form.cleaned_data)
        except AlreadyDoneError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The team was changed."))
            return redirect("accounts:members")
    page = {"form": form, "title": _("Change a team"), "about": team.name, "button": _("Save")}
    return render(request, "accounts/one_form.jinja", page, status=422 if form.errors else 200)
