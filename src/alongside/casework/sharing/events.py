"""What is recorded of sharing."""

from alongside.casework.audit.registry import event_type, keep_all

AGREEMENT_SIGNED = event_type(
    "sharing.agreement_signed", "{actor} entered the agreement {reference}", shredder=keep_all
)
AGREEMENT_CHANGED = event_type(
    "sharing.agreement_changed", "{actor} changed the agreement {reference} ({changed})", shredder=keep_all
)
CHOICES_READ = event_type(
    "sharing.choices_read", "{actor} read what a person chose about sharing", shredder=keep_all
)
CHOICE_AGREED = event_type(
    "sharing.choice_agreed",
    "{actor} wrote down that a person agreed to sharing ({choices} choices)",
    shredder=keep_all,
)
CHOICE_REFUSED = event_type(
    "sharing.choice_refused",
    "{actor} wrote down that a person asked that something is not shared ({choices} choices)",
    shredder=keep_all,
)
CHOICE_TAKEN_BACK = event_type(
    "sharing.choice_taken_back",
    "{actor} wrote down that a person took back what they chose about sharing",
    shredder=keep_all,
)
