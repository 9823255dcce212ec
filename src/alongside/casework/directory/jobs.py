"""Long work: importing feeds. They are read first, so that no transaction waits for another server."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.background.rules import Outcome, Went
from alongside.casework.directory.commands import import_feed, note_failed_feed
from alongside.casework.directory.open_referral.client import Client, HttpClient
from alongside.casework.directory.open_referral.reading import FeedRefusedError, read_feed
from alongside.casework.directory.queries import feeds_page

_LOG = logging.getLogger(__name__)


def take_feed(*, actor: Actor, at: datetime, feed_id: UUID, address: str, client: Client) -> Went:
    """Read a feed and put it in the place of its last copy; say whether that worked.

    If it did not, the reason is noted with the feed, and the last good copy stays. It went well only in part
    if most of what was in the last copy is gone.
    """
    try:
        copy = read_feed(client, address)
        imported = import_feed(actor=actor, at=at, feed_id=feed_id, copy=copy)
    except FeedRefusedError as refusal:
        why = str(refusal)
    except (OperationalError, InterfaceError):
        raise  # the database cannot be reached: that says nothing about the feed, and is tried again
    except Exception as error:
        # a row that nobody foresaw in one feed must not cost all feeds after it their night
        _LOG.exception("the feed %s could not be imported", feed_id)
        kind = type(error).__name__
        why = f"It failed, and that is our fault ({kind}). The background worker's log says where."
    else:
        return Went.PARTLY if imported.shrunk else Went.WELL
    note_failed_feed(actor=actor, at=at, feed_id=feed_id, why=why)
    return Went.BADLY


def take_all_feeds(
    *, actor: Actor, at: datetime, clients: Callable[[], Client] = HttpClient
) -> dict[str, Went]:
    """Import every feed, each on its own: one that fails does not stop the others. Nightly.

    Args:
        actor: who does it: a named part of the system.
        at: now.
        clients: makes each feed its own client, with its own limits.

    Returns:
        Name of each feed to how that went.
    """
    return {
        feed.name: take_feed(actor=actor, at=at, feed_id=feed.id, address=feed.address, client=clients())
        for feed in feeds_page(actor=actor, at=at)
    }


def take_feeds_nightly(*, at: datetime, clients: Callable[[], Client] = HttpClient) -> Outcome:
    """Import every feed, and say which could not be fetched; each of those keeps its last good copy."""
    done = take_all_feeds(actor=system_actor("nightly import of directories"), at=at, clients=clients)
    failed = sorted(name for name, went in done.items() if went is Went.BADLY)
    shrunk = sorted(name for name, went in done.items() if went is Went.PARTLY)
    if not done:
        return Outcome("No other directories are imported here.")
    words = [f"{len(done) - len(failed)} of {len(done)} imported."]
    if failed:
        words.append(f"Could not be imported and keep their last good copy: {', '.join(failed)}.")
    if shrunk:
        words.append(f"List less than half of what they listed before: {', '.join(shrunk)}.")
    if len(failed) == len(done):
        return Outcome(" ".join(words), Went.BADLY)
    return Outcome(" ".join(words), Went.PARTLY if failed or shrunk else Went.WELL)
