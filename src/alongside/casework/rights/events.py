"""What the audit trail records about people's requests. No sentence says anything about the person."""

from alongside.casework.audit.registry import event_type, keep_all

PERSON_LOOKED_FOR = event_type(
    "rights.person_looked_for",
    "{actor} looked for the record of somebody asking what is held about them ({found} found)",
    shredder=keep_all,
)
REQUEST_TAKEN = event_type(
    "rights.request_taken", "{actor} noted the request for access {reference}", shredder=keep_all
)
REQUEST_SEEN = event_type(
    "rights.request_seen", "{actor} looked at the request for access {reference}", shredder=keep_all
)
IDENTITY_ASKED = event_type(
    "rights.identity_asked", "{actor} asked who made the request for access {reference}", shredder=keep_all
)
IDENTITY_CHECKED = event_type(
    "rights.identity_checked",
    "{actor} checked who made the request for access {reference}",
    shredder=keep_all,
)
CLARIFICATION_ASKED = event_type(
    "rights.clarification_asked",
    "{actor} asked what the request for access {reference} means",
    shredder=keep_all,
)
CLARIFICATION_CAME = event_type(
    "rights.clarification_came",
    "{actor} noted what the request for access {reference} means",
    shredder=keep_all,
)
EXTENDED = event_type(
    "rights.extended", "{actor} extended the time for the request for access {reference}", shredder=keep_all
)
BUNDLE_SEEN = event_type(
    "rights.bundle_seen",
    "{actor} looked at all that is held about the person, for the request {reference}",
    shredder=keep_all,
)
TABLE_SEEN = event_type(
    "rights.table_seen",
    "{actor} looked at lines of one kind in the bundle for the request {reference}",
    shredder=keep_all,
)
LINE_SEEN = event_type(
    "rights.line_seen",
    "{actor} looked at one line of the bundle for the request {reference}",
    shredder=keep_all,
)
BROUGHT_UP_TO_DATE = event_type(
    "rights.brought_up_to_date",
    "{actor} put the bundle for the request {reference} together",
    shredder=keep_all,
)
WITHHELD = event_type(
    "rights.withheld",
    "{actor} withheld something in the bundle for the request {reference} (ground: {ground})",
    shredder=keep_all,
)
WITHHOLDING_UNDONE = event_type(
    "rights.withholding_undone",
    "{actor} undid a withholding in the bundle for the request {reference}",
    shredder=keep_all,
)
LINE_LOOKED_AT = event_type(
    "rights.line_looked_at",
    "{actor} looked at what was marked in a line of the bundle for the request {reference}",
    shredder=keep_all,
)
MADE_READY = event_type(
    "rights.made_ready",
    "{actor} said that the bundle for the request {reference} is ready to be released",
    shredder=keep_all,
)
SENT_BACK = event_type(
    "rights.sent_back", "{actor} sent back the bundle for the request {reference}", shredder=keep_all
)
RELEASED = event_type(
    "rights.released", "{actor} released the bundle for the request {reference}", shredder=keep_all
)
HANDED_OVER = event_type(
    "rights.handed_over", "{actor} handed over the bundle for the request {reference}", shredder=keep_all
)
DOCUMENT_MADE = event_type(
    "rights.document_made",
    "{actor} made the bundle for the request {reference} as a document ({format})",
    shredder=keep_all,
)
CLOSED = event_type(
    "rights.closed", "{actor} closed the request for access {reference} without a bundle", shredder=keep_all
)
STATEMENT_SEEN = event_type(
    "rights.statement_seen", "{actor} looked at what the person may read about themself", shredder=keep_all
)
STATEMENT_READ = event_type(
    "rights.statement_read",
    "{actor} let the person read what is held about them on the member's device",
    shredder=keep_all,
)
STATEMENT_MADE = event_type(
    "rights.statement_made",
    "{actor} made the person's own statement as a document ({format})",
    shredder=keep_all,
)
STATEMENT_GIVEN = event_type(
    "rights.statement_given", "{actor} noted that the person was given their own statement", shredder=keep_all
)
DISPUTABLE_READ = event_type(
    "rights.disputable_read", "{actor} looked at what in the record can be disputed", shredder=keep_all
)
DISPUTED = event_type(
    "rights.disputed", "{actor} noted that something in the record is said to be wrong", shredder=keep_all
)
DISPUTE_SEEN = event_type(
    "rights.dispute_seen", "{actor} looked at something that is said to be wrong", shredder=keep_all
)
DISPUTE_ANSWERED = event_type(
    "rights.dispute_answered",
    "{actor} answered a dispute ({outcome}), and told {told} who had been told of it before",
    shredder=keep_all,
)
WISH_NOTED = event_type(
    "rights.wish_noted", "{actor} noted an objection or a request to erase everything ({wish})",
    shredder=keep_all,
)  # fmt: skip
WISH_ANSWERED = event_type(
    "rights.wish_answered",
    "{actor} answered an objection or a request to erase everything ({wish}: {outcome})",
    shredder=keep_all,
)
WISH_TAKEN_BACK = event_type(
    "rights.wish_taken_back",
    "{actor} noted that the person withdrew their objection ({wish})",
    shredder=keep_all,
)
HOLD_PLACED = event_type(
    "rights.hold_placed", "{actor} placed a legal hold on the record ({reason})",
    shredder=keep_all,
)  # fmt: skip
HOLD_LIFTED = event_type(
    "rights.hold_lifted", "{actor} lifted the hold on the record ({reason})", shredder=keep_all
)
DISPOSAL_LISTED = event_type(
    "rights.disposal_listed",
    "{actor} listed {count} records as past their time",
    shredder=keep_all,
)
DISPOSAL_DROPPED = event_type(
    "rights.disposal_dropped",
    "{actor} took {count} records off the list: they are no longer past their time",
    shredder=keep_all,
)
DISPOSAL_SEEN = event_type(
    "rights.disposal_seen", "{actor} looked at a line of the disposal list", shredder=keep_all
)
DISPOSAL_KEPT = event_type("rights.disposal_kept", "{actor} kept a record beyond its time", shredder=keep_all)
DISPOSAL_MARKED = event_type(
    "rights.disposal_marked", "{actor} marked a record for deletion", shredder=keep_all
)
DISPOSAL_LISTED_AGAIN = event_type(
    "rights.disposal_listed_again",
    "{actor} no longer marks a record for deletion: it was asked for while two people's records were joined",
    shredder=keep_all,
)
DISPOSED = event_type(
    "rights.disposed", "{actor} deleted a record ({rule}, {rows} entries)", shredder=keep_all
)
