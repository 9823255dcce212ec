"""What notices record: a member's choice. Sending one is not an event: it says nothing."""

from alongside.casework.audit.registry import event_type, keep_all

NOTICES_CHOSEN = event_type(
    "notices.chosen", "{actor} chose to get notices by e-mail: {wanted}", shredder=keep_all
)
