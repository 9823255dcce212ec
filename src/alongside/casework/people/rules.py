"""Decisions about people that need no lookups."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from alongside.casework.directory.days import working_days_after

EMERGENCY_LASTS = timedelta(hours=24)
"""How long an emergency access lasts (domain A.6)."""
MOST_MISSES = 5
"""How many tries in an hour may find nobody: after that it is guesswork, or time to phone somebody."""
MISSES_COUNT_FOR = timedelta(hours=1)
JUSTIFIED, NOT_JUSTIFIED, UNCLEAR = "justified", "not_justified", "unclear"
"""What a reviewer thinks of an emergency access afterwards; if they cannot tell yet, they look again."""
LIKE_ENOUGH = 0.35
"""Trigram similarity from which two names may be the same one, written differently."""
LIKELY_THE_SAME = 0.55
"""Likeness of all names from which whoever creates a record is asked whether it is the same person.

Above a half, which one of two names makes: otherwise everybody called Murphy would fill the page, and nobody
would read it. Below what two misspelt names or two of three make.
"""


class Section(StrEnum):
    """What the person talks about, in page order (based on PRSB's *About Me*; not assured by PRSB)."""

    MATTERS = "matters"
    WORKING = "working"
    WORRIES = "worries"
    PEOPLE = "people"
    COMMUNICATE = "communicate"
    PLEASE_DO = "please_do"
    HISTORY = "history"
    WISHES = "wishes"


SECTION_TITLES = {
    Section.MATTERS: _("What matters to me"),
    Section.WORKING: _("What is working"),
    Section.WORRIES: _("What worries me"),
    Section.PEOPLE: _("People who are important to me"),
    Section.COMMUNICATE: _("How I communicate, and how to communicate with me"),
    Section.PLEASE_DO: _("Please do, and please don't"),
    Section.HISTORY: _("My story so far"),
    Section.WISHES: _("What I wish for"),
}


HOW_MUCH = {
    "light": _("Light"),
    "regular": _("Regular"),
    "intensive": _("Intensive"),
    "not_known": _("Not known"),
}
"""How much an agency does, in a word."""


class ReachWhy(StrEnum):
    """Why an organisation may see a person."""

    RELEASED = "released"
    RAISED_CONCERN = "raised_concern"
    INVOLVED = "involved"
    ASKED = "asked_and_known"
    REFERRED = "referred"
    MERGED = "merged"
    CASE = "case"


STRENGTHS = ("not_known", "light", "regular", "intensive")
"""How much an agency does, from least (not known) to most."""


def strength(intensity: str) -> int:
    """Return how strong a tie is, from 0 (not known) to 3, for drawing and for sorting."""
    return STRENGTHS.index(intensity) if intensity in STRENGTHS else 0


NOTED_LATE = 3
"""From this many months on, we point out that an agency was in touch before anybody here could know."""


def months_unknown(since: date | None, noted_on: date) -> int:
    """Return how many whole months an agency was in touch before it was noted; 0 if that was soon enough.

    In the example in the guidance (source 002, section 5), a charity had helped for at least two years, and
    nobody knew how much.
    """
    if since is None:
        return 0
    months = (noted_on.year - since.year) * 12 + noted_on.month - since.month - (noted_on.day < since.day)
    return months if months >= NOTED_LATE else 0


def may_be_drawn(permission: str, *, poses_risk: bool) -> bool:
    """Whether somebody in a person's life appears in the picture of their network.

    The person decides: we leave out anybody they have not let us speak with, and anybody noted as a risk. The
    picture is looked at together, and may be left lying around.
    """
    return permission in ("yes", "only_if") and not poses_risk


def search_words(*names: str) -> str:
    """Return names in plain lower-case letters, each word once, ready to be searched for."""
    plain = unicodedata.normalize("NFKD", " ".join(names))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return " ".join(dict.fromkeys(re.findall(r"[^\W_]+", letters)))[:800]


def names_meant(forename: str, surname: str, known_as: str) -> list[str]:
    """Return the names to look for a person by: an earlier record may have either first name alone."""
    first_names = [each for each in (forename, known_as) if each.strip()] or [""]
    return [name for name in dict.fromkeys(search_words(each, surname) for each in first_names) if name]


def days_meant(born: date | None) -> list[date]:
    """Return the days a date of birth may stand for: itself, and the one with day and month swapped."""
    if born is None:
        return []
    if born.day > 12:
        return [born]
    return [born, born.replace(month=born.day, day=born.month)]


def born_apart(one: date | None, other: Collection[date]) -> bool:
    """Whether dates of birth tell two people apart; not if it is unknown of either when they were born."""
    return bool(one and other) and not any(day in other for day in days_meant(one))


def is_named(wanted: str, *, surname: str, other_names: str, known_as: str) -> bool:
    """Whether a surname is a person's, or one of their other names; in full, ignoring accents and capitals.

    A person with no surname on record is matched by what they like to be called.
    """
    name = search_words(wanted)
    of_others = f" {search_words(other_names)} "
    return bool(name) and (name == search_words(surname or known_as) or f" {name} " in of_others)


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def emergency_ends(opened_at: datetime) -> datetime:
    """Return when an emergency access that was opened then ends."""
    return opened_at + EMERGENCY_LASTS


def review_due(opened_on: date) -> date:
    """Return the day by the end of which somebody else must review an emergency access: the next working day.

    Domain 3: what was done without a second person is reviewed within one working day.
    """
    return working_days_after(opened_on, 1)


def clashes(opened_version: int, version_now: int) -> bool:
    """Whether somebody else changed the record since it was opened."""
    return opened_version != version_now


def nhs_number_holds(digits: str) -> bool:
    """Whether ten digits pass the check of NHS numbers (modulus 11); ten times one digit never does.

    Domain 4.1: every repeated digit passes the arithmetic, and is refused outright.
    """
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1:
        return False
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return rest != 10 and rest % 11 == int(digits[9])
