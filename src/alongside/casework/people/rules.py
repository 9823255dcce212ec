"""What is decided about people without looking anything up."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

EMERGENCY_LASTS = timedelta(hours=24)
"""How long an emergency access lasts (domain A.6)."""
LIKE_ENOUGH = 0.35
"""Trigram similarity from which two names may be one written differently."""


class Section(StrEnum):
    """What the person speaks about, in the order of the page (after PRSB's *About Me*; not assured by it)."""

    MATTERS = "matters"
    WORKING = "working"
    WORRIES = "worries"
    PEOPLE = "people"
    COMMUNICATE = "communicate"
    PLEASE_DO = "please_do"
    HISTORY = "history"
    WISHES = "wishes"


class ReachWhy(StrEnum):
    """Why an organisation may see a person."""

    RELEASED = "released"
    RAISED_CONCERN = "raised_concern"
    INVOLVED = "involved"
    ASKED = "asked_and_known"
    REFERRED = "referred"
    MERGED = "merged"


def search_words(*names: str) -> str:
    """Return names in small plain letters, each once, as they are searched for."""
    plain = unicodedata.normalize("NFKD", " ".join(names))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return " ".join(dict.fromkeys(re.findall(r"[^\W_]+", letters)))[:800]


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def emergency_ends(opened_at: datetime) -> datetime:
    """Return when an emergency access opened then is over."""
    return opened_at + EMERGENCY_LASTS


def clashes(opened_version: int, version_now: int) -> bool:
    """Whether somebody else changed the record since it was opened."""
    return opened_version != version_now
