"""Long work: taking feeds in. They are read first, so that no transaction waits for a stranger."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.background.rules import Outcome, Went
from alongside.casework.directory.commands import import_feed, note_failed_feed
from alongside.casework.directory.open_referral.client import Client, HttpClient
from alongside.casework.directory.open_referral.reading import FeedRefusedError, read_feed
from alongside.casework.directory.queries import feeds_page


def take_feed(*, actor: Actor, at: datetime, feed_id: UUID, address: str, client: Client) -> bool:
    """Read a feed and put it in the place of its last copy; say whether that came off.

    Where it did not, why not is noted with the feed, and the last good copy stays.
    """
    try:
        copy = read_feed(client, address)
        import_feed(actor=actor, at=at, feed_id=feed_id, copy=copy)
    except FeedRefusedError as refusal:
        note_failed_feed(actor=actor, at=at, feed_id=feed_id, why=str(refusal))
        return False
    return True


def take_all_feeds(
    *, actor: Actor, at: datetime, clients: Callable[[], Client] = HttpClient
) -> dict[str, bool]:
    """Take every feed in, each for itself: one that fails keeps none of the others. Nightly.

    Args:
        actor: who, by name: a part of the system.
        at: now.
        clients: gives each feed a client of its own, with limits of its own.

    Returns:
        Name of the feed to whether it came off.
    """
    return {
        feed.name: take_feed(actor=actor, at=at, feed_id=feed.id, address=feed.address, client=clients())
        for feed in feeds_page(actor=actor, at=at)
    }


def take_feeds_nightly(*, at: datetime) -> Outcome:
    """Take every feed in, and say which could not be had; each of those keeps the last good copy."""
    done = take_all_feeds(actor=system_actor("nightly import of directories"), at=at)
    failed = sorted(name for name, taken in done.items() if not taken)
    if not done:
        return Outcome("No other directory is taken in here.")
    if failed:
        words = f"Of {len(done)} directories these could not be had, and keep their last good copy: "
        return Outcome(words + ", ".join(failed), Went.BADLY if len(failed) == len(done) else Went.PARTLY)
    return Outcome(f"{len(done)} taken in.")
