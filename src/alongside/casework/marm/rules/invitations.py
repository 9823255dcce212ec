"""How an agency is brought into a case, and what it can answer."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Answered(StrEnum):
    """Where an invitation stands. The strings are stored in the database."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"
    """The case ended before it was answered."""


class WhyNot(StrEnum):
    """Why an agency does not take part, or does not come. Counted by agency, so that avoidance shows."""

    TOO_HIGH_RISK = "too_high_risk"
    NO_CAPACITY = "no_capacity"
    NOT_OURS = "not_ours"
    OTHER = "other"


WHY_NOT: dict[WhyNot, Promise] = {
    WhyNot.TOO_HIGH_RISK: gettext_lazy("The risk is too high for us"),
    WhyNot.NO_CAPACITY: gettext_lazy("None of us is free"),
    WhyNot.NOT_OURS: gettext_lazy("It is not our role"),
    WhyNot.OTHER: gettext_lazy("Something else"),
}
