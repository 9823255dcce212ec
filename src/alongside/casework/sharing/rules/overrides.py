"""Sharing against a person's wishes: on which ground, what each ground asks, and by when it is checked.

The first four grounds are those of the Solihull guidance: lacking capacity about the concern *and* best
interests; risk to others; prevention or detection of crime; the public interest, of which being controlled or
coerced is listed separately here. The rest are what the law demands or allows whatever anybody wants.
Domain 3.3, 3.4 and A.4.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.directory.days import working_days_after


class Ground(StrEnum):
    """Why it is shared anyway. Codes are stored in decisions and never renamed (domain A.4)."""

    LACKS_CAPACITY = "lacks_capacity_best_interests"
    RISK_TO_OTHERS = "risk_to_others"
    CRIME = "prevention_detection_crime"
    PUBLIC_INTEREST = "public_interest"
    COERCION = "coercion_control"
    LIFE = "vital_interests"
    STATUTE = "statutory_duty"
    COURT = "court_order"


ASKS: Mapping[Ground, tuple[Promise, Promise]] = {
    Ground.LACKS_CAPACITY: (
        gettext_lazy("Why can they not decide about this concern?"),
        gettext_lazy("Why is it in their best interests?"),
    ),
    Ground.RISK_TO_OTHERS: (gettext_lazy("Who else is at risk?"), gettext_lazy("What could happen to them?")),
    Ground.CRIME: (
        gettext_lazy("Which crime?"),
        gettext_lazy("How does sharing this help to prevent or detect it?"),
    ),
    Ground.PUBLIC_INTEREST: (
        gettext_lazy("What would happen, and to whom, if it were not shared?"),
        gettext_lazy("Why does that outweigh their wishes?"),
    ),
    Ground.COERCION: (
        gettext_lazy("What shows that somebody controls or coerces them?"),
        gettext_lazy("How will you keep them safe when this is shared?"),
    ),
    Ground.LIFE: (gettext_lazy("Whose life is in danger?"), gettext_lazy("What threatens it?")),
    Ground.STATUTE: (
        gettext_lazy("Which Act and section?"),
        gettext_lazy("What does it oblige you to share?"),
    ),
    Ground.COURT: (gettext_lazy("Which court?"), gettext_lazy("When, and what did it order?")),
}
"""Ground to the two things it asks for in words."""


@dataclass(frozen=True)
class Override:
    """Sharing against a person's wishes.

    Attributes:
        ground: why.
        refusal: the exact words of the refusal.
        first: the first thing that the ground asks for.
        second: the second.
        alternatives: what else was tried or considered.
        harm: how sharing it could affect them, and how harm is limited (Human Rights Act 1998, article 8).
        review_on: when somebody reviews whether it was right.
        advice: who was asked for advice, and what they said.
        capacity_record: id of the capacity record about this concern; the ground of capacity needs it.
        best_interests: id of the best-interests decision that belongs to it.
        emergency: it cannot wait for a second person; looked at within one working day.
        emergency_why: why it cannot wait.
    """

    ground: Ground
    refusal: str
    first: str
    second: str
    alternatives: str
    harm: str
    review_on: date
    advice: str = ""
    capacity_record: UUID | None = None
    best_interests: UUID | None = None
    emergency: bool = False
    emergency_why: str = ""


def what_an_override_lacks(override: Override, day: date) -> dict[str, str]:
    """Return what is missing before something may be shared against a person's wishes, by field.

    Whether a capacity record is about this person, and stands, is checked where the records are read.
    """
    wrong = {}
    if not override.refusal.strip():
        wrong["refusal"] = _("Enter the exact words of the refusal")
    for name, asked in zip(("first", "second"), ASKS[override.ground], strict=True):
        if not getattr(override, name).strip():
            wrong[name] = _("Not answered yet: %(question)s") % {"question": asked}
    if not override.alternatives.strip():
        wrong["alternatives"] = _("Say what else was tried or considered")
    if not override.harm.strip():
        wrong["harm"] = _("Say how sharing it could affect them, and how you will limit any harm")
    if override.review_on < day:
        wrong["review_on"] = _("The day must be today or in the future")
    if override.ground is Ground.LACKS_CAPACITY:
        if override.capacity_record is None:
            wrong["capacity_record"] = _(
                "Choose the capacity record about this concern: nobody lacks capacity in general. If there "
                "is none, assess their capacity first"
            )
        elif override.best_interests is None:
            wrong["capacity_record"] = _(
                "Record a best-interests decision with this capacity record first: both are needed"
            )
    if override.emergency and not override.emergency_why.strip():
        wrong["emergency_why"] = _("Say why it cannot wait for a second person")
    return wrong


class LateStep(StrEnum):
    """Who is told that nobody has looked at an emergency. The strings are stored in the database."""

    MANAGERS = "managers"
    GOVERNANCE = "governance"


def late_steps(look_by: date | None, day: date, *, taken: Collection[LateStep]) -> list[LateStep]:
    """Return the steps that are due and not yet taken, for an emergency that nobody has looked at.

    The managers again once the day for it is over, and a working day later those who review emergencies.
    """
    if look_by is None:
        return []
    over = {LateStep.MANAGERS: look_by, LateStep.GOVERNANCE: working_days_after(look_by, 1)}
    return [step for step, last in over.items() if day > last and step not in taken]


def may_be_told_of(override: Override | None, told: str) -> bool:
    """Say whether the person's own pages may show a decision.

    If somebody may be looking over their shoulder, the page must not betray that help was called.
    """
    return told != "not_safe" and (override is None or override.ground != Ground.COERCION)
