"""What is decided about members without looking anything up."""

from datetime import date

from alongside.casework.access.permissions import Permission

NEEDED = "information_governance"
"""The training without which nobody sees a person: how to handle what one reads here."""


def training_holds(valid_to: date | None, *, on: date) -> bool:
    """Whether a training that is valid to a day (exclusive; None: for good) holds on another."""
    return valid_to is None or on < valid_to


SHOWS_PEOPLE = ("person.", "worklist.", "conversation.", "known_to.", "chronology.", "break_glass.use")
"""How permissions begin that let somebody see a person, and so wait for the training."""
TEAM_ROLES = frozenset({"practitioner", "contact_worker", "directory_editor"})
"""Roles that whoever manages a team may give; all others are for the organisation's lead to give."""


def waits_for_training(permissions: frozenset[Permission]) -> frozenset[Permission]:
    """Return those that let somebody see a person."""
    return frozenset(each for each in permissions if each.value.startswith(SHOWS_PEOPLE))
