"""How much time there is to answer, in a sentence."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.dates import day_in_words


def until_in_words(due: date | None, days_left: int | None) -> str:
    """Say by when something is due, or since when it is late."""
    if due is None or days_left is None:
        return ""
    day = day_in_words(due)
    if days_left < 0:
        return ngettext(
            "Was due on %(day)s, %(late)s day ago", "Was due on %(day)s, %(late)s days ago", -days_left
        ) % {"day": day, "late": -days_left}
    if days_left == 0:
        return _("Due today")
    return ngettext("Due by %(day)s, %(left)s day left", "Due by %(day)s, %(left)s days left", days_left) % {
        "day": day,
        "left": days_left,
    }
