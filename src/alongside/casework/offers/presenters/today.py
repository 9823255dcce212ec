"""What offers add to the Today page, in finished words."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.offers.models import NotOffered
from alongside.casework.offers.presenters.offers import adding_up_line
from alongside.casework.offers.presenters.words import NOT_OFFERED
from alongside.casework.offers.queries.today import AfterNo
from alongside.casework.offers.rules.not_offered import NotOfferedWhy

LONGEST = 80
"""How many letters of what was not offered are on the Today page."""


def title() -> str:
    """Return the heading."""
    return _("A no is not the end")


def after_no(told: AfterNo) -> str:
    """Say who it is about, and what there is to do."""
    if told.adding_up:
        return _("%(name)s: refusals are adding up") % {"name": told.person.known_as}
    return _("%(name)s: go back to them") % {"name": told.person.known_as}


def after_no_why(told: AfterNo) -> str:
    """Say why."""
    said = [adding_up_line(told.adding_up)] if told.adding_up else []
    said += [
        _("Go back to them by %(day)s: %(name)s.")
        % {"day": day_in_words(reply.next_on), "name": reply.next_by}
        for reply in told.come_back
        if reply.next_on
    ]
    said += [
        _("Look again at the declined assessment by %(day)s.") % {"day": day_in_words(reply.revisit_on)}
        for reply in told.look_again
        if reply.revisit_on
    ]
    return " ".join(said)


def not_offered(noted: NotOffered) -> str:
    """Say who it is about, and what they were not offered."""
    what = Truncator(noted.what).chars(LONGEST)
    return _("%(name)s: %(what)s") % {"name": noted.person.known_as, "what": what}


def look_at_it(noted: NotOffered) -> str:
    """Say why somebody should look at it, but not in the words of whoever wrote it down."""
    return _("Not offered. Take a second look: %(why)s") % {"why": NOT_OFFERED[NotOfferedWhy(noted.why)]}


def offer_it(_noted: NotOffered) -> str:
    """Say that a manager asked for it to be offered."""
    return _("It is to be offered after all, and nobody has done so yet.")
