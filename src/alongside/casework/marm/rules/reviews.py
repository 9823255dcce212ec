"""Requests about one person that are declined again and again: somebody else looks at them together.

A person whom nobody takes on is asked about more than once, and each answer alone may be right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from alongside.casework.offers.rules.adding_up import months_before


class Outcome(StrEnum):
    """What comes of a review. The strings stand in the database."""

    UPHELD = "upheld"
    """The answers stand, with another way to go."""
    OPENED = "opened"
    """The last of the requests is opened after all."""
    MORE = "more"
    """Whoever asked is asked for more, and asks again with it."""


@dataclass(frozen=True)
class Reviewed:
    """What somebody says who looks again.

    Attributes:
        outcome: what comes of it.
        why: the reasons.
        advice: what whoever asked can do now, or what more is asked of them; nothing where it is opened.
        route: code of the process it could go to; only where the answers stand.
    """

    outcome: Outcome
    why: str
    advice: str = ""
    route: str = ""


def counts(declined_on: Iterable[date], *, day: date, times: int, months: int) -> bool:
    """Whether requests were declined so often that somebody else looks again."""
    since = months_before(day, months)
    return sum(since < each <= day for each in declined_on) >= times


def wrong_with(reviewed: Reviewed) -> dict[str, str]:
    """Return what is missing, by the name of the part."""
    wrong = {}
    if not reviewed.why.strip():
        wrong["why"] = _("Say why")
    if reviewed.outcome is Outcome.UPHELD:
        if not reviewed.advice.strip():
            wrong["advice"] = _("Say what those who asked can do now")
        if not reviewed.route:
            wrong["route"] = _("Choose where it could go")
    if reviewed.outcome is Outcome.MORE and not reviewed.advice.strip():
        wrong["advice"] = _("Say what more is needed")
    return wrong
