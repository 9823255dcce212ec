"""When a notice is sent, and everything that notices ever say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

AT_MOST_EVERY = timedelta(hours=1)
"""One notice per member that something is waiting: whatever comes in between waits for the next."""
TRIED_FOR = timedelta(days=5)
"""How long news about an account is offered to an address that refuses it (RFC 5321 4.5.4.1)."""
TOGETHER = timedelta(minutes=1)
"""How long the first waits for others that come at about the same time."""


@dataclass(frozen=True)
class Asked:
    """Somebody who may do what an organisation is asked to do."""

    account: UUID
    organisation: UUID
    manages: bool
    away: bool


def whom_to_tell(those_who_may: Iterable[Asked]) -> list[UUID]:
    """Return the accounts that are told of a request, for each organisation separately.

    They are its managers who are there; if none is, everybody who is there: whoever is away is told when they
    are back, and a request must not wait for that while a colleague could answer it. Where nobody is there,
    its managers are told when they are back, or else everybody.
    """
    by_organisation: defaultdict[UUID, list[Asked]] = defaultdict(list)
    for each in those_who_may:
        by_organisation[each.organisation].append(each)
    return [who.account for there in by_organisation.values() for who in _of_one(there)]


def _of_one(those_who_may: list[Asked]) -> list[Asked]:
    """The same, for one organisation."""
    able = [each for each in those_who_may if not each.away] or those_who_may
    return [each for each in able if each.manages] or able


@dataclass(frozen=True)
class Message:
    """A notice, in words."""

    title: str
    words: str


def message(address: str) -> Message:
    """Return the notice that something is waiting: the same for everybody, whatever it is."""
    title = _("Something is waiting for you in Alongside")
    words = _(
        "Something is waiting for you in Alongside. It is on your Today page:\n\n"
        "%(address)s\n\n"
        "This message does not say what it is, or who it is about, because others may read your e-mail.\n"
        "To stop getting these messages, choose My notices by e-mail on that page."
    ) % {"address": f"{address}/"}
    return Message(title, words)


def account_message() -> Message:
    """Return the notice that what a member signs in with was changed, perhaps not by them.

    It has no link: people who learn to follow links in such messages will follow a false one too.
    """
    title = _("The way you sign in to Alongside was changed")
    words = _(
        "You were given a new password for Alongside, or your second factor was taken off, because somebody "
        "asked for it in your name. Or a password that you were given was used to choose a new one.\n\n"
        "If you asked for it, just sign in as they told you. If you have just chosen a new password, you do "
        "not need to do anything.\n"
        "If you did not ask for it, or did not choose one, ring your information governance lead at once: "
        "somebody may be trying to sign in as you."
    )
    return Message(title, words)


def was_seen(*, waiting_since: datetime, last_signed_in: datetime | None) -> bool:
    """Say whether a member has signed in since it began waiting, and so has seen it without a notice."""
    return last_signed_in is not None and last_signed_in > waiting_since
