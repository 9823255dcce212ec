"""The page of a person's decisions, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    """A person's recorded decisions, what they made in advance, and who is on their side."""

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
        decisions=[
            record_line(each, day, decided_for=each.id in page.decided_for, disputed=page.disputed)
            for each in page.latest
        ],
        standing=[each for each in advance if not each.withdrawn],
        taken_back=[each for each in advance if each.withdrawn],
        advocates=[advocate_line(each) for each in page.advocates],
    )


def waiting_shown(each: Waiting, day: date) -> tuple[str, str]:
    """Return what is waiting in words, and since or until when, as of a day."""
    if each.due is Due.CHECK:
        return f"{each.known_as}: {each.decision}", check_in_words(each.day, day)
    days = (day - each.day).days
    for_days = ngettext("Needed for %(days)s day", "Needed for %(days)s days", days) % {"days": days}
    waits = _("Needed since today") if days < 1 else for_days
    return _("An advocate for %(name)s") % {"name": each.known_as}, waits


def more_waiting(found: Sequence[Waiting]) -> list[str]:
    """Say how many more of each kind are waiting than are shown, if there are more."""
    said = []
    if more := _beyond(found, Due.ADVOCATE):
        said.append(
            ngettext(
                "%(count)s more person is waiting for an advocate, and is shown once one of these has one.",
                "%(count)s more people are waiting for an advocate, and are shown as these get one.",
                more,
            )
            % {"count": more}
        )
    if more := _beyond(found, Due.CHECK):
        said.append(
            ngettext(
                "%(count)s more decision is to be looked at again, and is shown once one of these has been.",
                "%(count)s more decisions are to be looked at again, and are shown as these are.",
                more,
            )
            % {"count": more}
        )
    return said


def _beyond(found: Sequence[Waiting], due: Due) -> int:
    shown = [each for each in found if each.due is due]
    return shown[0].of_all - len(shown) if shown else 0
