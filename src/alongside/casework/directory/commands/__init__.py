"""Commands that change the directory."""

from alongside.casework.directory.commands.feeds import (
    FeedAddressError,
    add_feed,
    import_feed,
    note_failed_feed,
)
from alongside.casework.directory.commands.needs import add_need
from alongside.casework.directory.commands.own_entries import (
    EntryClosedError,
    EntryNotSoundError,
    change_service,
    close_service,
    confirm_entry,
    publish_service,
)

__all__ = [
    "EntryClosedError", "EntryNotSoundError", "FeedAddressError", "add_feed", "add_need",
    "change_service", "close_service", "confirm_entry", "import_feed", "note_failed_feed", "publish_service",
]  # fmt: skip
