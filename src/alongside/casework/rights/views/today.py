"""People's requests, corrections, objections and holds on a member's page of the day."""

from datetime import timedelta
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.rights.permissions import may_handle
from alongside.casework.rights.presenters.disputes import dispute_line, hold_line, said_while_joined_line
from alongside.casework.rights.presenters.requests import request_line
from alongside.casework.rights.queries.disputes import disputes_open
from alongside.casework.rights.queries.keeping import holds_after_harm
from alongside.casework.rights.queries.requests import requests_under_way
from alongside.casework.rights.queries.separated import said_while_joined

HELD_LATELY = timedelta(days=14)
"""How long a hold that harm placed is told."""
SEPARATED_LATELY = timedelta(days=14)
"""How long what may be either person's is told, once their records were separated."""


def requests_to_answer(request: HttpRequest) -> Section | None:
    """Return what people ask for and when it is due, and new holds, for members who answer; else None."""
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
    held = holds_after_harm(actor=actor, since=timezone.now() - HELD_LATELY)
    lines += [
        Line(hold_line(each), address_of("rights:disposals"), _("If it is not needed, lift it there."))
        for each in held
    ]
    lines += [
        Line(*said_while_joined_line(each))
        for each in said_while_joined(actor=actor, since=timezone.now() - SEPARATED_LATELY)
    ]
    every = Line(_("All requests for access"), address_of("rights:requests"))
    return Section(
        _("Requests, corrections and objections"), 35, lines, _("Nobody is waiting for an answer."), every
    )
