"""Helping a member who has lost what they sign in with."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts import commands, permissions, presenters, queries
from alongside.casework.accounts.forms import HowSureForm
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.proving import confirm_first, confirmed_at
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.kernel.secrets import one_time_password


@login_not_required
@require_safe
def cannot_sign_in(request: HttpRequest) -> HttpResponse:
    """Say what to do and who to ask: the same to everybody, whether they have an account or not."""
    page = {"provider": presenters.provider_named(settings.SIGN_ON.name) if settings.SIGN_ON else ""}
    return render(request, "accounts/cannot_sign_in.jinja", page)


@require_http_methods(["GET", "POST"])
def give_new_password_to(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Give a member a one-time password, which is shown only in the answer to the form."""
    member = queries.whom_to_help(
        actor=request.actor,
        membership_id=membership_id,
        on=timezone.localdate(),
        may=permissions.may_give_password_to,
    )
    if (first := confirm_first(request)) is not None:
        return first
    form = HowSureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        commands.give_new_password_to(
            actor=request.actor,
            at=timezone.now(),
            membership_id=member.id,
            how_sure=form.cleaned_data["how_sure"],
            password=password,
            confirmed_at=confirmed_at(request),
        )
        page = {"name": member.user.name, "password": password}
        return render(request, "accounts/password_given.jinja", page)
    asked = {"form": form, "name": member.user.name}
    return render(request, "accounts/give_new_password.jinja", asked, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_off_second_factor_of(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Remove the second factor of a member, by somebody who says how they checked who was asking."""
    member = queries.whom_to_help(
        actor=request.actor,
        membership_id=membership_id,
        on=timezone.localdate(),
        may=permissions.may_take_off_second_factor_of,
    )
    if (first := confirm_first(request)) is not None:
        return first
    form = HowSureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_off_second_factor_of(
                actor=request.actor,
                at=timezone.now(),
                membership_id=member.id,
                how_sure=form.cleaned_data["how_sure"],
                confirmed_at=confirmed_at(request),
            )
        except AlreadyDoneError as error:
            form.add_error(None, str(error))
        else:
            said = _("The second factor of %(name)s was removed.") % {"name": member.user.name}
            messages.success(request, said)
            return redirect("accounts:members")
    page = {"form": form, "name": member.user.name}
    return render(
        request, "accounts/take_off_second_factor_of.jinja", page, status=422 if form.errors else 200
    )
