"""How a case ended, in finished words: the person's view first."""

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.models import Ending
from alongside.casework.marm.presenters.words import MET, RISK
from alongside.casework.marm.rules.ending import Met, Risk

Row = tuple[str, str]


def ending_shown(ending: Ending) -> list[Row]:
    """Return how a case ended, heading by heading."""
    rows = [
        (_("What they say of it"), ending.own_view),
        (_("Why there are no words of theirs"), ending.no_view_why),
        (_("Did what they wanted come of it, in their view?"), str(MET[Met(ending.met)])),
        (_("Why it ended"), ending.reason_title),
        *ending.needs.items(),
        (_("What became of the risk"), str(RISK[Risk(ending.risk)])),
        (_("Who knows of what remains"), ending.who_knows),
        (_("What would open it again"), ending.reopens),
        (_("Who would notice"), ending.who_notices),
        (
            _("Ended"),
            _("%(name)s, %(day)s") % {"name": ending.ended_by, "day": day_in_words(ending.ended_at)},
        ),
        (_("Somebody asks how it goes on"), day_in_words(ending.check_back_on)),
    ]
    if ending.checked_on:
        heard = _("%(words)s (%(name)s, %(day)s)") % {
            "words": ending.checked_words,
            "name": ending.checked_by,
            "day": day_in_words(ending.checked_on),
        }
        rows.append((_("How it went"), heard))
    return [(title, words) for title, words in rows if words]
