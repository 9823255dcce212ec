"""The second factor: asked for after the password, set up, and taken off."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts import commands, presenters, queries
from alongside.casework.accounts.commands.second_factor import WrongCodeError
from alongside.casework.accounts.forms import CodeForm
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.arriving import BY_PASSWORD, WAITING, acting, who_waits
from alongside.casework.kernel.secrets import authenticator_secret

_SECRET = "authenticator_secret"  # noqa: S105 - where the session keeps it while it is set up
_OR_RECOVERY = gettext_lazy("Six digits from your authenticator app. Without it, one of your recovery codes.")
_FROM_THE_APP = gettext_lazy("Six digits, such as 123 456.")


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the right password for the code too; guessing it locks the account as passwords do."""
    user = who_waits(request)
    if user is None:
        request.session.pop(WAITING, None)
        return redirect("accounts:sign_in")
    if not _may_try(request, user.email):
        return _shut_out(request, user.email)
    form = CodeForm(request.POST or None, hint=str(_OR_RECOVERY))
    if request.method == "POST" and form.is_valid():
        try:
            commands.sign_in_with_code(
                actor=acting(request, user), at=timezone.now(), code=form.cleaned_data["code"]
            )
        except WrongCodeError as error:
            form.add_error("code", str(error))
            _count_wrong(request, user.email)
        else:
            wanted = request.session.pop(WAITING)["next"]
            login(request, user, backend=BY_PASSWORD)
            return redirect(wanted)
    page = {"form": form}
    return render(request, "accounts/give_code.jinja", page, status=422 if form.errors else 200)


@require_safe
def my_security(request: MemberRequest) -> HttpResponse:
    """Show whether one has a second factor, and what can be done about it."""
    factor = queries.own_second_factor(actor=request.actor)
    page = {"said": presenters.second_factor(factor), "has_one": factor is not None}
    return render(request, "accounts/my_security.jinja", page)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def set_up(request: MemberRequest) -> HttpResponse:
    """Show the secret to give to an app; take the app's code, and show the recovery codes once."""
    if queries.own_second_factor(actor=request.actor) is not None:
        return redirect("accounts:my_security")
    secret = request.session.setdefault(_SECRET, authenticator_secret())
    form = CodeForm(request.POST or None, hint=str(_FROM_THE_APP))
    if request.method == "POST" and form.is_valid():
        try:
            codes = commands.set_up_second_factor(
                actor=request.actor, at=timezone.now(), secret=secret, code=form.cleaned_data["code"]
            )
        except WrongCodeError as error:
            form.add_error("code", str(error))
        else:
            del request.session[_SECRET]
            shown = {"codes": presenters.spaced_codes(codes)}
            return render(request, "accounts/recovery_codes.jinja", shown)
    page = {
        "form": form,
        "setup": presenters.setup(secret=secret, account=request.user.email, issuer="Alongside"),
        "must": not request.actor.roles.isdisjoint(settings.SECOND_FACTOR_FOR),
    }
    return render(request, "accounts/set_up_second_factor.jinja", page, status=422 if form.errors else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def take_off(request: MemberRequest) -> HttpResponse:
    """Take one's second factor off, with a code of it: a session left open must not be enough."""
    if queries.own_second_factor(actor=request.actor) is None:
        return redirect("accounts:my_security")
    if not _may_try(request, request.user.email):
        return _shut_out(request, request.user.email)
    form = CodeForm(request.POST or None, hint=str(_OR_RECOVERY))
    if request.method == "POST" and form.is_valid():
        try:
            commands.take_off_second_factor(
                actor=request.actor, at=timezone.now(), code=form.cleaned_data["code"]
            )
        except WrongCodeError as error:
            form.add_error("code", str(error))
            _count_wrong(request, request.user.email)
        else:
            messages.success(request, _("Your second factor was taken off."))
            return redirect("accounts:my_security")
    page = {"form": form}
    return render(request, "accounts/take_off_second_factor.jinja", page, status=422 if form.errors else 200)


def _may_try(request: HttpRequest, email: str) -> bool:
    return bool(AxesProxyHandler.is_allowed(request, {"username": email}))


def _count_wrong(request: HttpRequest, email: str) -> None:
    """Count it with the wrong passwords, so that neither adds to the other's tries; axes answers the last."""
    user_login_failed.send(sender=__name__, credentials={"username": email}, request=request)


def _shut_out(request: HttpRequest, email: str) -> HttpResponse:
    answer: HttpResponse = get_lockout_response(request, credentials={"username": email})
    return answer
