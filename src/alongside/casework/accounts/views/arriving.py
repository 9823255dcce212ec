"""What every way of signing in shares: who is acting, where they wanted to go, and waiting for a code."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.casework.access.actors import Actor
from alongside.casework.accounts import queries
from alongside.casework.accounts.middleware import MEMBERSHIP
from alongside.casework.accounts.queries import signing_in
from alongside.casework.accounts.requests import MemberRequest

if TYPE_CHECKING:
    from alongside.casework.accounts.models import User

BY_PASSWORD = "alongside.casework.accounts.passwords.ByPassword"  # noqa: S105 - the name of a class
WAITING = "waiting_for_code"
SECONDS_TO_FIND_THE_CODE = 600


def acting(request: HttpRequest, user: "User") -> Actor:
    """Who is signing in or has signed in, even if they have not yet said for which organisation."""
    chosen = request.session.get(MEMBERSHIP)
    memberships = queries.memberships_on(user=user, on=timezone.localdate())
    if chosen is None and len(memberships) == 1:
        chosen = str(memberships[0].id)
    if chosen is None:
        return Actor(
            name=user.name,
            user_id=user.id,
            organisation_id=None,
            organisation_name="",
            request_id=cast("MemberRequest", request).request_id,
        )
    return queries.actor_of(user, UUID(chosen), "", timezone.localdate())


def where_to(request: HttpRequest) -> str:
    """Where somebody wanted to go, if it is one of our pages: we must not be used to redirect elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("today")


def wait_for_code(request: HttpRequest, user: "User", wanted: str) -> None:
    """Remember that somebody's password was right: they are not signed in yet, and have ten minutes."""
    request.session.flush()  # keep nothing from whoever had this session before
    request.session[WAITING] = {
        "user": str(user.id),
        "password": user.get_session_auth_hash(),
        "since": timezone.now().timestamp(),
        "next": wanted,
    }


def who_waits(request: HttpRequest) -> "User | None":
    """Return whose password was right less than ten minutes ago, and has not changed since."""
    waiting = request.session.get(WAITING)
    if waiting is None or timezone.now().timestamp() - waiting["since"] > SECONDS_TO_FIND_THE_CODE:
        return None
    user = signing_in.active_account(user_id=waiting["user"])
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waiting["password"]):
        return None
    return user
