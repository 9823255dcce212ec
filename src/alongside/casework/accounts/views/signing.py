"""Signing in and out, and choosing an organisation and a password."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from alongside.casework.access.decisions import require
from alongside.casework.accounts import commands, presenters, queries
from alongside.casework.accounts.forms import ChooseOrganisationForm, ChoosePasswordForm, SignInForm
from alongside.casework.accounts.middleware import (
    BELONGS_NOWHERE,
    MEMBERSHIP,
    PURPOSE,
    SIGN_ON,
    forget_what_was_for_another,
)
from alongside.casework.accounts.permissions import may_choose_password, may_choose_purpose
from alongside.casework.accounts.purposes import declared
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.arriving import BY_PASSWORD, acting, wait_for_code, where_to
from alongside.casework.accounts.views.proving import count_wrong, may_try, shut_out
from alongside.casework.design import refusals


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the page for signing in, or sign in by e-mail address and password."""
    if request.user.is_authenticated:
        return redirect(where_to(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(
            request, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
        )
        if user is None:
            form.add_error("password", _("The e-mail address or the password is not correct"))
        elif not queries.memberships_on(user=user, on=timezone.localdate()):
            form.add_error(None, BELONGS_NOWHERE)
        elif signing_in.has_second_factor(user=user):
            wait_for_code(request, user, where_to(request))
            return redirect("accounts:give_code")
        else:
            login(request, user)
            commands.note_sign_in(actor=acting(request, user), at=timezone.now(), how="password")
            return redirect(where_to(request))
    offered = signing_in.demonstration_members(on=timezone.localdate()) if settings.DEMONSTRATION else []
    page = {
        "form": form,
        "next": where_to(request),
        "offered": presenters.offered(offered),
        "provider": presenters.provider_named(settings.SIGN_ON.name) if settings.SIGN_ON else "",
    }
    return render(request, "accounts/sign_in.jinja", page, status=422 if form.errors else 200)


@login_not_required
@require_POST
def demonstration_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's members; only possible in a demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404
    members = signing_in.demonstration_members(on=timezone.localdate())
    member = next((each for each in members if str(each.id) == request.POST.get("member")), None)
    if member is None:
        raise Http404
    login(request, member.user, backend=BY_PASSWORD)
    request.session[MEMBERSHIP] = str(member.id)
    actor = acting(request, member.user)
    commands.note_sign_in(actor=actor, at=timezone.now(), how="demonstration")
    if may_choose_purpose(actor).allowed:  # one click: the demonstration chooses, and anybody may change it
        first = next(each.code for each in declared() if each.code in actor.purposes)
        request.session[PURPOSE] = commands.choose_purpose(actor=actor, at=timezone.now(), purpose=first)
    return redirect(where_to(request))


@require_POST
def sign_out(request: MemberRequest) -> HttpResponse:
    """Sign out, and end the session."""
    commands.note_sign_out(actor=acting(request, request.user), at=timezone.now())
    logout(request)
    return redirect("accounts:sign_in")


@require_http_methods(["GET", "POST"])
def choose_organisation(request: MemberRequest) -> HttpResponse:
    """Ask which of their organisations somebody is acting for, and remember it for the session."""
    memberships = queries.memberships_on(user=request.user, on=timezone.localdate())
    form = ChooseOrganisationForm(request.POST or None, memberships=memberships)
    if request.method == "POST" and form.is_valid():
        request.session.cycle_key()
        request.session[MEMBERSHIP] = form.cleaned_data["membership"]
        forget_what_was_for_another(request)
        return redirect("today")
    page = {"form": form}
    return render(request, "accounts/choose_organisation.jinja", page, status=422 if form.errors else 200)


@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "POST"])
def choose_password(request: MemberRequest) -> HttpResponse:
    """Ask for a password of their own; the account's other sessions end with the old one."""
    if not may_try(request, request.user.email):
        return shut_out(request, request.user.email)
    has_one = request.user.has_usable_password()
    require(may_choose_password(acting(request, request.user), has_one=has_one))
    just_used = request.user.password_is_one_time and SIGN_ON not in request.session
    form = ChoosePasswordForm(request.POST or None, user=request.user, just_used=just_used)
    if form.has_error("current", "wrong"):
        count_wrong(request, request.user.email)
    if request.method == "POST" and form.is_valid():
        user = commands.choose_password(
            actor=acting(request, request.user), at=timezone.now(), password=form.cleaned_data["password"]
        )
        update_session_auth_hash(request, user)
        return redirect("today")
    page = {"form": form, "helped": presenters.password_given(request.user) if just_used else ""}
    return render(request, "accounts/choose_password.jinja", page, status=422 if form.errors else 200)


def locked_out(request: HttpRequest, *_given: object, **_more: object) -> HttpResponse:
    """Say that there were too many wrong passwords or codes, whether or not there is such an account."""
    return refusals.refusal(
        request,
        429,
        _("Too many attempts to sign in"),
        _("Nobody can sign in with this e-mail address for 15 minutes, not even with the right password."),
        _("Wait, then try again. If it was not you who tried, tell your organisation lead."),
    )
