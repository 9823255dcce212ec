"""The tables about people. Row-level security guards each of them (migrations 0002 and 0004)."""

from alongside.casework.people.models.about_me import AboutMe, Contact
from alongside.casework.people.models.emergencies import EmergencyAccess, EmergencyMiss
from alongside.casework.people.models.history import ChronologyEntry, Involvement, KnownTo
from alongside.casework.people.models.names import NameWord, PersonName
from alongside.casework.people.models.person import Person, PersonMerge
from alongside.casework.people.models.reach import Reach
from alongside.casework.people.models.whole import Known, Whole, together

__all__ = [
    "AboutMe",
    "ChronologyEntry",
    "Contact",
    "EmergencyAccess",
    "EmergencyMiss",
    "Involvement",
    "Known",
    "KnownTo",
    "NameWord",
    "Person",
    "PersonMerge",
    "PersonName",
    "Reach",
    "Whole",
    "together",
]
