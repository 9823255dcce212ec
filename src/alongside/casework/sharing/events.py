"""What is recorded of sharing."""

from alongside.casework.audit.registry import event_type, keep_all

AGREEMENT_SIGNED = event_type(
    "sharing.agreement_signed", "{actor} entered the agreement {reference}", shredder=keep_all
)
AGREEMENT_CHANGED = event_type(
    "sharing.agreement_changed", "{actor} changed the agreement {reference} ({changed})", shredder=keep_all
)
REQUEST_MADE = event_type(
    "sharing.request_made", "{actor} asked {organisation} for information about the person", shredder=keep_all
)
REQUEST_READ = event_type(
    "sharing.request_read", "{actor} read a request for information about the person", shredder=keep_all
)
REQUESTS_LISTED = event_type(
    "sharing.requests_listed",
    "{actor} looked at requests for information and was shown {found}",
    shredder=keep_all,
)
REQUESTS_COUNTED = event_type(
    "sharing.requests_counted",
    "{actor} looked at how each agency answers requests for information",
    shredder=keep_all,
)
REQUEST_CHASED = event_type(
    "sharing.request_chased",
    "{actor} reminded {organisation} of a request for information",
    shredder=keep_all,
)
REQUEST_REFUSED = event_type(
    "sharing.request_refused",
    "{actor} refused a request for information, with written reasons ({refusal})",
    shredder=keep_all,
)
REQUEST_NOTHING_HELD = event_type(
    "sharing.request_nothing_held",
    "{actor} answered a request for information: nothing is held",
    shredder=keep_all,
)
REQUEST_WITHDRAWN = event_type(
    "sharing.request_withdrawn", "{actor} withdrew a request for information", shredder=keep_all
)
