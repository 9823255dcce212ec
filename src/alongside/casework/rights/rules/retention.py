"""How long what is held is kept, and what is due to be let go of. Pure.

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
"""What stands as the rule of what is let go of because the person asked for it."""


class Kind(StrEnum):
    """What is let go of as one."""

    PERSON = "person"
    SHARE_DRAFT = "share_draft"
    ROW = "row"


class Since(StrEnum):
    """From which event a time is counted."""

    LAST_CONTACT = "last_contact"
    DEATH = "death"
    LAST_CHANGE = "last_change"


class Standing(StrEnum):
    """Where a line of the disposal list stands."""

    LISTED = "listed"
    KEPT = "kept"
    MARKED = "marked"
    GONE = "gone"


class HoldReason(StrEnum):
    """Why nothing about a person may be let go of."""

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


@dataclass(frozen=True)
class Period:
    """How long one kind of record is kept.

    Attributes:
        code: what records call it.
        kind: of what.
        since: the event from which it is counted.
        keep: such as "8 years", "18 months" or "90 days".
    """

    code: str
    kind: Kind
    since: Since
    keep: str


@dataclass(frozen=True)
class Facts:
    """What is known of one record when it is asked whether it is due.

    Attributes:
        kind: what it is.
        days: by event, the day; an event that has not happened is not in it.
        in_use: whether somebody is at work with it, so that no time runs.
        held: whether something holds it: a legal hold, or an open request of the person.
    """

    kind: Kind
    days: Mapping[Since, date]
    in_use: bool = False
    held: bool = False


@dataclass(frozen=True)
class Due:
    """That a record has been kept as long as it may: by which period, and since when."""

    code: str
    on: date


def kept_until(begins: date, keep: str) -> date:
    """Return the last day of a time such as "8 years" that begins on a day.

    Raises:
        ValueError: it is no such time.
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


def due_for_disposal(facts: Facts, periods: Iterable[Period], day: date) -> Due | None:
    """Return by which period a record has been kept long enough; None where it has not.

    Where several periods count for it, the longest is kept: all of them must have ended. What is held or
    in use is never due, and neither is what no period speaks of.
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
