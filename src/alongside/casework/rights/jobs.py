"""What runs every night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.rights.commands.keeping import NothingDueError, list_what_is_due


def list_nightly(*, at: datetime) -> Outcome:
    """List records that have been kept as long as they may be, for somebody to look at. Delete nothing."""
    try:
        count = list_what_is_due(actor=system_actor("listing records past their time"), at=at)
    except NothingDueError:
        return Outcome("No more records are past their time.")
    return Outcome(f"Records added to the list of those past their time: {count}. Nothing was deleted.")
