"""Signing in through a council's own provider: there, and back."""

import logging
from dataclasses import asdict

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alongside.casework.accounts import commands, queries
from alongside.casework.accounts.middleware import BELONGS_NOWHERE, SIGN_ON
from alongside.casework.accounts.sign_on.asking import SignOnRefusedError
from alongside.casework.accounts.sign_on.flow import Departure, address_to_go_to, verified_email
from alongside.casework.accounts.views.arriving import BY_PASSWORD, acting, where_to
from alongside.casework.design import refusals

_DEPARTED = "departed_to_provider"
_LOG = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. It is a link, not a form: the policy for forms lets none lead elsewhere."""
    if settings.SIGN_ON is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect(where_to(request))
    departure = Departure()
    try:
        address = address_to_go_to(settings.SIGN_ON, departure, back_to=_back(request))
    except SignOnRefusedError as error:
        return _refused(request, str(error))
    request.session[_DEPARTED] = asdict(departure) | {"next": where_to(request)}
    return redirect(address)


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Sign in who comes back, if an account has the address that the provider verified. It makes none."""
    if settings.SIGN_ON is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect("today")
    departed = request.session.pop(_DEPARTED, None)
    if departed is None:
        return _refused(request, "Whoever came back did not begin in this browser.")
    wanted = departed.pop("next")
    try:
        email = verified_email(
            settings.SIGN_ON,
            Departure(**departed),
            came_with=dict(request.GET.lists()),
            back_to=_back(request),
            at=timezone.now(),
        )
    except SignOnRefusedError as error:
        return _refused(request, str(error))
    user = queries.active_account_of(email=email)
    if user is None:
        return _refused(request, "No account has the e-mail address that the provider verified.")
    if not queries.memberships_on(user=user, on=timezone.localdate()):
        return refusals.not_allowed(request, sentence=str(BELONGS_NOWHERE))
    login(request, user, backend=BY_PASSWORD)
    request.session[SIGN_ON] = True
    commands.note_sign_in_through_provider(
        actor=acting(request, user), at=timezone.now(), provider=settings.SIGN_ON.name
    )
    return redirect(wanted)


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:come_back"))


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """Say so in words that are the same for all; why, which says nothing of anybody, is for the log."""
    _LOG.warning("sign-on through the council's own provider was refused: %s", why)
    return refusals.refusal(
        request,
        403,
        _("You are not signed in"),
        _("Your organisation's own sign-on did not tell us who you are, or you have no account here."),
        _("Go back to the sign-in page and try once more. If it happens again, tell your organisation lead."),
    )
