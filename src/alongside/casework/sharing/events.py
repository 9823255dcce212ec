"""What is recorded about sharing."""

from alongside.casework.audit.registry import event_type, keep_all

AGREEMENT_SIGNED = event_type(
    "sharing.agreement_signed", "{actor} entered the agreement {reference}", shredder=keep_all
)
AGREEMENT_CHANGED = event_type(
    "sharing.agreement_changed", "{actor} changed the agreement {reference} ({changed})", shredder=keep_all
)
AGREEMENT_REMINDED = event_type(
    "sharing.agreement_reminded",
    "{actor} told those keeping agreements that {reference} ends",
    shredder=keep_all,
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
    "{actor} wrote down that a person asked us not to share something ({choices} choices)",
    shredder=keep_all,
)
CHOICE_TAKEN_BACK = event_type(
    "sharing.choice_taken_back",
    "{actor} wrote down that a person took back what they chose about sharing",
    shredder=keep_all,
)
DECISIONS_READ = event_type(
    "sharing.decisions_read", "{actor} read what was decided about sharing", shredder=keep_all
)
SHARED = event_type("sharing.shared", "{actor} shared something about a person", shredder=keep_all)
SHARE_PROPOSED = event_type(
    "sharing.share_proposed",
    "{actor} decided to share against a person's wishes, once somebody else agrees",
    shredder=keep_all,
)
SHARED_IN_EMERGENCY = event_type(
    "sharing.shared_in_emergency",
    "{actor} shared in an emergency against a person's wishes",
    shredder=keep_all,
)
NOT_SHARED = event_type(
    "sharing.not_shared", "{actor} decided not to share something about a person", shredder=keep_all
)
SECOND_AGREED = event_type(
    "sharing.second_agreed",
    "{actor} agreed as the second person to sharing against a person's wishes",
    shredder=keep_all,
)
SECOND_NOT_AGREED = event_type(
    "sharing.second_not_agreed",
    "{actor} did not agree as the second person to sharing against a person's wishes",
    shredder=keep_all,
)
TOLD_READ = event_type(
    "sharing.told_read", "{actor} read what another organisation shared", shredder=keep_all
)
RECEIPT_CONFIRMED = event_type(
    "sharing.receipt_confirmed",
    "{actor} confirmed that what another organisation shared has arrived",
    shredder=keep_all,
)
LATER_VIEW = event_type(
    "sharing.later_view",
    "{actor} wrote down what a person says about sharing against their wishes",
    shredder=keep_all,
)
LOOKED_AGAIN = event_type(
    "sharing.looked_again", "{actor} reviewed a decision about sharing: it stands", shredder=keep_all
)
LOOK_CHASED = event_type(
    "sharing.look_chased",
    "{actor} chased a late look at what was shared in an emergency ({told})",
    shredder=keep_all,
)
DRAFT_BEGUN = event_type("sharing.draft_begun", "{actor} started a decision about sharing", shredder=keep_all)
DRAFT_READ = event_type(
    "sharing.draft_read", "{actor} opened their draft of a decision about sharing", shredder=keep_all
)
DRAFT_KEPT = event_type(
    "sharing.draft_kept", "{actor} continued a decision about sharing ({step})", shredder=keep_all
)
DRAFT_DISCARDED = event_type(
    "sharing.draft_discarded", "{actor} discarded a draft of a decision about sharing", shredder=keep_all
)
ADVICE_ASKED = event_type("sharing.advice_asked", "{actor} asked for advice about sharing", shredder=keep_all)
ADVICE_READ = event_type("sharing.advice_read", "{actor} read a question about sharing", shredder=keep_all)
LAWYER_ASKED = event_type(
    "sharing.lawyer_asked", "{actor} brought a lawyer into a question about sharing", shredder=keep_all
)
ADVICE_GIVEN = event_type("sharing.advice_given", "{actor} gave advice about sharing", shredder=keep_all)
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
CORRECTION_CONFIRMED = event_type(
    "sharing.correction_confirmed",
    "{actor} confirmed reading that something the organisation was told has changed",
    shredder=keep_all,
)
