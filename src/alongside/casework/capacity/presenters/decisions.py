"""The page of a person's decisions in finished words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.casework.capacity.presenters.others import (
    AdvanceShown,
    AdvocateLine,
    advance_shown,
    advocate_line,
)
from alongside.casework.capacity.presenters.records import RecordLine, check_in_words, record_line
from alongside.casework.capacity.queries.due import Due, Waiting
from alongside.casework.capacity.queries.pages import DecisionsPage


@dataclass(frozen=True)
class DecisionsShown:
    """Which decisions are recorded of a person, what they made in advance, and who is on their side."""

    person_id: str
    known_as: str
    decisions: list[RecordLine]
    standing: list[AdvanceShown]
    taken_back: list[AdvanceShown]
    advocates: list[AdvocateLine]


def decisions_shown(page: DecisionsPage, day: date) -> DecisionsShown:
    """Return the page in words, as things stand on a day."""
    advance = [advance_shown(each) for each in page.advance]
    return DecisionsShown(
        person_id=str(page.person.id),
        known_as=page.person.known_as,
        decisions=[record_line(each, day, decided_for=each.id in page.decided_for) for each in page.latest],
        standing=[each for each in advance if not each.withdrawn],
        taken_back=[each for each in advance if each.withdrawn],
        advocates=[advocate_line(each) for each in page.advocates],
    )


def waiting_shown(each: Waiting, day: date) -> tuple[str, str]:
    """Return what waits in words, and since or until when, on a day."""
    if each.due is Due.CHECK:
        return _("Look again whether somebody can make a decision"), check_in_words(each.day, day)
    days = (day - each.day).days
    waits = _("Needed since today") if days < 1 else _("Needed for %(days)s days") % {"days": days}
    return _("Somebody needs an advocate and has none yet"), waits
