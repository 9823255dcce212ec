"""What runs by itself: at night, and after a release."""

from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.outreach.commands.distributing import NothingToDistributeError, distribute_released
from alongside.casework.outreach.commands.working import NothingExpiredError, expire_items


def distribute_newly_released(*, at: datetime) -> int:
    """Put on lists what was released since the last time; return how many flags. Mostly there is nothing."""
    try:
        return distribute_released(actor=system_actor("putting releases on lists"), at=at)
    except NothingToDistributeError:
        return 0


def expire_nightly(*, at: datetime) -> int:
    """Let go of items whose flags nobody acted on; return how many. A night with none is a good night."""
    try:
        return expire_items(actor=system_actor("nightly expiry of flags"), at=at)
    except NothingExpiredError:
        return 0
