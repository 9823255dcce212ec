"""Shared by every page that asks for a second factor: take what was given, and count wrong tries."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.casework.accounts import rules
from alongside.casework.accounts.ceremony import Answer, PasskeyRefusedError, Site, ask_to_use
from alongside.casework.accounts.commands.second_factor import UnreadableCodesError, WrongCodeError
from alongside.casework.accounts.forms import ProofForm
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.requests import MemberRequest

if TYPE_CHECKING:
    from alongside.casework.accounts.models import User

ASKED, CONFIRMED = "passkey_asked", "confirmed_at"
"""What the session remembers: what the browser was asked, and when they last confirmed who they are."""
_OR_RECOVERY = _("Six digits from your authenticator app. If you do not have it, one of your recovery codes.")


def ask_for_proof(
    request: HttpRequest, user: "User", take: Callable[[str | Answer], None], *, template: str
) -> HttpResponse | None:
    """Ask for a code or a passkey; return None once ``take`` has taken what was given.

    Wrong ones are counted together with wrong passwords, whatever they are and wherever they are tried, so
    that none of them gives extra tries.
    """
    if not may_try(request, user.email):
        return shut_out(request, user.email)
    asked = request.session.pop(ASKED, None)
    form = ProofForm(request.POST or None, hint=_OR_RECOVERY)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["answer"]
        try:
            take(Answer(site_of(request), asked, said) if said else form.cleaned_data["code"])
        except (WrongCodeError, PasskeyRefusedError, UnreadableCodesError) as error:
            form.add_error(None if said else "code", str(error))
            count_wrong(request, user.email)
        else:
            return None
    page: dict[str, Any] = {"form": form}
    if known := signing_in.passkeys_of(user=user):
        options, request.session[ASKED] = ask_to_use(site_of(request), known=known, at=timezone.now())
        page["passkey"] = options["publicKey"]
    return render(request, template, page, status=422 if form.errors else 200)


def may_try(request: HttpRequest, email: str) -> bool:
    """Whether there is still a try left for an address, counting wrong passwords, codes and passkeys."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": email}))


def count_wrong(request: HttpRequest, email: str) -> None:
    """Count one more; after the last one allowed, axes answers instead of the page."""
    user_login_failed.send(sender=__name__, credentials={"username": email}, request=request)


def shut_out(request: HttpRequest, email: str) -> HttpResponse:
    """Return the page that says there were too many tries."""
    answer: HttpResponse = get_lockout_response(request, credentials={"username": email})
    return answer


def site_of(request: HttpRequest) -> Site:
    """Where the browser is, by the name it uses itself."""
    return Site(f"{request.scheme}://{request.get_host().lower()}")


def confirmed_at(request: HttpRequest) -> datetime | None:
    """When whoever has this session last confirmed who they are with a second factor."""
    at = request.session.get(CONFIRMED)
    return None if at is None else datetime.fromtimestamp(at, UTC)


def confirm_first(request: MemberRequest) -> HttpResponse | None:
    """Lead to the page that asks for a second factor, if they have one and have not just used it."""
    if rules.confirmation_holds(confirmed_at(request), at=timezone.now()):
        return None
    if not signing_in.has_second_factor(user=request.user):
        return None
    return redirect(f"{reverse('accounts:confirm_it_is_you')}?{urlencode({'next': request.path})}")


def go_on_here_alone(request: MemberRequest) -> None:
    """Let only this one of the account's sessions go on: the others have ended."""
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
