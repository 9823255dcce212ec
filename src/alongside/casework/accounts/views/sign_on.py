"""Signing in through a council's own provider: there, and back."""

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

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

from alongside.casework.access.actors import system_actor
from alongside.casework.accounts import commands, queries
from alongside.casework.accounts.middleware import BELONGS_NOWHERE, SIGN_ON
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.sign_on.asking import SignOnRefusedError
from alongside.casework.accounts.sign_on.flow import Departure, address_to_go_to, who_came_back
from alongside.casework.accounts.sign_on.provider import Provider
from alongside.casework.accounts.views.arriving import BY_PASSWORD, acting, where_to
from alongside.casework.design import refusals

if TYPE_CHECKING:
    from alongside.casework.accounts.models import User

_DEPARTED = "departed_to_provider"
_LOG = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """Lead to the provider. A link, not a form: the content security policy lets no form lead elsewhere."""
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
    """Sign in whoever comes back, by what the provider calls them or, the first time, by their address."""
    if settings.SIGN_ON is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect("today")
    departed = request.session.pop(_DEPARTED, None)
    if departed is None:
        return _refused(request, "The sign-in was not started in this browser.")
    wanted = departed.pop("next")
    try:
        arrived = who_came_back(
            settings.SIGN_ON,
            Departure(**departed),
            came_with=dict(request.GET.lists()),
            back_to=_back(request),
            at=timezone.now(),
        )
    except SignOnRefusedError as error:
        return _refused(request, str(error))
    provider: Provider = settings.SIGN_ON
    found = signing_in.who_signs_on(issuer=provider.issuer, subject=arrived.subject, email=arrived.email)
    if found.user is None:
        return _refused(request, "No account has the e-mail address that the provider verified.")
    if found.another:
        return _refused_as_another(request, found.user.id, provider.name)
    if not queries.memberships_on(user=found.user, on=timezone.localdate()):
        return refusals.not_allowed(request, sentence=str(BELONGS_NOWHERE))
    _sign_in(request, found.user, provider, bind="" if found.known else arrived.subject)
    return redirect(wanted)


def _sign_in(request: HttpRequest, user: "User", provider: Provider, *, bind: str) -> None:
    if bind:
        user = commands.bind_subject(
            actor=acting(request, user),
            at=timezone.now(),
            issuer=provider.issuer,
            subject=bind,
            provider=provider.name,
        )
    login(request, user, backend=BY_PASSWORD)
    request.session[SIGN_ON] = True
    commands.note_sign_in_through_provider(
        actor=acting(request, user), at=timezone.now(), provider=provider.name
    )


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:come_back"))


def _refused_as_another(request: HttpRequest, user_id: UUID, provider: str) -> HttpResponse:
    """Say that the address was somebody else's here before: the reader has shown that it is theirs now."""
    commands.note_sign_on_of_another(
        actor=system_actor("Sign-on"), at=timezone.now(), user_id=user_id, provider=provider
    )
    return refusals.refusal(
        request,
        403,
        _("You are not signed in"),
        _(
            "Somebody has signed in here with your e-mail address before, and your organisation's own "
            "sign-on says that it was not you."
        ),
        _(
            "If it was you, or somebody else had the address before you, tell your organisation lead. "
            "The people who run Alongside for your partnership can put it right."
        ),
    )


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """Say so in words that are the same for everybody; the reason, which names nobody, goes to the log."""
    _LOG.warning("sign-on through the council's own provider was refused: %s", why)
    return refusals.refusal(
        request,
        403,
        _("You are not signed in"),
        _("Your organisation's own sign-on did not tell us who you are, or you have no account here."),
        _("Go back to the sign-in page and try once more. If it happens again, tell your organisation lead."),
    )
