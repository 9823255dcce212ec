"""What the directory records. None of it says anything about a person, so all of it may stay."""

from alongside.casework.audit.registry import event_type, keep_all

SERVICE_PUBLISHED = event_type(
    "directory.service_published", "{actor} published {service} in the directory", shredder=keep_all
)
SERVICE_CHANGED = event_type(
    "directory.service_changed", "{actor} changed the entry {service}", shredder=keep_all
)
SERVICE_CLOSED = event_type(
    "directory.service_closed", "{actor} closed the entry {service}", shredder=keep_all
)
ENTRY_CONFIRMED = event_type(
    "directory.entry_confirmed",
    "{actor} confirmed that the entry {service} is still right",
    shredder=keep_all,
)
NEED_ADDED = event_type(
    "directory.need_added", "{actor} added {need} to the directory's list of needs", shredder=keep_all
)
FEED_ADDED = event_type("directory.feed_added", "{actor} added the feed {feed}", shredder=keep_all)
FEED_IMPORTED = event_type(
    "directory.feed_imported",
    "{actor} imported {services} services from the feed {feed} and left out {left_out} rows; "
    "{gone} services are no longer listed",
    shredder=keep_all,
)
FEED_FAILED = event_type(
    "directory.feed_failed", "{actor} could not import the feed {feed}: {why}", shredder=keep_all
)
