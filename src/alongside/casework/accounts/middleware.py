"""Who is asking, for every request; and a plain answer to whatever a command or query refuses."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts import queries
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.permissions import ANOTHER_PURPOSE, may_choose_purpose
from alongside.casework.accounts.purposes import title_of
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.queries.covers import coverings, no_longer_covering
from alongside.casework.accounts.requests import MemberRequest, WorkingFor
from alongside.casework.audit.recorder import record_refusal
from alongside.casework.design import refusals
from alongside.casework.design.addresses import address_of
from alongside.casework.design.searches import SEARCHES
from alongside.casework.kernel.errors import (
    AlreadyDoneError,
    CaseworkError,
    NoLongerSeenError,
    NotFoundError,
    StaleError,
)

MEMBERSHIP, PURPOSE, SIGN_ON = "membership_id", "purpose", "sign_on"
"""What the session remembers: the organisation they are acting for, what they said they are working for, and
that they signed in through their council's own provider."""
BELONGS_NOWHERE = gettext_lazy(
    "Your account does not belong to any organisation in the partnership today. If it should, ask your "
    "organisation lead to add you."
)

_ANOTHER_NOW = gettext_lazy(
    "You no longer act for the organisation that you were working for: that ended, or it was changed."
)
_PURPOSE_FIRST = (
    gettext_lazy("Choose a purpose first"),
    gettext_lazy(
        "You have not said what you are working for, or that purpose is no longer open to your organisation. "
        "Nothing was saved."
    ),
    gettext_lazy(
        "Open Alongside in another window and choose a purpose there. Then go back to the form in this "
        "window and send it again: what you wrote is still there."
    ),
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Sends people who are not signed in to sign in, first showing them anything they had written."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """Return where to sign in, or the page with what they wrote; None if they are signed in."""
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is None or not refusals.words_sent(request):
            return answer
        return refusals.signed_out(request, answer["Location"])


class ActorMiddleware:
    """Puts ``actor`` and ``request_id`` on the request; stops anybody who belongs to no organisation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        """Answer, with the request's id in a header; the browser keeps nothing of what members see."""
        request = cast("MemberRequest", plain)
        request.request_id = uuid4().hex
        request.actor = None  # type: ignore[assignment]
        request.working_for = None
        request.may_change_organisation = False
        request.partnership = SimpleLazyObject(queries.partnership_name)  # type: ignore[assignment]
        member = request.user.is_authenticated
        response = (self._stopped(request) if member else None) or self.get_response(request)
        if response.status_code == 405 and request.actor is not None:
            response = refusals.nothing_to_read(request, response["Allow"])
        response["X-Request-ID"] = request.request_id
        if member:
            add_never_cache_headers(response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say what was refused in the error's own sentence; leave our own faults alone."""
        match error:
            case NoLongerSeenError():
                return refusals.refusal(request, 404, _("You can no longer see this"), str(error))
            case NotFoundError():
                return refusals.not_found(request)
            case NotAllowedError():
                self._remember(cast("MemberRequest", request), error)
                onward = _to_purpose(request) if error.decision.code == ANOTHER_PURPOSE else None
                return refusals.not_allowed(request, sentence=str(error), onward=onward)
            case AlreadyDoneError() | StaleError():
                return refusals.refusal(request, 409, _("This was not done"), str(error))
            case CaseworkError():
                return refusals.refusal(request, 400, _("This was not done"), str(error))
        return None

    def _remember(self, request: MemberRequest, refusal: NotAllowedError) -> None:
        """Record a refusal that a page itself decided; commands and queries record their own."""
        if not refusal.recorded and request.actor is not None and request.resolver_match is not None:
            record_refusal(request.actor, request.resolver_match.view_name, refusal.decision.code)

    def _stopped(self, request: MemberRequest) -> HttpResponse | None:
        """Find out who is asking; return where they must go first, if anywhere."""
        today = timezone.localdate()
        memberships = queries.memberships_on(user=request.user, on=today)
        if not memberships:
            logout(request)
            return refusals.not_allowed(request, sentence=str(BELONGS_NOWHERE))
        acted_for = request.session.get(MEMBERSHIP) or ""
        chosen = {str(each.id): each for each in memberships}.get(acted_for)
        if chosen is None:
            chosen = memberships[0] if len(memberships) == 1 else None
            request.session[MEMBERSHIP] = str(chosen.id) if chosen else None
            if acted_for and (stopped := _acts_for_another(request, chosen)):
                return stopped
        request.may_change_organisation = len(memberships) > 1
        request.partnership = getattr(memberships[0], "partnership", None) or ""
        if chosen is not None:
            actor = queries.actor_for(request.user, chosen, request.session.get(PURPOSE, ""), today)
            request.trained_to = getattr(chosen, "trained_to", [])
            request.covering = coverings(chosen, today)
            request.covered_lately = no_longer_covering(chosen, today)
            request.actor = replace(actor, request_id=request.request_id)
            if actor.purpose:
                request.working_for = WorkingFor(title_of(actor.purpose), may_change=len(actor.purposes) > 1)
        always = _always_open()
        first = list(always)
        if request.user.password_is_one_time and SIGN_ON not in request.session:
            first.append(address_of("accounts:choose_password"))
        elif chosen is None:
            first.append(address_of("accounts:choose_organisation"))
        elif _lacks_second_factor(request):
            first.append(address_of("accounts:add_passkey"))
            first.append(address_of("accounts:set_up_second_factor"))
        elif not request.actor.purpose and may_choose_purpose(request.actor).allowed:
            first += [address_of("accounts:choose_organisation"), address_of("accounts:choose_purpose")]
            if request.path not in first and request.method not in ("GET", "HEAD"):
                return refusals.refusal(
                    request, 409, *map(str, _PURPOSE_FIRST)
                )  # or what was typed would be lost
            if request.path not in first:
                return redirect(f"{first[-1]}?{urlencode({'next': request.path})}")
        if first != always and request.path not in first:
            return redirect(first[-1])
        return None


def forget_what_was_for_another(request: HttpRequest) -> None:
    """Forget what somebody said and searched for while they acted for another organisation.

    A form that was opened for the other one, in another window or before "Back", can no longer be sent: its
    words would be kept as this one's. Whoever sends it is shown what they wrote, to copy.
    """
    for said_for_the_other in (PURPOSE, SEARCHES):
        request.session.pop(said_for_the_other, None)
    rotate_token(request)


def _always_open() -> list[str]:
    return [address_of("accounts:sign_out"), address_of("choose_language")]


def _acts_for_another(request: MemberRequest, chosen: Membership | None) -> HttpResponse | None:
    """Forget what was said for an organisation they no longer act for, and say so.

    What they had written for it must not be saved for another: it is shown, to copy.
    """
    forget_what_was_for_another(request)
    now = (
        _("You now act for %(organisation)s.") % {"organisation": chosen.organisation.name}
        if chosen
        else _("Choose which of your organisations you act for now.")
    )
    if request.method in ("GET", "HEAD"):
        messages.info(request, f"{_ANOTHER_NOW} {now}")
    elif request.path not in _always_open():
        return refusals.refusal(
            request, 409, _("This was not done"), str(_ANOTHER_NOW), _("Nothing was saved."), now
        )
    return None


def _lacks_second_factor(request: MemberRequest) -> bool:
    """Whether a role of theirs needs one; those who came through their council's provider were asked there.

    If theirs was removed because they had lost it, they always need one: until then a password is enough.
    """
    if request.user.second_factor_taken_off_at is not None:
        return True
    if request.actor.roles.isdisjoint(settings.SECOND_FACTOR_FOR) or SIGN_ON in request.session:
        return False
    return not signing_in.has_second_factor(user=request.user)


def _to_purpose(request: HttpRequest) -> refusals.Onward:
    """Return the link that leads to changing purpose, and then back to what they wanted to open."""
    back = f"?{urlencode({'next': request.path})}" if request.method == "GET" else ""
    return refusals.Onward(
        _("Change what you are working for"), f"{address_of('accounts:choose_purpose')}{back}"
    )
