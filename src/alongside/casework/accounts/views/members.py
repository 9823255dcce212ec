"""Members of the member's own organisation."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.casework.access.decisions import NotAllowedError, require
from alongside.casework.accounts import commands, permissions, presenters, queries
from alongside.casework.accounts.forms import ChangePlaceForm, EndMembershipForm, MemberForm, TrainingForm
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.rules import NEEDED, fingerprint
from alongside.casework.design.paging import begins_at, paging
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, StaleError
from alongside.casework.kernel.secrets import one_time_password


@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """Show the teams of the organisation and who belongs to it."""
    actor, today = request.actor, timezone.localdate()
    home = actor.member_of
    found = queries.colleagues(actor=actor, on=today, members_from=begins_at(request))
    page = {
        "members": presenters.member_lines(found.members, on=today, reader=actor),
        "paging": paging(found.passed_over, at_once=queries.MEMBERS_AT_ONCE, count=found.count),
        "teams": queries.teams(actor=actor),
        "organisation": actor.organisation_name,
        "may_manage": permissions.may_manage_members(actor, home).allowed,
        "may_form_team": permissions.may_form_team(actor, home).allowed,
    }
    return render(request, "accounts/members.jinja", page)


@require_http_methods(["GET", "POST"])
def add_member(request: MemberRequest) -> HttpResponse:
    """Add a member; somebody without an account gets one, with a one-time password."""
    actor, home = request.actor, request.actor.member_of
    require(permissions.may_manage_members(actor, home))
    names = queries.colleague_names(actor=actor, on=timezone.localdate())
    form = MemberForm(request.POST or None, teams=queries.teams(actor=actor), managers=names)
    if request.method == "POST" and form.is_valid():
        given, password = form.cleaned_data, one_time_password()
        try:
            added = commands.add_member(
                actor=actor,
                at=timezone.now(),
                organisation_id=home,
                email=given["email"],
                name=given["name"],
                roles=given["roles"],
                team_id=given["team"],
                manager_id=given["manager"],
                job_title=given["job_title"],
                skills=given["skills"],
                password=password,
            )
        except (AlreadyDoneError, commands.NoAddressError) as error:
            form.add_error("email", str(error))
        else:
            known = not added.user.check_password(password)  # an existing account keeps its own
            page = {
                "name": added.user.name,
                "organisation": actor.organisation_name,
                "password": "" if known else password,
                "provider": presenters.provider_named(settings.SIGN_ON.name) if settings.SIGN_ON else "",
            }
            return render(request, "accounts/member_added.jinja", page)
    asked = {"form": form, "title": _("Add a member"), "button": _("Add the member")}
    return render(request, "accounts/one_form.jinja", asked, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Change what a member does here: roles, team, manager, job title and skills."""
    actor = request.actor
    member = queries.own_membership(actor=actor, membership_id=membership_id)
    require(permissions.may_give_roles(actor, member.organisation_id, member.roles))
    names = queries.colleague_names(actor=actor, on=timezone.localdate())
    offered: dict[str, Any] = {
        "teams": queries.teams(actor=actor),
        "managers": [(each, name) for each, name in names if each != member.id],
    }
    now = member.place | {"opened": fingerprint(member.place)}
    form = ChangePlaceForm(request.POST or None, initial=now, **offered)
    page: dict[str, object] = {
        "form": form,
        "title": _("Change what they do here"),
        "about": member.user.name,
        "button": _("Save"),
    }
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.change_member(
                actor=actor,
                at=timezone.now(),
                membership_id=member.id,
                roles=given["roles"],
                team_id=given["team"],
                manager_id=given["manager"],
                job_title=given["job_title"],
                skills=given["skills"],
                opened=given["opened"],
            )
        except StaleError as stale:
            both = form.beside(str(stale))
            page |= {
                "form": both.told_in(ChangePlaceForm(initial=both.initial, **offered)),
                "clash": both,
            }
            return render(request, "accounts/one_form.jinja", page, status=409)
        except (CaseworkError, NotAllowedError) as error:
            form.add_error("roles", str(error))
        else:
            messages.success(request, _("What %(name)s does here was changed.") % {"name": member.user.name})
            return redirect("accounts:members")
    return render(request, "accounts/one_form.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end_membership(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Record the day from which somebody no longer belongs to the organisation, or correct it."""
    member = queries.own_membership(actor=request.actor, membership_id=membership_id)
    require(permissions.may_give_roles(request.actor, member.organisation_id, member.roles))
    form = EndMembershipForm(request.POST or None, initial={"on": member.active_to})
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_membership(
                actor=request.actor, at=timezone.now(), membership_id=member.id, on=form.cleaned_data["on"]
            )
        except CaseworkError as error:
            form.add_error("on", str(error))
        else:
            messages.success(
                request, _("The end of the membership of %(name)s is recorded.") % {"name": member.user.name}
            )
            return redirect("accounts:members")
    page = {
        "form": form,
        "title": _("Change the day somebody leaves") if member.active_to else _("End a membership"),
        "about": member.user.name,
        "button": _("Change leaving day") if member.active_to else _("End membership"),
        "instead": {"address": reverse("accounts:stays", args=[member.id]), "button": _("They are staying")}
        if member.active_to and not member.is_over_on(timezone.localdate())
        else None,
    }
    return render(request, "accounts/one_form.jinja", page, status=422 if form.errors else 200)


@require_POST
def stays(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Withdraw the day from which somebody was to leave."""
    member = commands.withdraw_leaving_day(
        actor=request.actor, at=timezone.now(), membership_id=membership_id
    )
    said = _("%(name)s stays. The leaving day is withdrawn.") % {"name": member.user.name}
    messages.success(request, said)
    return redirect("accounts:members")


@require_http_methods(["GET", "POST"])
def note_training(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Record that a member did the training that everybody needs before they see people."""
    member = queries.own_membership(actor=request.actor, membership_id=membership_id)
    require(permissions.may_note_training(request.actor, member.organisation_id, member.user_id))
    form = TrainingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.note_training(
                actor=request.actor,
                at=timezone.now(),
                membership_id=member.id,
                course=NEEDED,
                **form.cleaned_data,
            )
        except CaseworkError as error:
            form.add_error("done_on", str(error))
        else:
            messages.success(request, _("Training is recorded for %(name)s.") % {"name": member.user.name})
            return redirect("accounts:members")
    page = {
        "form": form,
        "member": member,
        "trainings": presenters.training_lines(queries.trainings_of(member)),
    }
    return render(request, "accounts/training.jinja", page, status=422 if form.errors else 200)


@require_POST
def withdraw_training(request: MemberRequest, membership_id: UUID, training_id: UUID) -> HttpResponse:
    """Withdraw training that was recorded by mistake."""
    commands.withdraw_training(
        actor=request.actor, at=timezone.now(), membership_id=membership_id, training_id=training_id
    )
    messages.success(request, _("It is no longer recorded."))
    return redirect("accounts:note_training", membership_id=membership_id)
