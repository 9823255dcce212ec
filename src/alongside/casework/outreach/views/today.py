"""What lists ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.outreach import presenters
from alongside.casework.outreach.permissions import may_read_list, may_tell_worries
from alongside.casework.outreach.queries import lists

SHOWN = 5
"""So many are on the page of today; the list has them all."""


def worried(request: HttpRequest) -> Section | None:
    """Return the way in for whoever worries about somebody; its page says who reads it."""
    actor = cast("MemberRequest", request).actor
    if not may_tell_worries(actor).allowed:
        return None
    said = _("A few words are enough.")
    return Section(_("Worried about somebody?"), 15, [Line(_("Tell us"), address_of("outreach:worry"), said)])


def my_list(request: HttpRequest) -> Section | None:
    """Return the first of what is a member's to do, for whoever has a list."""
    actor = cast("MemberRequest", request).actor
    if not may_read_list(actor).allowed:
        return None
    at = timezone.now()
    items, count = lists.first_of_my_list(actor=actor, at=at, most=SHOWN)
    cards = [presenters.card(item, timezone.localdate(at)) for item in items]
    lines = [
        Line(
            card.name,
            address_of("outreach:item", args=[card.id]),
            ". ".join(filter(None, [card.soon, card.hint])),
            item.try_next_on,
        )
        for item, card in zip(items, cards, strict=True)
    ]
    all_of_it = Line(_("All %(number)s on your list") % {"number": count}, address_of("outreach:mine"))
    more = all_of_it if items else None
    return Section(_("Yours to do"), 10, lines, _("Nothing is on your list."), more, people=len(items))
