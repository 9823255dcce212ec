"""What an agency stepping back owes while a risk is open: nobody is left holding it alone, or unawares."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Accepts(StrEnum):
    """What the lead says about it. The strings are stored in the database."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    """It is settled between the agencies, like any dispute."""


@dataclass(frozen=True)
class SteppingBack:
    """What is said when an agency steps back.

    Attributes:
        why: why.
        who_holds: who now holds what it held, by name and agency; or that nobody does.
        person_told: when the person was told, and what they said; or why they were not.
        agencies_told: when the other agencies were told, and who was told.
    """

    why: str
    who_holds: str = ""
    person_told: str = ""
    agencies_told: str = ""


def wrong_with_stepping_back(said: SteppingBack, *, is_open: bool) -> dict[str, str]:
    """Return what is missing, by the name of the part; while a case is open all three answers are needed."""
    owed = {"why": _("Say why: the others read it, and so can the person")}
    if is_open:
        owed |= {
            "who_holds": _("Say who now holds what you held, or that nobody does yet"),
            "person_told": _("Say when you told the person, or why you did not"),
            "agencies_told": _("Say when you told the other agencies, and who you told"),
        }
    return {name: words for name, words in owed.items() if not getattr(said, name).strip()}
