"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.marm.commands.actions import NothingLateError, tell_of_late_actions


def late_actions_nightly(*, at: datetime) -> Outcome:
    """Tell of actions that are due or late; say of how many."""
    try:
        told = tell_of_late_actions(actor=system_actor("telling of late actions"), at=at)
    except NothingLateError:
        return Outcome("Nobody had to be told of a late action.")
    return Outcome(f"Actions that are due or late of which somebody was told: {told}.")
