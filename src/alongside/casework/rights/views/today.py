"""People's requests, corrections and objections on a member's page of the day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.rights.permissions import may_handle
from alongside.casework.rights.presenters.disputes import dispute_line
from alongside.casework.rights.presenters.requests import request_line
from alongside.casework.rights.queries.disputes import disputes_open
from alongside.casework.rights.queries.requests import requests_under_way


def requests_to_answer(request: HttpRequest) -> Section | None:
    """Return what people ask for and when it is due, for members who answer; None for others."""
    actor = cast("MemberRequest", request).actor
    if not may_handle(actor).allowed:
        return None
    today = timezone.localdate()
    lines = [
        Line(
            each.reference,
            address_of("rights:request", args=[each.id]),
            f"{each.state.words}. {each.due}",
            each.until,
        )
        for each in (request_line(one, today) for one in requests_under_way(actor=actor))
    ]
    said = (dispute_line(each, today) for each in disputes_open(actor=actor))
    lines += [
        Line(
            f"{each.says}: {each.what}, {each.received}",
            address_of("rights:dispute", args=[each.id]),
            each.due,
            each.until,
        )
        for each in said
    ]
    every = Line(_("All requests for access"), address_of("rights:requests"))
    return Section(
        _("Requests, corrections and objections"), 35, lines, _("Nobody is waiting for an answer."), every
    )
