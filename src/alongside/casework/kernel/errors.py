"""The errors of casework. Each message is a sentence a practitioner may read."""

from alongside.errors import AlongsideError


class CaseworkError(AlongsideError):
    """Something the person who asked can put right; ``str(error)`` is shown to them."""


class NotFoundError(CaseworkError):
    """There is no such thing, or it is not yours to see: the two are answered alike."""


class NoLongerSeenError(NotFoundError):
    """It was yours to see and is no longer; the sentence says until when, and what to do."""


class AlreadyDoneError(CaseworkError):
    """What was asked for is so already; doing nothing is never done silently."""


class StaleError(CaseworkError):
    """Somebody else changed this since it was opened; both versions are kept for whoever asked."""
