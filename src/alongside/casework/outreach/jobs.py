"""What runs automatically: at night, and after a release."""

from contextlib import suppress
from datetime import datetime

from alongside.casework.access.actors import system_actor
from alongside.casework.background.rules import Outcome
from alongside.casework.outreach.commands.distributing import NothingToDistributeError, distribute_released
from alongside.casework.outreach.commands.lapsing import (
    NothingExpiredError,
    NothingLapsedError,
    expire_items,
    let_releases_lapse,
)


def distribute_newly_released(*, at: datetime) -> Outcome:
    """Put on lists what was released since the last time, and say how much. Usually there is nothing."""
    try:
        flags = distribute_released(actor=system_actor("putting releases on lists"), at=at)
    except NothingToDistributeError:
        return Outcome("Nothing was waiting to be put on a list.")
    return Outcome(f"Flags put on the lists of teams and case holders: {flags}.")


def expire_nightly(*, at: datetime) -> Outcome:
    """Let go of items whose flags nobody acted on, and end what their release let agencies see.

    Says how many items expired. A night with nothing to let go is a good night.
    """
    night = system_actor("nightly expiry of flags")
    try:
        expired = expire_items(actor=night, at=at)
        said = f"Flags that ended before anybody acted on them: {expired}. Managers see how many."
    except NothingExpiredError:
        said = "No flag had ended."
    with suppress(NothingLapsedError):
        let_releases_lapse(actor=night, at=at)
    return Outcome(said)
