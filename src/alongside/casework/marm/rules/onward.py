"""What comes back from another process."""

from enum import StrEnum


class Came(StrEnum):
    """What came of a matter that was sent on."""

    TAKEN_ON = "taken_on"
    """It is being looked into there, or was."""
    NOT_TAKEN_ON = "not_taken_on"
    """It was declined, with the reason and what to do instead."""
    ENDED = "ended"
    """It was looked into, and is over."""
