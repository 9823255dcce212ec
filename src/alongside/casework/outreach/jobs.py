"""What runs at night."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.outreach.commands.working import NothingExpiredError, expire_items


def expire_nightly(*, at: datetime) -> int:
    """Let go of items whose flags nobody acted on; return how many. A night with none is a good night."""
    try:
        return expire_items(actor=system_actor("nightly expiry of flags"), at=at)
    except NothingExpiredError:
        return 0
