"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.sharing.commands.requests import NobodyToChaseError, chase_silent_agencies


def chase_nightly(*, at: datetime) -> Outcome:
    """Remind of requests for information that are due and have no answer; say of how many."""
    try:
        chased = chase_silent_agencies(actor=system_actor("chasing requests for information"), at=at)
    except NobodyToChaseError:
        return Outcome("No request for information was due without an answer.")
    return Outcome(f"Requests for information of which somebody was reminded: {chased}.")
