"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.outreach.commands.working import NothingExpiredError, expire_items


def expire_nightly(*, at: datetime) -> Outcome:
    """Let go of items whose flags nobody acted on, and say how many. A night with none is a good night."""
    try:
        expired = expire_items(actor=system_actor("nightly expiry of flags"), at=at)
    except NothingExpiredError:
        return Outcome("No flag had run out.")
    return Outcome(f"Flags that ran out before anybody acted on them: {expired}. Managers see which.")
