"""Finished words for what is known of somebody's death."""

from django.utils.translation import gettext as _

from alongside.casework.people.models import Whole
from alongside.casework.people.presenters.whole import in_words


def died_in_words(person: Whole) -> list[str]:
    """Return that somebody has died, as each of their records says it; nothing of somebody who lives."""
    return [_("Died on %(day)s") % {"day": each} for each in in_words(person, "died_on")]
