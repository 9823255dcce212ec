"""The tables of people. Row-level security guards each of them (migration 0002)."""

from alongside.casework.people.models.about_me import AboutMe, Contact
from alongside.casework.people.models.emergencies import EmergencyAccess, EmergencyMiss
from alongside.casework.people.models.history import ChronologyEntry, Involvement, KnownTo
from alongside.casework.people.models.person import Person, PersonMerge
from alongside.casework.people.models.reach import Reach

__all__ = [
    "AboutMe",
    "ChronologyEntry",
    "Contact",
    "EmergencyAccess",
    "EmergencyMiss",
    "Involvement",
    "KnownTo",
    "Person",
    "PersonMerge",
    "Reach",
]
