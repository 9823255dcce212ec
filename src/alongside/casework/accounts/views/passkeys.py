"""The member's own passkeys: adding and removing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from alongside.casework.accounts import commands, presenters
from alongside.casework.accounts.ceremony import Answer, PasskeyRefusedError, ask_to_make
from alongside.casework.accounts.commands.second_factor import NameTakenError
from alongside.casework.accounts.forms import PasskeyForm
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.accounts.views.proving import (
    ASKED,
    confirm_first,
    confirmed_at,
    go_on_here_alone,
    site_of,
)
from alongside.casework.accounts.views.second_factor import shown_once
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError


@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def add_passkey(request: MemberRequest) -> HttpResponse:
    """Ask the browser for a passkey, and its owner for a name; show recovery codes with the first."""
    if (first := confirm_first(request)) is not None:
        return first
    asked = request.session.pop(ASKED, None)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = commands.add_passkey(
                actor=request.actor,
                at=timezone.now(),
                name=form.cleaned_data["name"],
                answer=Answer(site_of(request), asked, form.cleaned_data["answer"]),
                confirmed_at=confirmed_at(request),
            )
        except NameTakenError as error:
            form.add_error("name", str(error))
        except (PasskeyRefusedError, AlreadyDoneError) as error:
            form.add_error(None, str(error))
        else:
            return shown_once(request, codes)
    options, request.session[ASKED] = ask_to_make(
        site_of(request),
        account=request.user.id.bytes,
        email=request.user.email,
        name=request.user.name,
        known=signing_in.passkeys_of(user=request.user),
        at=timezone.now(),
    )
    page = {
        "form": form,
        "passkey": options["publicKey"],
        "helped": presenters.taken_off(request.user),
        "first": not signing_in.has_second_factor(user=request.user),
    }
    return render(request, "accounts/add_passkey.jinja", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove_passkey(request: MemberRequest, passkey_id: int) -> HttpResponse:
    """Remove a passkey, once it is clear who is asking."""
    own = [each for each in signing_in.own_second_factors(actor=request.actor) if each.is_passkey]
    passkey = next((each for each in own if each.id == passkey_id), None)
    if passkey is None:
        raise NotFoundError(_("You do not have this passkey."))
    if (first := confirm_first(request)) is not None:
        return first
    if request.method == "POST":
        commands.remove_passkey(
            actor=request.actor,
            at=timezone.now(),
            passkey_id=passkey_id,
            confirmed_at=confirmed_at(request),
        )
        go_on_here_alone(request)
        messages.success(request, _("The passkey was removed."))
        return redirect("accounts:my_security")
    return render(request, "accounts/remove_passkey.jinja", {"name": passkey.name})
