"""Lists that named the person, and their objections to them, in the words of the statement."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.rights.models import Dispute
from alongside.casework.rights.presenters.statement_words import Entry, Sentence
from alongside.casework.rights.rules.statement import Line
from alongside.casework.rights.rules.wishes import is_left_out


def lists(lines: list[Line], _statement: object) -> Iterable[Entry]:
    """Return each list that named the person, and each objection they made to being found by lists."""
    for each in lines:
        if isinstance(each.row, Dispute):
            yield Entry(day_in_words(each.on), tuple(_objection(each.row)))
            continue
        yield Entry(
            day_in_words(each.on),
            (
                Sentence(_("A computer made a list. Your name was on it."), "list"),
                Sentence(
                    _("The list was for: %(what)s.") % {"what": title_of(each.row.release.purpose)},
                    "question",
                ),
                Sentence(_("%(who)s was given it.") % {"who": each.row.organisation.name}, "talk"),
                Sentence(_("This was on %(day)s.") % {"day": day_in_words(each.on)}, "calendar"),
                Sentence(_("The computer put facts from different services together."), "paper"),
                Sentence(_("The list decides nothing. A person decides."), "person"),
                Sentence(_("You can ask that person to explain. You can say it is wrong."), "talk"),
            ),
        )


def _objection(dispute: Dispute) -> Iterable[Sentence]:
    yield Sentence(_("You said no: you do not want to be found like this."), "cross")
    yield Sentence(_("You said so on %(day)s.") % {"day": day_in_words(dispute.received_on)}, "calendar")
    if dispute.taken_back_on:
        yield Sentence(
            _("You took it back on %(day)s.") % {"day": day_in_words(dispute.taken_back_on)}, "calendar"
        )
        yield Sentence(_("Lists can have your name again."), "list")
    elif is_left_out(dispute.says, dispute.outcome):
        yield Sentence(_("Lists leave your name out."), "tick")
        yield Sentence(_("You can change your mind."), "talk")
    else:
        yield Sentence(_("We could not do that. We told you why."), "talk")
