"""Feeds: a complete new copy replaces the last good one, or nothing does."""

from dataclasses import dataclass
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
from alongside.casework.directory.rules import has_shrunk
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command

MOST_LEFT_OUT = 0.5
"""Share of a feed's rows: if more than this cannot be imported, the last good copy is worth more."""


class FeedAddressError(CaseworkError):
    """The address cannot be that of a feed; the message says what would be right."""


@dataclass(frozen=True)
class Imported:
    """A feed that was imported; ``shrunk`` if most of what it listed before is gone."""

    feed: Feed
    shrunk: bool


@command
def add_feed(*, actor: Actor, at: datetime, name: str, address: str) -> Feed:
    """Add a directory that others publish, to be imported from now on.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        FeedAddressError: the address is not http or https, or includes a password.
        AlreadyDoneError: the feed is already known.
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
                "Enter the base address of the feed, beginning with https:// and without a user name, "
                "password, question mark or spaces, such as https://directory.example.org/open-referral"
            )
        )
    if Feed.objects.filter(address__iexact=address).exists():
        raise AlreadyDoneError(_("This feed is already in the list."))
    feed = Feed.add(name=name, address=address, at=at)
    record(events.FEED_ADDED, actor=actor, feed=feed.name, about=("feed", feed.id))
    return feed


@command
def import_feed(*, actor: Actor, at: datetime, feed_id: UUID, copy: Copy) -> Imported:
    """Replace the last copy of a feed with a complete new one; a service no longer listed is kept as gone.

    Args:
        actor: who.
        at: now.
        feed_id: the feed.
        copy: what was read from it, from all its pages.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
        FeedRefusedError: it is empty and the last copy was not, or most of its rows cannot be imported.
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
            f"{len(copy.left_out)} of {rows} rows do not follow the standard. The first: {copy.left_out[0]}."
        )
    if not services and feed.services.offered().exists():
        raise FeedRefusedError("It lists no services at all, but the last good copy had some.")
    before = feed.services.filter(gone_since=None).count()
    gone = replace_copy(feed, services, at=at)
    outcome = f"{len(services)} services imported, {len(left_out)} rows left out"
    if gone:
        outcome += f", {gone} services no longer listed"
    feed.note_copy(
        at=at,
        outcome=outcome,
        left_out=left_out[:200],
    )
    record(
        events.FEED_IMPORTED,
        actor=actor,
        feed=feed.name,
        services=len(services),
        left_out=len(left_out),
        gone=gone,
        about=("feed", feed.id),
    )
    return Imported(feed, shrunk=has_shrunk(before=before, gone=gone))


@command
def note_failed_feed(*, actor: Actor, at: datetime, feed_id: UUID, why: str) -> Feed:
    """Note that a feed was tried and could not be imported; the last good copy stays, with its date.

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
