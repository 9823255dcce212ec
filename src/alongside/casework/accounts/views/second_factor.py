"""Second factors: asking for one after the password, setting up an app, and removing it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casework.accounts import commands, presenters
from alongside.casework.accounts.commands.second_factor import WrongCodeError
from alongside.casework.accounts.forms import CodeForm
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.arriving import BY_PASSWORD, WAITING, acting, where_to, who_waits
from alongside.casework.accounts.views.proving import (
    CONFIRMED,
    ask_for_proof,
    confirm_first,
    confirmed_at,
    go_on_here_alone,
)
from alongside.casework.kernel.secrets import authenticator_secret

_SECRET = "authenticator_secret"  # noqa: S105 - where the session keeps it while it is set up
_FROM_THE_APP = gettext_lazy("Six digits, such as 123 456.")


@login_not_required
@never_cache
@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "POST"])
def give_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor after the right password; wrong guesses lock, as with passwords."""
    user = who_waits(request)
    if user is None:
        request.session.pop(WAITING, None)
        return redirect("accounts:sign_in")
    asked_again = ask_for_proof(
        request,
        user,
        lambda proof: commands.sign_in_with_second_factor(
            actor=acting(request, user), at=timezone.now(), proof=proof
        ),
        template="accounts/give_code.jinja",
    )
    if asked_again is not None:
        return asked_again
    wanted = request.session.pop(WAITING)["next"]
    login(request, user, backend=BY_PASSWORD)
    return redirect(wanted)


@sensitive_post_parameters("code", "answer")
@require_http_methods(["GET", "POST"])
def confirm_it_is_you(request: MemberRequest) -> HttpResponse:
    """Ask for a second factor before their own or another's is changed: an open session is not enough."""
    wanted = where_to(request) if "next" in request.GET else "accounts:my_security"
    if not signing_in.has_second_factor(user=request.user):
        return redirect("accounts:my_security")
    asked_again = ask_for_proof(
        request,
        request.user,
        lambda proof: commands.confirm_it_is_you(actor=request.actor, at=timezone.now(), proof=proof),
        template="accounts/confirm_it_is_you.jinja",
    )
    if asked_again is not None:
        return asked_again
    request.session[CONFIRMED] = timezone.now().timestamp()
    return redirect(wanted)


@require_safe
def my_security(request: MemberRequest) -> HttpResponse:
    """Show the member's second factors, what they can do about them, and who last gave them a password."""
    page = {
        "security": presenters.security(signing_in.own_second_factors(actor=request.actor)),
        "password_given": presenters.password_last_given(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "accounts/my_security.jinja", page)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def set_up(request: MemberRequest) -> HttpResponse:
    """Show the secret to give to an app; take the app's code, and show the recovery codes once."""
    if any(each.is_app for each in signing_in.own_second_factors(actor=request.actor)):
        return redirect("accounts:my_security")
    if (first := confirm_first(request)) is not None:
        return first
    secret = request.session.setdefault(_SECRET, authenticator_secret())
    form = CodeForm(request.POST or None, hint=str(_FROM_THE_APP))
    if request.method == "POST" and form.is_valid():
        try:
            codes = commands.set_up_second_factor(
                actor=request.actor,
                at=timezone.now(),
                secret=secret,
                code=form.cleaned_data["code"],
                confirmed_at=confirmed_at(request),
            )
        except WrongCodeError as error:
            form.add_error("code", str(error))
        else:
            del request.session[_SECRET]
            return shown_once(request, codes)
    page = {
        "form": form,
        "setup": presenters.setup(secret=secret, account=request.user.email, issuer="Alongside"),
        "must": not request.actor.roles.isdisjoint(settings.SECOND_FACTOR_FOR),
        "helped": presenters.taken_off(request.user),
    }
    return render(request, "accounts/set_up_second_factor.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_off(request: MemberRequest) -> HttpResponse:
    """Remove the member's app, once it is clear who is asking."""
    if not any(each.is_app for each in signing_in.own_second_factors(actor=request.actor)):
        return redirect("accounts:my_security")
    if (first := confirm_first(request)) is not None:
        return first
    if request.method == "POST":
        commands.take_off_app(actor=request.actor, at=timezone.now(), confirmed_at=confirmed_at(request))
        go_on_here_alone(request)
        messages.success(request, _("Your authenticator app was removed."))
        return redirect("accounts:my_security")
    return render(request, "accounts/take_off_second_factor.jinja")


def shown_once(request: MemberRequest, codes: list[str]) -> HttpResponse:
    """Show the recovery codes that come with the first second factor; for a further one, say it was added."""
    go_on_here_alone(request)
    if codes:
        return render(request, "accounts/recovery_codes.jinja", {"codes": presenters.spaced_codes(codes)})
    messages.success(request, _("It was added. Your recovery codes stay the same."))
    return redirect("accounts:my_security")
