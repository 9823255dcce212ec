"""What the involvement register tells agencies coming together, ready to show."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.people.models import Involvement
from alongside.casework.people.presenters.words import noted_late
from alongside.casework.people.rules import HOW_MUCH


def known_late(around: Iterable[Involvement]) -> list[str]:
    """Return a sentence for each agency that was in touch long before anybody here could know.

    In the guidance's example (source 002, section 5) one had helped for two years, and nobody knew how much.
    """
    return [
        _("%(agency)s has been in touch since %(day)s. %(late)s How much they do: %(much)s.")
        % {
            "agency": each.organisation.name,
            "day": day_in_words(each.since),
            "late": late,
            "much": str(HOW_MUCH[each.intensity]).lower(),
        }
        for each in around
        if each.since and (late := noted_late(each))
    ]
