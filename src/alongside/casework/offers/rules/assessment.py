"""Whether a council must assess somebody who declines an assessment: Care Act 2014, section 11."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


class Known(StrEnum):
    """Yes, no, or not known: a value of its own, and never no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Duty(StrEnum):
    """What remains of the duty to assess."""

    STANDS = "stands"
    NOT_SETTLED = "not_settled"
    RESTS = "rests"


@dataclass(frozen=True)
class Refused:
    """What section 11(2) asks about a needs assessment that somebody declines.

    Attributes:
        lacks_capacity: (a) whether they lack capacity to refuse it and it would be in their best interests.
        at_risk: (b) whether they are experiencing, or at risk of, abuse or neglect. Self-neglect is neglect
            (Care and support statutory guidance, 14.17).
        decided_by: who decided these two.
        decided_on: when.
        revisit_on: when they are looked at again.
    """

    lacks_capacity: Known | None = None
    at_risk: Known | None = None
    decided_by: str = ""
    decided_on: date | None = None
    revisit_on: date | None = None


def duty_of(lacks_capacity: Known, at_risk: Known) -> Duty:
    """Return what remains of the duty: one *yes* and it stands; what is not known does not lift it."""
    asked = {lacks_capacity, at_risk}
    if Known.YES in asked:
        return Duty.STANDS
    return Duty.NOT_SETTLED if Known.NOT_KNOWN in asked else Duty.RESTS


def wrong_with_refused(refused: Refused, *, today: date) -> dict[str, str]:
    """Return what is missing before a needs assessment can be saved as declined, by field name."""
    wrong = {}
    if refused.lacks_capacity is None:
        wrong["lacks_capacity"] = _(
            "Choose whether they can make this decision: a refusal is never taken on its own"
        )
    if refused.at_risk is None:
        wrong["at_risk"] = _(
            "Choose whether they are at risk of abuse or neglect: a refusal is never taken on its own"
        )
    if not refused.decided_by.strip():
        wrong["decided_by"] = _("Enter who decided this")
    if refused.decided_on is None:
        wrong["decided_on"] = _("Enter when this was decided")
    elif refused.decided_on > today:
        wrong["decided_on"] = _("This day is still to come")
    if refused.revisit_on is None:
        wrong["revisit_on"] = _("Enter when this will be looked at again")
    elif refused.decided_on is not None and refused.revisit_on <= refused.decided_on:
        wrong["revisit_on"] = _("Choose a day after the day it was decided")
    return wrong
