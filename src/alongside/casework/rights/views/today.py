"""What requests for access ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line, Section
from alongside.casework.rights.permissions import may_handle
from alongside.casework.rights.presenters.requests import request_line
from alongside.casework.rights.queries.requests import requests_under_way


def requests_to_answer(request: HttpRequest) -> Section | None:
    """Return the requests under way with their due days, for whoever answers them."""
    actor = cast("MemberRequest", request).actor
    if not may_handle(actor).allowed:
        return None
    today = timezone.localdate()
    lines = [
        Line(each.reference, reverse("rights:request", args=[each.id]), f"{each.state.words}. {each.due}")
        for each in (request_line(one, today) for one in requests_under_way(actor=actor))
    ]
    every = Line(_("All requests for access"), reverse("rights:requests"))
    return Section(
        _("People who ask what is held about them"), 35, lines, _("Nobody waits for an answer."), every
    )
