"""People, in the words shown on pages."""

from alongside.casework.people.presenters.emergencies import emergency_view
from alongside.casework.people.presenters.lanes import Lanes, lanes
from alongside.casework.people.presenters.network import Network, network
from alongside.casework.people.presenters.parting import parting_view
from alongside.casework.people.presenters.parts import Part, parts
from alongside.casework.people.presenters.person import (
    AboutSection,
    PersonView,
    Said,
    found_rows,
    person_view,
    question_view,
    which_is_changed,
    written,
)
from alongside.casework.people.presenters.readers import choice_of, told_by_correcting, told_by_noting
from alongside.casework.people.presenters.separated import separated_view
from alongside.casework.people.presenters.trail import EventLine, event_line
from alongside.casework.people.presenters.words import clock, day

__all__ = [
    "AboutSection",
    "EventLine",
    "Lanes",
    "Network",
    "Part",
    "PersonView",
    "Said",
    "choice_of",
    "clock",
    "day",
    "emergency_view",
    "event_line",
    "found_rows",
    "lanes",
    "network",
    "parting_view",
    "parts",
    "person_view",
    "question_view",
    "separated_view",
    "told_by_correcting",
    "told_by_noting",
    "which_is_changed",
    "written",
]
