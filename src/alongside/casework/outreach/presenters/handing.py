"""What an item says while somebody is asked to take it over."""

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.queries.handing import AskedAway


def waits_for(name: str, away: AskedAway | None) -> str:
    """Return that somebody was asked and has not answered; and who can, if they are away."""
    asked = _("%(name)s was asked to take this over and has not answered") % {"name": name}
    if away is None:
        return asked
    back = (
        _("They are away, and back on %(day)s") % {"day": day_in_words(away.until)}
        if away.until
        else _("They are away, and nobody knows yet until when")
    )
    answers = (
        _("%(name)s covers and can answer for them") % {"name": away.cover}
        if away.cover
        else _("Nobody can answer for them: ask somebody else")
    )
    return f"{asked}. {back}. {answers}"
