"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.sharing.commands.agreements import NoneEndsError, remind_of_ends
from alongside.casework.sharing.commands.looking import NoneLateError, chase_late_looks
from alongside.casework.sharing.commands.requests import NobodyToChaseError, chase_silent_agencies


def remind_of_ends_nightly(*, at: datetime) -> Outcome:
    """Remind whoever keeps agreements of those that end; say of how many."""
    try:
        reminded = remind_of_ends(actor=system_actor("reminding of agreements that end"), at=at)
    except NoneEndsError:
        return Outcome("No agreement ends soon of which nobody was reminded.")
    return Outcome(f"Agreements that end of which somebody was reminded: {reminded}.")


def chase_looks_nightly(*, at: datetime) -> Outcome:
    """Remind of emergencies that nobody looked at in time; say of how many."""
    try:
        chased = chase_late_looks(actor=system_actor("chasing looks at emergencies"), at=at)
    except NoneLateError:
        return Outcome("Nobody had to be told that an emergency was not looked at.")
    return Outcome(f"Emergencies of which somebody was told that nobody looked: {chased}.")


def chase_nightly(*, at: datetime) -> Outcome:
    """Remind of requests for information that are due and have no answer; say of how many."""
    try:
        chased = chase_silent_agencies(actor=system_actor("chasing requests for information"), at=at)
    except NobodyToChaseError:
        return Outcome("No request for information was due without an answer.")
    return Outcome(f"Requests for information of which somebody was reminded: {chased}.")
