"""What runs at night."""

from contextlib import suppress
from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.outreach.commands.lapsing import (
    NothingExpiredError,
    NothingLapsedError,
    expire_items,
    let_releases_lapse,
)


def expire_nightly(*, at: datetime) -> int:
    """Let go of items whose flags nobody acted on, and end what their release let agencies see.

    A night with nothing to let go is a good night.

    Returns:
        How many items expired.
    """
    night = system_actor("nightly expiry of flags")
    try:
        expired = expire_items(actor=night, at=at)
    except NothingExpiredError:
        expired = 0
    with suppress(NothingLapsedError):
        let_releases_lapse(actor=night, at=at)
    return expired
