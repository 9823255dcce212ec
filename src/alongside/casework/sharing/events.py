"""What is recorded of sharing."""

from alongside.casework.audit.registry import event_type, keep_all

AGREEMENT_SIGNED = event_type(
    "sharing.agreement_signed", "{actor} entered the agreement {reference}", shredder=keep_all
)
AGREEMENT_CHANGED = event_type(
    "sharing.agreement_changed", "{actor} changed the agreement {reference} ({changed})", shredder=keep_all
)
