"""What is recorded about offers. Sentences name only the actor; the event has the person's id."""

from alongside.casework.audit.registry import event_type, keep_all

OFFERS_SEEN = event_type(
    "offers.seen", "{actor} looked at what the person was offered and what they said", shredder=keep_all
)
OFFERED = event_type("offers.offered", "{actor} wrote down an offer of help ({sort})", shredder=keep_all)
REPLIED = event_type(
    "offers.replied", "{actor} wrote down what came of an offer ({answer})", shredder=keep_all
)
NOT_OFFERED = event_type(
    "offers.not_offered", "{actor} wrote down that help was not offered ({why})", shredder=keep_all
)
LOOKED_AGAIN = event_type(
    "offers.looked_again", "{actor} took a second look at help that was not offered ({verdict})",
    shredder=keep_all,
)  # fmt: skip
REPORT_READ = event_type(
    "offers.report_read",
    "{actor} read the figures on who is offered help and who declines it ({scope})",
    shredder=keep_all,
)
