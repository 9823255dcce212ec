"""Devices that have been handed to a person, and the records a member has open in an emergency."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.banners import Banner
from alongside.casework.people.permissions import may_open_in_emergency
from alongside.casework.people.presenters import clock
from alongside.casework.people.queries.emergencies import OpenNow, emergency_people_of, open_emergencies

HANDED_OVER = "handed_over"
"""Session key for the id of the person who has the device; nothing else opens on it meanwhile."""
HANDED_OVER_TO = "handed_over_to"
"""Session key for the name of the one page that then opens; by default, the page on which they write."""
OPEN_MEANWHILE = ("people:take_back", "accounts:sign_out", "choose_language")


class HandedOverMiddleware:
    """Redirects every request from a device that is with a person back to their one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or redirect."""
        if HANDED_OVER in request.session:
            page = request.session.get(HANDED_OVER_TO, "people:own_words")
            if request.path not in map(address_of, (page, *OPEN_MEANWHILE)):
                return redirect(page)
        return self.get_response(request)


class EmergencyMiddleware:
    """Adds to ``request.actor`` the people they opened in an emergency, if their role allows emergencies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        """Answer with the actor's emergencies added."""
        request = cast("MemberRequest", plain)
        actor = getattr(request, "actor", None)
        if actor is not None and may_open_in_emergency(actor).allowed:
            at = timezone.now()
            people = emergency_people_of(user_id=actor.account, organisation_id=actor.member_of, at=at)
            request.actor = replace(actor, emergency_people=people)
            if people:
                request.emergencies = open_emergencies(actor=request.actor, at=at)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        """Show a banner above the page, with a stronger one if the page is about that person."""
        del view, given
        opened: list[OpenNow] = getattr(request, "emergencies", [])
        request.banners = [_banner(each, named.get("person_id")) for each in opened]  # type: ignore[attr-defined]


def _banner(opened: OpenNow, page_about: Any) -> Banner:
    until = clock(opened.ends_at)
    if page_about in opened.records:
        text = _(
            "You opened this record in an emergency. It closes at {until}, and what you do here will be "
            "reviewed."
        )
        link = None
    else:
        text = _("You have a record open in an emergency, until {until}.")
        link = (_("Go to the record"), address_of("people:person", args=[opened.person_id]))
    close = (
        _("The emergency is over: close the record"),
        address_of("people:close_emergency", args=[opened.access_id]),
    )
    return Banner(_("Emergency"), text.format(until=until), link, close)
