"""Feeds: a whole new copy takes the place of the last good one, or nothing does."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.directory import events, permissions
from alongside.casework.directory.models import Feed, Service
from alongside.casework.directory.models.copies import replace_copy
from alongside.casework.directory.open_referral.reading import Copy, FeedRefusedError
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command

MOST_LEFT_OUT = 0.5
"""Of the rows of a feed: if more cannot be taken, the last good copy is worth more than what is left."""


class FeedAddressError(CaseworkError):
    """The address is not one of a feed; the message says what would be right."""


@command
def add_feed(*, actor: Actor, at: datetime, name: str, address: str) -> Feed:
    """Note a directory that others publish, to be taken in from now on.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        FeedAddressError: the address is not of http or https, or holds a password.
        AlreadyDoneError: the feed is known.
    """
    require(permissions.may_import(actor))
    address = address.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or len(address) > 500 or any(each <= " " or each in "@?#\\" for each in address):
        raise FeedAddressError(
            _(
                "The address of a feed begins with https:// and is that of its base, without name, password, "
                "question mark or spaces, such as https://directory.example.org/open-referral"
            )
        )
    if Feed.objects.filter(address__iexact=address).exists():
        raise AlreadyDoneError(_("This feed is in the list already."))
    feed = Feed.add(name=name, address=address, at=at)
    record(events.FEED_ADDED, actor=actor, feed=feed.name, about=("feed", feed.id))
    return feed


@command
def import_feed(*, actor: Actor, at: datetime, feed_id: UUID, copy: Copy) -> Feed:
    """Put a whole new copy of a feed in the place of the last; a service it no longer lists is kept as gone.

    Args:
        actor: who.
        at: now.
        feed_id: the feed.
        copy: what was read from it, all pages of it.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        FeedRefusedError: it is empty where the last copy was not, or most of its rows cannot be taken.
        NotFoundError: there is no such feed.
    """
    require(permissions.may_import(actor))
    feed = _locked(feed_id)
    ours = set(
        Service.objects.own().filter(id__in=[each.id for each in copy.services]).values_list("id", flat=True)
    )
    services = [each for each in copy.services if each.id not in ours]
    left_out = [*copy.left_out, *(f"service {each} is our own entry, and stays as it is" for each in ours)]
    rows = len(services) + len(copy.left_out)
    if copy.left_out and len(copy.left_out) > rows * MOST_LEFT_OUT:
        raise FeedRefusedError(
            f"{len(copy.left_out)} of {rows} rows are not as the standard says. "
            f"The first: {copy.left_out[0]}."
        )
    if not services and feed.services.offered().exists():
        raise FeedRefusedError("It lists no service at all, where the last good copy had some.")
    replace_copy(feed, services, at=at)
    feed.note_copy(
        at=at,
        outcome=f"{len(services)} services taken, {len(left_out)} rows left out",
        left_out=left_out[:200],
    )
    record(
        events.FEED_IMPORTED,
        actor=actor,
        feed=feed.name,
        services=len(services),
        left_out=len(left_out),
        about=("feed", feed.id),
    )
    return feed


@command
def note_failed_feed(*, actor: Actor, at: datetime, feed_id: UUID, why: str) -> Feed:
    """Note that a feed was tried and could not be taken; the last good copy stays, with its date.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        NotFoundError: there is no such feed.
    """
    require(permissions.may_import(actor))
    feed = _locked(feed_id)
    feed.note_failure(at=at, outcome=why)
    record(events.FEED_FAILED, actor=actor, feed=feed.name, why=why, about=("feed", feed.id))
    return feed


def _locked(feed_id: UUID) -> Feed:
    feed = Feed.objects.select_for_update(no_key=True).filter(id=feed_id).first()
    if feed is None:
        raise NotFoundError(_("There is no such feed."))
    return feed
