"""What offers ask of a day, in finished words."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.offers.models import NotOffered
from alongside.casework.offers.presenters.offers import adding_up_line
from alongside.casework.offers.presenters.words import NOT_OFFERED
from alongside.casework.offers.queries.today import AfterNo
from alongside.casework.offers.rules.not_offered import NotOfferedWhy

LONGEST = 80
"""So many letters of what was not offered are on the page of the day."""


def title() -> str:
    """Return the heading."""
    return _("A no is not the end")


def after_no(told: AfterNo) -> str:
    """Say what is to be done, and not for whom: that stands where it leads to."""
    return _("Refusals add up") if told.adding_up else _("Come back to somebody who said no")


def after_no_why(told: AfterNo) -> str:
    """Say why."""
    said = [adding_up_line(told.adding_up)] if told.adding_up else []
    said += [
        _("Come back by %(day)s: %(name)s.") % {"day": day_in_words(reply.next_on), "name": reply.next_by}
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
    """Say what was not offered."""
    return Truncator(noted.what).chars(LONGEST)


def look_at_it(noted: NotOffered) -> str:
    """Say why somebody is to look at it; not in the words of whoever wrote it down."""
    return _("Not offered. Take a second look: %(why)s") % {"why": NOT_OFFERED[NotOfferedWhy(noted.why)]}


def offer_it(_noted: NotOffered) -> str:
    """Say that a manager asked for it to be offered."""
    return _("It is to be offered after all, and nobody has yet.")
