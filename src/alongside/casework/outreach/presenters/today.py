"""What lists and referrals say on the page of the day."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.dates import moment_in_words
from alongside.casework.outreach.presenters.referrals import REFERRAL_STATES, how_soon
from alongside.casework.outreach.queries.day import ReferralOfDay


def all_on_list(count: int) -> str:
    """Return what leads to the whole of a list."""
    return ngettext("Your list", "All %(number)s on your list", count) % {"number": count}


def all_asked(count: int) -> str:
    """Return what leads to all that is asked."""
    return ngettext("Answer it", "Answer them: %(number)s wait", count) % {"number": count}


def asked(referral: ReferralOfDay) -> str:
    """Return who asks since when, and how soon somebody is to look."""
    return _("%(soon)s. %(organisation)s, %(when)s") % {
        "soon": how_soon(referral.priority),
        "organisation": referral.organisation,
        "when": moment_in_words(referral.since),
    }


def answered(referral: ReferralOfDay) -> str:
    """Return what was answered, by which organisation and when."""
    return _("%(answer)s. %(organisation)s, %(when)s") % {
        "answer": REFERRAL_STATES[referral.state][0],
        "organisation": referral.organisation,
        "when": moment_in_words(referral.since),
    }
