"""When an agreement about sharing is in force, and whether it covers one piece of sharing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.casework.sharing.rules.basis import DataClass

WARNED_BEFORE = timedelta(days=60)
"""How long before an agreement ends, or is due for review, those who keep it are told."""


class Reminder(StrEnum):
    """A message to those who keep agreements that one is ending. The strings are stored in the database."""

    FIRST = "first"
    AGAIN = "again"
    LAST_DAY = "last_day"


DAYS_BEFORE = {
    Reminder.FIRST: WARNED_BEFORE,
    Reminder.AGAIN: timedelta(days=14),
    Reminder.LAST_DAY: timedelta(),
}
"""How long before an agreement's last day each is due, in order."""


class Extent(StrEnum):
    """How much may be shared."""

    EXISTENCE = "existence"
    """That somebody is known, and to whom."""
    CONTENT = "content"
    """What is known about them as well."""


class Standing(StrEnum):
    """Where an agreement stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDS_SOON = "ends_soon"
    REVIEW_DUE = "review_due"
    ENDED = "ended"


@dataclass(frozen=True)
class Terms:
    """What an agreement says.

    Attributes:
        signed: the day it was signed.
        begins: the first day of it.
        ends: the last day of it.
        review: the day by which it must be reviewed.
        parties: ids or codes of the organisations that signed it, all of one kind.
        purposes: codes of the purposes of the area pack.
        kinds: the classes of data.
        extent: how much may be shared.
    """

    signed: date
    begins: date
    ends: date
    review: date
    parties: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    kinds: frozenset[DataClass] = frozenset()
    extent: Extent = Extent.EXISTENCE

    def acted_on_by(self, standing: Standing) -> date | None:
        """Return the day by which it is renewed or looked at again; None where neither waits.

        One that has ended may have been left to end, and so is never late.
        """
        return {Standing.ENDS_SOON: self.ends, Standing.REVIEW_DUE: self.review}.get(standing)


def standing_on(terms: Terms, day: date) -> Standing:
    """Return where an agreement stands; that it is ending takes precedence over a review that is due."""
    if day < terms.begins:
        return Standing.NOT_YET
    if day > terms.ends:
        return Standing.ENDED
    if day >= terms.ends - WARNED_BEFORE:
        return Standing.ENDS_SOON
    return Standing.REVIEW_DUE if day >= terms.review - WARNED_BEFORE else Standing.IN_FORCE


def reminder_due(ends: date, day: date, *, sent: Collection[Reminder]) -> Reminder | None:
    """Return the latest reminder that is due and has not been sent; earlier ones missed are skipped.

    Args:
        ends: the last day of the agreement.
        day: today.
        sent: those sent about this end; a renewed agreement has a new end.
    """
    reached = [each for each, before in DAYS_BEFORE.items() if day >= ends - before]
    return reached[-1] if reached and reached[-1] not in sent else None


def why_not_covered(
    terms: Terms, *, day: date, between: Collection[str], purpose: str, data: DataClass, extent: Extent
) -> str:
    """Return why an agreement does not cover one piece of sharing, in a sentence; empty if it does.

    Args:
        terms: what it says.
        day: when it would be shared.
        between: both organisations.
        purpose: what for.
        data: the class of data.
        extent: whether content is shared, or only that somebody is known.
    """
    standing = standing_on(terms, day)
    if standing is Standing.NOT_YET:
        return _("The agreement is not in force yet.")
    if standing is Standing.ENDED:
        return _(
            "The agreement has ended. What was shared stays; nothing new can be shared until it is renewed."
        )
    if not set(between) <= terms.parties:
        return _("The two organisations are not both parties to the agreement.")
    if purpose not in terms.purposes:
        return _("The agreement does not cover this purpose.")
    if data not in terms.kinds:
        return _("The agreement does not name this kind of data.")
    if extent is Extent.CONTENT and terms.extent is Extent.EXISTENCE:
        return _("The agreement covers whether somebody is known, not what is known about them.")
    return ""


def dates_are_wrong(terms: Terms) -> dict[str, str]:
    """Return what is wrong with dates, by the name of the date."""
    wrong = {}
    if terms.ends < terms.begins:
        wrong["ends"] = _("The last day must be the first day or a later one")
    if terms.signed > terms.ends:
        wrong["signed"] = _("It must be signed before it ends")
    if not terms.begins <= terms.review <= terms.ends:
        wrong["review"] = _("The review must be between the first day and the last day")
    return wrong
