"""What outreach records. Sentences name no person who is helped; the event has their id."""

from alongside.casework.audit.registry import event_type, keep_all

FLAGS_DISTRIBUTED = event_type(
    "outreach.flags_distributed",
    "{actor} put {made} flags on lists and {joined} beside items already there",
    shredder=keep_all,
)
ITEM_RAISED = event_type("outreach.item_raised", "{actor} put somebody on the list", shredder=keep_all)
ITEM_PRIORITISED = event_type(
    "outreach.item_prioritised", "{actor} said how soon it should be ({priority})", shredder=keep_all
)
ITEM_SKILLS = event_type(
    "outreach.item_skills",
    "{actor} said which skills a contact needs",
    shredder=keep_all,
)
ITEM_ASSIGNED = event_type("outreach.item_assigned", "{actor} gave an item to {member}")
ITEM_TAKEN = event_type("outreach.item_taken", "{actor} took an item that nobody had", shredder=keep_all)
WEEK_PLANNED = event_type(
    "outreach.week_planned",
    "{actor} gave out {given} of a team's items; {left} are waiting",
    shredder=keep_all,
)
ITEM_JUDGED = event_type("outreach.item_judged", "{actor} judged a flag: {verdict}", shredder=keep_all)
ATTEMPT_NOTED = event_type(
    "outreach.attempt_noted", "{actor} noted an attempt to get in touch: {result}", shredder=keep_all
)
NOTE_ADDED = event_type("outreach.note_added", "{actor} added a note to an item", shredder=keep_all)
DATA_QUESTIONED = event_type(
    "outreach.data_questioned", "{actor} asked {organisation} whether a record is about somebody else",
    shredder=keep_all,
)  # fmt: skip
ITEM_PUT_BACK = event_type("outreach.item_put_back", "{actor} put an item back", shredder=keep_all)
ITEM_FINISHED = event_type("outreach.item_finished", "{actor} finished an item", shredder=keep_all)
ITEM_EXPIRED = event_type(
    "outreach.item_expired", "{actor} closed an item whose flag nobody acted on", shredder=keep_all
)
EXPIRY_CHECKED = event_type(
    "outreach.expiry_checked", "{actor} looked for flags nobody acted on: {expired}", shredder=keep_all
)
RELEASES_LAPSED = event_type(
    "outreach.releases_lapsed",
    "{actor} ended what releases let agencies see of people nobody took up: {ended}",
    shredder=keep_all,
)
HAND_OVER_OFFERED = event_type("outreach.hand_over_offered", "{actor} asked {member} to take an item over")
HAND_OVER_ANSWERED = event_type(
    "outreach.hand_over_answered", "{actor} answered a hand-over: {answer}", shredder=keep_all
)
ITEM_COVERED = event_type("outreach.item_covered", "{actor} moved an item from {away} to {member}")
LIST_SEEN = event_type("outreach.list_seen", "{actor} was shown a list of {items} items", shredder=keep_all)
ITEM_SEEN = event_type("outreach.item_seen", "{actor} opened an item", shredder=keep_all)
CONVERSATION_BEGUN = event_type(
    "outreach.conversation_begun", "{actor} began a conversation using {guide}", shredder=keep_all
)
CONVERSATION_SEEN = event_type(
    "outreach.conversation_seen", "{actor} opened a conversation", shredder=keep_all
)
DANGER_CHECKED = event_type(
    "outreach.danger_checked", "{actor} asked about immediate danger: {answer}", shredder=keep_all
)
ANSWER_KEPT = event_type(
    "outreach.answer_kept", "{actor} wrote down an answer ({prompt}, version {version})", shredder=keep_all
)
ENDING_KEPT = event_type(
    "outreach.ending_kept", "{actor} wrote down how a conversation ends ({fields})", shredder=keep_all
)
SIGNPOST_CHOSEN = event_type(
    "outreach.signpost_chosen", "{actor} chose a service from the directory for somebody", shredder=keep_all
)
SIGNPOST_DROPPED = event_type(
    "outreach.signpost_dropped", "{actor} removed a service that somebody was pointed to", shredder=keep_all
)
CONVERSATION_FINISHED = event_type(
    "outreach.conversation_finished", "{actor} finished a conversation ({outcomes})", shredder=keep_all
)
WORDS_KEPT = event_type(
    "outreach.words_kept",
    "{actor} ended what let an organisation see somebody while it wrote down a conversation; "
    "{answers} answers were kept on the person's page",
    shredder=keep_all,
)
WORRY_KEPT = event_type(
    "outreach.worry_kept",
    "{actor} ended what let an organisation see somebody while it wrote down a conversation; "
    "what it had not sent yet was kept as {concerns} of its concerns",
    shredder=keep_all,
)
WORDS_TAKEN_OVER = event_type(
    "outreach.words_taken_over",
    "{actor} took an item over while a conversation on it was written down; "
    "{answers} answers were kept on the person's page",
    shredder=keep_all,
)
NEXT_STEPS_SEEN = event_type(
    "outreach.next_steps_seen", "{actor} opened the page for the person to keep", shredder=keep_all
)
REFERRAL_MADE = event_type(
    "outreach.referral_made", "{actor} referred somebody to {organisation}", shredder=keep_all
)
REFERRAL_ANSWERED = event_type(
    "outreach.referral_answered", "{actor} answered a referral: {answer}", shredder=keep_all
)
REFERRAL_TAKEN_BACK = event_type(
    "outreach.referral_taken_back", "{actor} took back what they had asked of {organisation}",
    shredder=keep_all,
)  # fmt: skip
REFERRALS_SEEN = event_type(
    "outreach.referrals_seen", "{actor} was shown {referrals} referrals", shredder=keep_all
)
TABLE_SEEN = event_type(
    "outreach.table_seen", "{actor} looked at who could be round the table", shredder=keep_all
)
OWN_PAGE_SEEN = event_type(
    "outreach.own_page_seen", "{actor} opened the person's own page ({parts} parts on it)", shredder=keep_all
)
