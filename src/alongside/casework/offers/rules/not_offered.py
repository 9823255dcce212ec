"""Why help was not offered, and which reasons a manager looks at."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _


class NotOfferedWhy(StrEnum):
    """Why an option was not offered."""

    DOES_NOT_EXIST = "does_not_exist"
    WAITING_LIST = "waiting_list"
    NOT_ELIGIBLE = "not_eligible"
    NO_FUNDING = "no_funding"
    UNSUITABLE = "unsuitable"
    """Somebody thought that it would not suit the person."""
    WOULD_DECLINE = "would_decline"
    """Somebody thought that the person would say no. The person was not asked."""
    RISK_TO_STAFF = "risk_to_staff"
    OTHER = "other"


LOOKED_AT = frozenset({NotOfferedWhy.WOULD_DECLINE, NotOfferedWhy.RISK_TO_STAFF})
"""Somebody was judged before they were asked, so a manager looks at it. Some people are never offered an
option because of what professionals think about the risk, and nobody notices (ENABLE-26)."""


class Verdict(StrEnum):
    """What a manager says about it."""

    AGREE = "agree"
    OFFER = "offer"
    DISCUSS = "discuss"
    """It must be talked about first: it stays on the manager's list."""


def wrong_with_not_offered(
    *, what: str, why: NotOfferedWhy, words: str, thought_by: str, decided_on: date, today: date
) -> dict[str, str]:
    """Return what is wrong with a record of help that was not offered, by field name."""
    wrong = {}
    if not what.strip():
        wrong["what"] = _("Enter what was not offered")
    if not words.strip():
        wrong["words"] = _("Enter why it was not offered")
    if why in (NotOfferedWhy.UNSUITABLE, NotOfferedWhy.WOULD_DECLINE) and not thought_by.strip():
        wrong["thought_by"] = _("Enter who thought this")
    if decided_on > today:
        wrong["decided_on"] = _("This day is still to come")
    return wrong
