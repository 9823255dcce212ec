"""What is recorded about capacity and advocacy. Details say nothing about the person or what was found."""

from alongside.casework.audit.registry import event_type, keep_all

DECISIONS_SEEN = event_type(
    "capacity.decisions_seen", "{actor} looked at which decisions are recorded", shredder=keep_all
)
RECORD_SEEN = event_type("capacity.record_seen", "{actor} read a capacity record", shredder=keep_all)
RECORDED = event_type(
    "capacity.recorded", "{actor} recorded the person's capacity for one decision", shredder=keep_all
)
VIEW_GIVEN = event_type(
    "capacity.view_given", "{actor} added who agrees or disagrees with a record", shredder=keep_all
)
ADVICE_NOTED = event_type(
    "capacity.advice_noted", "{actor} noted legal advice about pressure", shredder=keep_all
)
BEST_INTERESTS_RECORDED = event_type(
    "capacity.best_interests_recorded",
    "{actor} recorded what was decided in the person's best interests",
    shredder=keep_all,
)
ADVANCE_KEPT = event_type(
    "capacity.advance_kept", "{actor} recorded a wish or decision made in advance", shredder=keep_all
)
ADVANCE_WITHDRAWN = event_type(
    "capacity.advance_withdrawn", "{actor} recorded that the person took something back", shredder=keep_all
)
ADVOCACY_ASKED = event_type(
    "capacity.advocacy_asked", "{actor} asked whether there is a right to an advocate", shredder=keep_all
)
ADVOCACY_WENT_ON = event_type(
    "capacity.advocacy_went_on", "{actor} noted what came of a right to an advocate", shredder=keep_all
)
