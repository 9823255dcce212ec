"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.sharing.commands.agreements import NoneEndsError, remind_of_ends
from alongside.casework.sharing.commands.looking import NoneLateError, chase_late_looks
from alongside.casework.sharing.commands.requests import NobodyToChaseError, chase_silent_agencies


def remind_of_ends_nightly(*, at: datetime) -> Outcome:
    """Remind those who keep agreements of the ones that are ending; say how many."""
    try:
        reminded = remind_of_ends(actor=system_actor("reminding of agreements that end"), at=at)
    except NoneEndsError:
        return Outcome("No agreement that ends soon needed a reminder.")
    return Outcome(f"Agreements ending soon, with a reminder sent: {reminded}.")


def chase_looks_nightly(*, at: datetime) -> Outcome:
    """Send reminders about emergencies that nobody looked at in time; say how many."""
    try:
        chased = chase_late_looks(actor=system_actor("chasing looks at emergencies"), at=at)
    except NoneLateError:
        return Outcome("No emergency that nobody had looked at needed a reminder.")
    return Outcome(f"Emergencies nobody had looked at, with a reminder sent: {chased}.")


def chase_nightly(*, at: datetime) -> Outcome:
    """Send reminders about requests for information that are due and unanswered; say how many."""
    try:
        chased = chase_silent_agencies(actor=system_actor("chasing requests for information"), at=at)
    except NobodyToChaseError:
        return Outcome("No unanswered request for information needed a reminder.")
    return Outcome(f"Unanswered requests for information, with a reminder sent: {chased}.")
