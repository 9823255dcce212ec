"""The errors of casework. Each message is a sentence a practitioner may read."""

from alongside.errors import AlongsideError


class CaseworkError(AlongsideError):
    """Something the user can put right; ``str(error)`` is shown to them."""


class NotFoundError(CaseworkError):
    """There is no such thing, or the user may not see it: both get the same answer."""


class NoLongerSeenError(NotFoundError):
    """The user could see it and no longer can; the sentence says until when, and what to do."""


class AlreadyDoneError(CaseworkError):
    """What was asked for is already so; we never do nothing silently."""


class StaleError(CaseworkError):
    """Somebody else changed this since it was opened; both versions are kept for the user."""
