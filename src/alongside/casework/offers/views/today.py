"""What offers add to the Today page."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.offers.permissions import may_read_offers
from alongside.casework.offers.presenters import today as words
from alongside.casework.offers.queries.today import offers_today


def offers_of_the_day(request: HttpRequest) -> Section | None:
    """Return who to talk or go back to, and what was not offered, for members who work with people."""
    actor = cast("MemberRequest", request).actor
    if not may_read_offers(actor).allowed:
        return None
    asked = offers_today(actor=actor, day=timezone.localdate())
    lines = [
        Line(
            words.after_no(each),
            address_of("offers:offers", args=[each.person.id]),
            words.after_no_why(each),
            each.due,
        )
        for each in asked.after_no
    ]
    lines += [
        Line(
            words.not_offered(each),
            address_of("offers:look", args=[each.person_id, each.id]),
            words.look_at_it(each),
        )
        for each in asked.to_look_at
    ]
    lines += [
        Line(
            words.not_offered(each), address_of("offers:offers", args=[each.person_id]), words.offer_it(each)
        )
        for each in asked.after_all
    ]
    return Section(words.title(), 12, lines, people=len(lines)) if lines else None
