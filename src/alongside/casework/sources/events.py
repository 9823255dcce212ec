"""What is recorded of runs, releases, doubtful links and data questions. No sentence names a person."""

from alongside.casework.audit.registry import event_type, keep_all

RUN_OPENED = event_type(
    "sources.run_opened", "{actor} opened the run of {as_at} ({folder})", shredder=keep_all
)
COHORT_RELEASED = event_type(
    "sources.cohort_released",
    "{actor} released {tiers} of {policy} to {organisations} for {purpose}: {people} people",
    shredder=keep_all,
)
ADDRESS_PROTECTED = event_type(
    "sources.address_protected",
    "{actor} opened or released a run that says the person's address must be protected",
    shredder=keep_all,
)
FLAG_WITHDRAWN = event_type("sources.flag_withdrawn", "{actor} withdrew a flag ({why})")
PAIR_LOOKED_AT = event_type(
    "sources.pair_looked_at", "{actor} looked at a doubtful pair of records", shredder=keep_all
)
LINK_SETTLED = event_type("sources.link_settled", "{actor} said of two records: {answer}", shredder=keep_all)
ANSWER_TAKEN_BACK = event_type(
    "sources.answer_taken_back",
    "{actor} took back what was said about two records: {answer}",
    shredder=keep_all,
)
ANSWERS_LISTED = event_type(
    "sources.answers_listed", "{actor} was shown {answers} answers about pairs of records", shredder=keep_all
)
DECISIONS_WRITTEN = event_type(
    "sources.decisions_written", "{actor} wrote {answers} answers for the next run", shredder=keep_all
)
OBJECTIONS_WRITTEN = event_type(
    "sources.objections_written", "{actor} wrote who the next run leaves out ({people} records)",
    shredder=keep_all,
)  # fmt: skip
QUESTION_ASKED = event_type(
    "sources.question_asked", "{actor} asked {owner} about {source}", shredder=keep_all
)
QUESTION_ANSWERED = event_type(
    "sources.question_answered", "{actor} wrote in a thread about {source}", shredder=keep_all
)
QUESTION_SETTLED = event_type(
    "sources.question_settled", "{actor} settled a question about {source}", shredder=keep_all
)
