"""Requests about one person that keep being declined: somebody else looks at them together.

Requests are made repeatedly about a person nobody takes on, and each answer alone may be right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.casework.offers.rules.adding_up import months_before


class Outcome(StrEnum):
    """The outcome of a review. The strings are stored in the database."""

    UPHELD = "upheld"
    """The answers stand, with somewhere else to go."""
    OPENED = "opened"
    """The last of the requests is opened after all."""
    MORE = "more"
    """Those who asked are asked for more, and can ask again with it."""


@dataclass(frozen=True)
class Reviewed:
    """What the reviewer says.

    Attributes:
        outcome: the outcome.
        why: the reasons.
        advice: what those who asked can do now, or what more they must tell; empty if it is opened.
        route: code of the process it could go to; only if the answers stand.
    """

    outcome: Outcome
    why: str
    advice: str = ""
    route: str = ""


def counts(declined_on: Iterable[date], *, day: date, times: int, months: int) -> bool:
    """Whether requests were declined often enough for somebody else to look again."""
    since = months_before(day, months)
    return sum(since < each <= day for each in declined_on) >= times


def wrong_with(reviewed: Reviewed) -> dict[str, str]:
    """Return what is missing, by the name of the field."""
    wrong = {}
    if not reviewed.why.strip():
        wrong["why"] = _("Say why")
    if reviewed.outcome is Outcome.UPHELD:
        if not reviewed.advice.strip():
            wrong["advice"] = _("Say what the worker who asked can do now")
        if not reviewed.route:
            wrong["route"] = _("Choose where it could go")
    if reviewed.outcome is Outcome.MORE and not reviewed.advice.strip():
        wrong["advice"] = _("Say what more is needed")
    return wrong
