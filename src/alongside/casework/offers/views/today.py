"""What offers ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.dates import day_in_words
from alongside.casework.design.today import Line, Section
from alongside.casework.offers.permissions import may_look_again, may_read_offers
from alongside.casework.offers.presenters.offers import adding_up_line, not_offered_in_short
from alongside.casework.offers.presenters.words import NOT_OFFERED
from alongside.casework.offers.queries.today import AfterNo, not_the_end, second_looks_waiting
from alongside.casework.offers.rules.not_offered import NotOfferedWhy


def after_no(request: HttpRequest) -> Section | None:
    """Return for whom refusals add up and to whom one comes back, for whoever works with people."""
    actor = cast("MemberRequest", request).actor
    if not may_read_offers(actor).allowed:
        return None
    goes_on = not_the_end(actor=actor, day=timezone.localdate())
    lines = [
        Line(_said_of(each), reverse("offers:offers", args=[each.person.id]), _hint(each))
        for each in goes_on.after_no
    ]
    lines += [
        Line(
            _("%(name)s: offer it after all") % {"name": each.person.known_as},
            reverse("offers:offers", args=[each.person_id]),
            not_offered_in_short(each)[0],
        )
        for each in goes_on.after_all
    ]
    return Section(_("A no is not the end"), 12, lines) if lines else None


def second_looks(request: HttpRequest) -> Section | None:
    """Return what was not offered to somebody and waits for a manager's look."""
    actor = cast("MemberRequest", request).actor
    if not may_look_again(actor).allowed:
        return None
    lines = [
        Line(
            _("%(name)s: %(what)s") % {"name": each.person.known_as, "what": Truncator(each.what).chars(80)},
            reverse("offers:look", args=[each.person_id, each.id]),
            str(NOT_OFFERED[NotOfferedWhy(each.why)]),
        )
        for each in second_looks_waiting(actor=actor)
    ]
    return Section(_("Help that was not offered"), 32, lines, _("Nothing waits for a second look."))


def _said_of(each: AfterNo) -> str:
    name = each.person.known_as
    if each.adding_up:
        return _("%(name)s: refusals add up") % {"name": name}
    return _("%(name)s: come back to them") % {"name": name}


def _hint(each: AfterNo) -> str:
    said = [adding_up_line(each.adding_up)] if each.adding_up else []
    said += [
        _("Come back by %(day)s: %(name)s") % {"day": day_in_words(reply.next_on), "name": reply.next_by}
        for reply in each.come_back
        if reply.next_on
    ]
    return " ".join(said)
