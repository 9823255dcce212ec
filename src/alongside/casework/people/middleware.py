"""Whom the member who asks has open in an emergency."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.people.permissions import may_open_in_emergency
from alongside.casework.people.queries import emergency_people_of


class EmergencyMiddleware:
    """Adds to ``request.actor`` the people opened in an emergency, where the actor's role has emergencies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        """Answer as the actor with their emergencies."""
        request = cast("MemberRequest", plain)
        actor = getattr(request, "actor", None)
        if actor is not None and may_open_in_emergency(actor).allowed:
            opened = emergency_people_of(
                user_id=actor.account, organisation_id=actor.member_of, at=timezone.now()
            )
            request.actor = replace(actor, emergency_people=opened)
        return self.get_response(request)
