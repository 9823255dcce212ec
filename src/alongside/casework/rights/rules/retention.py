"""How long records are kept, and what is due to be deleted. Pure.

Data protection law says "no longer than is necessary" (UK GDPR Article 5(1)(e)) and names no number: the
periods are the partnership's, in its area pack, each with where it comes from.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.clock import months_after

ERASURE = "erasure"
"""The rule of a record that is deleted because the person asked for it."""


class Kind(StrEnum):
    """What is deleted as a unit."""

    PERSON = "person"
    SHARE_DRAFT = "share_draft"
    ROW = "row"


class Since(StrEnum):
    """The event from which a period is counted."""

    LAST_CONTACT = "last_contact"
    DEATH = "death"
    LAST_CHANGE = "last_change"


class Standing(StrEnum):
    """The status of a line of the disposal list."""

    LISTED = "listed"
    KEPT = "kept"
    MARKED = "marked"
    GONE = "gone"


class HoldReason(StrEnum):
    """Why nothing about a person may be deleted."""

    REVIEW = "review"
    INQUEST = "inquest"
    LITIGATION = "litigation"
    INQUIRY = "inquiry"
    COMPLAINT = "complaint"


HOLD_REASONS = {
    HoldReason.REVIEW: _("A safeguarding adults review, or one that may come"),
    HoldReason.INQUEST: _("An inquest"),
    HoldReason.LITIGATION: _("A claim in court, or one that may come"),
    HoldReason.INQUIRY: _("A public inquiry that asked for records to be kept"),
    HoldReason.COMPLAINT: _("A complaint, to us or to an ombudsman or the Information Commissioner"),
}


class PlacedAfter(StrEnum):
    """What placed a hold when nobody did so by hand. The strings are stored in the database."""

    HARM = "harm"


PLACED_AFTER = {PlacedAfter.HARM: _("Death or serious harm was noted in a case about the person.")}
"""What such a hold is for, to whoever handles it."""


@dataclass(frozen=True)
class Period:
    """How long one kind of record is kept.

    Attributes:
        code: its name in records.
        kind: the kind of record.
        since: the event from which it is counted.
        keep: such as "8 years", "18 months" or "90 days".
    """

    code: str
    kind: Kind
    since: Since
    keep: str


@dataclass(frozen=True)
class Facts:
    """What is known about one record when deciding whether it is due.

    Attributes:
        kind: what it is.
        days: the day of each event; an event that has not happened is absent.
        in_use: whether somebody is working with it, so that no period runs.
        held: whether something holds it: a legal hold, or an open request from the person.
    """

    kind: Kind
    days: Mapping[Since, date]
    in_use: bool = False
    held: bool = False


@dataclass(frozen=True)
class Due:
    """A record has been kept as long as it may be: under which period, and since when."""

    code: str
    on: date


def kept_until(begins: date, keep: str) -> date:
    """Return the last day of a period such as "8 years" that begins on a day.

    Raises:
        ValueError: it is not such a period.
    """
    said = re.fullmatch(r"(\d+) (day|month|year)s?", keep)
    if said is None:
        raise ValueError(f"{keep!r} is no time to keep a record: write such as 8 years, 18 months or 90 days")
    number = int(said[1])
    match said[2]:
        case "day":
            return begins + timedelta(days=number)
        case "month":
            return months_after(begins, number)
        case _:
            return months_after(begins, 12 * number)


def keeps(kept: Kind, other: Kind) -> bool:
    """Whether what is kept of a person keeps something else of theirs: all of them goes with its parts."""
    return Kind.PERSON in (kept, other)


def due_for_disposal(facts: Facts, periods: Iterable[Period], day: date) -> Due | None:
    """Return the period under which a record has been kept long enough; None where it has not.

    Where several periods apply, the longest wins: all of them must have ended. A record that is held or in
    use is never due, and neither is one that no period covers.
    """
    if facts.held or facts.in_use:
        return None
    ends = [
        Due(each.code, kept_until(facts.days[each.since], each.keep))
        for each in periods
        if each.kind == facts.kind and each.since in facts.days
    ]
    if not ends:
        return None
    last = max(ends, key=lambda each: (each.on, each.code))
    return last if last.on < day else None
