"""Finished words for what is known of somebody's death."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.people.models import Whole
from alongside.casework.people.presenters.whole import in_words

HAS_DIED = gettext_lazy("It is recorded that this person has died")
"""For those who were told of somebody, and may not see the record that says when."""


def died_in_words(person: Whole) -> list[str]:
    """Return that somebody has died, as each of their records says it; nothing of somebody who lives."""
    return [_("Died on %(day)s") % {"day": each} for each in in_words(person, "died_on")]
