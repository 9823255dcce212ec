"""What runs at night."""

from contextlib import suppress
from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.outreach.commands.lapsing import (
    NothingExpiredError,
    NothingLapsedError,
    expire_items,
    let_releases_lapse,
)


def expire_nightly(*, at: datetime) -> Outcome:
    """Let go of items whose flags nobody acted on, and end what their release let agencies see.

    Says how many items expired. A night with nothing to let go is a good night.
    """
    night = system_actor("nightly expiry of flags")
    try:
        expired = expire_items(actor=night, at=at)
        said = f"Flags that ran out before anybody acted on them: {expired}. Managers see which."
    except NothingExpiredError:
        said = "No flag had run out."
    with suppress(NothingLapsedError):
        let_releases_lapse(actor=night, at=at)
    return Outcome(said)
