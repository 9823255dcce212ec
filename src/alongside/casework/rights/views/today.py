"""What people's requests, corrections and objections ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.today import Line, Section
from alongside.casework.rights.permissions import may_handle, may_put_right
from alongside.casework.rights.presenters.disputes import dispute_line
from alongside.casework.rights.presenters.requests import request_line
from alongside.casework.rights.queries.disputes import disputed_of_own, disputes_open
from alongside.casework.rights.queries.requests import requests_under_way


def requests_to_answer(request: HttpRequest) -> Section | None:
    """Return what people ask, with the days it is due, for whoever answers it."""
    actor = cast("MemberRequest", request).actor
    if not may_handle(actor).allowed:
        return None
    today = timezone.localdate()
    lines = [
        Line(each.reference, address_of("rights:request", args=[each.id]), f"{each.state.words}. {each.due}")
        for each in (request_line(one, today) for one in requests_under_way(actor=actor))
    ]
    said = (dispute_line(each, today) for each in disputes_open(actor=actor))
    lines += [
        Line(
            f"{each.says}: {each.what}, {each.received}",
            address_of("rights:dispute", args=[each.id]),
            each.due,
        )
        for each in said
    ]
    every = Line(_("All that people ask"), address_of("rights:requests"))
    return Section(
        _("What people ask about what is held"), 35, lines, _("Nobody waits for an answer."), every
    )


def written_and_disputed(request: HttpRequest) -> Section | None:
    """Return what a member wrote that is said to be wrong: they are the ones who can put it right."""
    actor = cast("MemberRequest", request).actor
    if not may_put_right(actor).allowed:
        return None
    lines = [
        Line(
            _("Disputed: what you wrote on %(day)s") % {"day": day_in_words(each.recorded_at)},
            address_of("people:correct", args=[each.person_id, each.corrects_id or each.id]),
            _("It is of %(day)s. If it is wrong, put it right: whoever answers the person waits for that.")
            % {"day": day_in_words(each.happened_on)},
        )
        for each in disputed_of_own(actor=actor)
    ]
    return Section(_("Said to be wrong of what you wrote"), 34, lines) if lines else None
