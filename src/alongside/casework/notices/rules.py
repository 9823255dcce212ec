"""When a notice is sent, and all that they ever say."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

AT_MOST_EVERY = timedelta(hours=1)
"""One notice a member that something waits: whatever comes in between waits for the next."""
TOGETHER = timedelta(minutes=1)
"""So long the first waits for others that come at once with it."""


@dataclass(frozen=True)
class Message:
    """A notice, in words."""

    title: str
    words: str


def message(address: str) -> Message:
    """Return the notice that something waits: the same for everybody, whatever it is."""
    title = _("Something waits for you in Alongside")
    words = _(
        "Something waits for you in Alongside. It is on your page of today:\n\n"
        "%(address)s\n\n"
        "This message does not say what, or about whom, because e-mail can be read by others.\n"
        "To get it no more, choose My notices by e-mail on that page."
    ) % {"address": f"{address}/"}
    return Message(title, words)


def account_message() -> Message:
    """Return the notice that somebody else changed what a member signs in with.

    It leads nowhere: who learns to follow a link from such a message follows a false one too.
    """
    title = _("The way you sign in to Alongside was changed")
    words = _(
        "You were given a new password for Alongside, or your second factor was taken off, because somebody "
        "asked for it in your name.\n\n"
        "If you asked for it, there is nothing to do but to sign in as they told you.\n"
        "If you did not ask for it, ring your information governance lead at once: somebody may be trying to "
        "get in as you."
    )
    return Message(title, words)


def was_seen(*, waiting_since: datetime, last_signed_in: datetime | None) -> bool:
    """Say whether a member has signed in since it began to wait, and so has seen it without a notice."""
    return last_signed_in is not None and last_signed_in > waiting_since
