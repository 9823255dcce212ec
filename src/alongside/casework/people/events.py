"""What is recorded about people. Sentences name nobody but the actor; the event has the person's id."""

from alongside.casework.audit.registry import event_type, keep_all

PERSON_ADMITTED = event_type("person.admitted", "{actor} created a record ({why})", shredder=keep_all)
PERSON_VIEWED = event_type("person.viewed", "{actor} opened the person's page", shredder=keep_all)
ADDRESS_SHOWN = event_type(
    "person.address_shown", "{actor} was shown the person's protected address", shredder=keep_all
)
CIRCLE_SEEN = event_type(
    "person.circle_seen", "{actor} looked at who is around the person", shredder=keep_all
)
PEOPLE_SEARCHED = event_type("person.searched", "{actor} searched for people and was shown {found}")
DUPLICATES_LOOKED_FOR = event_type(
    "person.duplicates_looked_for",
    "{actor} looked for existing records: was shown {found}, and told of {elsewhere} held elsewhere",
    shredder=keep_all,
)
PERSON_CHANGED = event_type("person.changed", "{actor} changed {fields}", shredder=keep_all)
WORDS_KEPT = event_type(
    "person.words_kept",
    "{actor} saved the person's own words ({section}; written down by: {pen})",
    shredder=keep_all,
)
DEVICE_HANDED_OVER = event_type(
    "person.device_handed_over",
    "{actor} handed their device to the person, to write for themself",
    shredder=keep_all,
)
DEVICE_TAKEN_BACK = event_type(
    "person.device_taken_back", "{actor} took their device back", shredder=keep_all
)
CONTACT_NOTED = event_type(
    "person.contact_noted", "{actor} noted somebody in the person's life", shredder=keep_all
)
CONTACT_LEFT = event_type(
    "person.contact_left", "{actor} removed somebody from the network", shredder=keep_all
)
INVOLVEMENT_NOTED = event_type(
    "person.involvement_noted", "{actor} noted their agency's involvement", shredder=keep_all
)
INVOLVEMENT_ENDED = event_type(
    "person.involvement_ended", "{actor} ended their agency's involvement", shredder=keep_all
)
CHRONOLOGY_ADDED = event_type(
    "person.chronology_added", "{actor} added to the chronology ({sort})", shredder=keep_all
)
CHRONOLOGY_CORRECTED = event_type(
    "person.chronology_corrected", "{actor} corrected an entry in the chronology", shredder=keep_all
)
KNOWN_TO_ASKED = event_type(
    "person.known_to_asked", "{actor} asked {organisation} whether the person is known", shredder=keep_all
)
KNOWN_TO_ANSWERED = event_type(
    "person.known_to_answered", "{actor} answered whether the person is known", shredder=keep_all
)
MERGED = event_type("person.merged", "{actor} joined two records as one person", shredder=keep_all)
PARTED = event_type("person.parted", "{actor} separated two records again", shredder=keep_all)
WRITTEN_GIVEN_BACK = event_type(
    "person.written_given_back",
    "{actor} moved what was written while two records were joined to the one it is about ({moved})",
    shredder=keep_all,
)
EMERGENCY_OPENED = event_type("person.emergency_opened", "{actor} opened the record in an emergency")
EMERGENCY_MISSED = event_type(
    "person.emergency_missed",
    "{actor} tried to open a record in an emergency and found nobody",
    shredder=keep_all,
)
EMERGENCY_CLOSED = event_type(
    "person.emergency_closed",
    "{actor} closed what they had opened in an emergency",
    shredder=keep_all,
)
EMERGENCY_REVIEWED = event_type(
    "person.emergency_reviewed", "{actor} reviewed an emergency access: {verdict}", shredder=keep_all
)
EMERGENCY_LOOKED_INTO = event_type(
    "person.emergency_looked_into", "{actor} read what was done in an emergency access", shredder=keep_all
)
REACH_GAINED = event_type(
    "person.reach_gained", "{actor} may see the person because they accepted a referral", shredder=keep_all
)
REACH_BY_CASE = event_type(
    "person.reach_by_case",
    "{actor} let {organisation} see the person, because it takes part in a case",
    shredder=keep_all,
)
REACH_BY_CASE_ENDED = event_type(
    "person.reach_by_case_ended", "{actor} ended what a case let agencies see", shredder=keep_all
)
REACH_LAPSED = event_type(
    "person.reach_lapsed",
    "{actor} ended what a release let {organisation} see, because nobody took it up",
    shredder=keep_all,
)
REACH_ENDED = event_type(
    "person.reach_ended", "{actor} ended what a referral let them see", shredder=keep_all
)
