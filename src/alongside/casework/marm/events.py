"""Audit events of the approach. Sentences name only the actor; the event holds the person's id."""

from alongside.casework.audit.registry import event_type, keep_all

CONCERNS_SEEN = event_type(
    "marm.concerns_seen", "{actor} looked at the concerns about the person", shredder=keep_all
)
CONCERN_RAISED = event_type("marm.concern_raised", "{actor} raised a concern", shredder=keep_all)
SCREENED = event_type(
    "marm.screened", "{actor} asked whether another process is needed ({forum}, leads on: {leads_on})",
    shredder=keep_all,
)  # fmt: skip
SENT_ONWARD = event_type(
    "marm.sent_onward", "{actor} sent it on to another process ({forum})", shredder=keep_all
)
CAME_BACK = event_type(
    "marm.came_back", "{actor} noted the answer of another process ({forum}, {came})", shredder=keep_all
)
CASE_ASKED = event_type(
    "marm.case_asked", "{actor} asked that agencies come together ({urgency}, {criteria}: {fits})",
    shredder=keep_all,
)  # fmt: skip
CASE_OPENED = event_type("marm.case_opened", "{actor} opened a case", shredder=keep_all)
CASE_DECLINED = event_type(
    "marm.case_declined",
    "{actor} declined a case, with advice and where to go next ({route})",
    shredder=keep_all,
)
DECLINED_AGAIN = event_type(
    "marm.declined_again", "{actor} raised a review by declining again ({declined} requests)",
    shredder=keep_all,
)  # fmt: skip
DECLINES_SEEN = event_type(
    "marm.declines_seen", "{actor} looked at requests that were declined again", shredder=keep_all
)
DECLINES_REVIEWED = event_type(
    "marm.declines_reviewed", "{actor} answered a review of declined requests ({outcome})", shredder=keep_all
)
CASE_SEEN = event_type("marm.case_seen", "{actor} looked at a case", shredder=keep_all)
CASES_SEEN = event_type("marm.cases_seen", "{actor} was shown a list of {cases} cases", shredder=keep_all)
LEAD_ASKED = event_type("marm.lead_asked", "{actor} asked somebody to lead a case", shredder=keep_all)
LEAD_ACCEPTED = event_type("marm.lead_accepted", "{actor} agreed to lead a case", shredder=keep_all)
LEAD_DECLINED = event_type("marm.lead_declined", "{actor} declined to lead a case", shredder=keep_all)
DRIFT_FOUND = event_type(
    "marm.drift_found", "{actor} looked for drift ({new} new, {gone} ended)", shredder=keep_all
)
DRIFT_SEEN = event_type("marm.drift_seen", "{actor} was shown drift about {people} people", shredder=keep_all)
CASE_ENDED = event_type(
    "marm.case_ended", "{actor} ended a case ({reason}; the risk: {risk})", shredder=keep_all
)
CHECKED_BACK = event_type(
    "marm.checked_back", "{actor} asked how things are after a case ended", shredder=keep_all
)
AGENCY_INVITED = event_type(
    "marm.agency_invited", "{actor} invited {organisation} to take part in a case", shredder=keep_all
)
INVITATION_SEEN = event_type(
    "marm.invitation_seen", "{actor} looked at an invitation to take part in a case", shredder=keep_all
)
INVITATION_ANSWERED = event_type(
    "marm.invitation_answered", "{actor} answered an invitation to take part in a case ({answer})",
    shredder=keep_all,
)  # fmt: skip
ENGAGEMENT_NOTED = event_type(
    "marm.engagement_noted", "{actor} wrote down what was tried to get in touch", shredder=keep_all
)
FAMILY_RISK_NOTED = event_type(
    "marm.family_risk_noted", "{actor} wrote down a risk from or to somebody in the person's network",
    shredder=keep_all,
)  # fmt: skip
FAMILY_RISK_ENDED = event_type(
    "marm.family_risk_ended",
    "{actor} ended a risk from or to somebody in the person's network",
    shredder=keep_all,
)
AGENCY_LEFT = event_type("marm.agency_left", "{actor} took their agency out of a case", shredder=keep_all)
MEETING_ASKED = event_type("marm.meeting_asked", "{actor} asked for a meeting ({urgency})", shredder=keep_all)
MEETING_NOT_SET = event_type(
    "marm.meeting_not_set", "{actor} told whoever asked for a meeting that there will be none ({stands})",
    shredder=keep_all,
)  # fmt: skip
MEETING_SET = event_type("marm.meeting_set", "{actor} set a meeting", shredder=keep_all)
MEETING_CHANGED = event_type("marm.meeting_changed", "{actor} changed a meeting", shredder=keep_all)
MEETING_CANCELLED = event_type("marm.meeting_cancelled", "{actor} cancelled a meeting", shredder=keep_all)
MEETING_UNINVITED = event_type(
    "marm.meeting_uninvited",
    "{actor} took somebody in the person's life off the invitation to a meeting",
    shredder=keep_all,
)
MEETING_SEEN = event_type("marm.meeting_seen", "{actor} looked at a meeting", shredder=keep_all)
MEETING_ANSWERED = event_type(
    "marm.meeting_answered", "{actor} said whether their agency is coming to a meeting ({answer})",
    shredder=keep_all,
)  # fmt: skip
REPORT_SENT = event_type(
    "marm.report_sent", "{actor} said what their agency knows before a meeting", shredder=keep_all
)
REPORTS_SEEN = event_type("marm.reports_seen", "{actor} looked at what agencies know", shredder=keep_all)
MINUTES_SEEN = event_type(
    "marm.minutes_seen", "{actor} looked at the minutes of a meeting", shredder=keep_all
)
MINUTES_WRITTEN = event_type(
    "marm.minutes_written", "{actor} wrote in the minutes of a meeting", shredder=keep_all
)
MINUTES_CLOSED = event_type(
    "marm.minutes_closed", "{actor} closed the minutes of a meeting ({took_part})", shredder=keep_all
)
FAMILY_HEARD = event_type(
    "marm.family_heard", "{actor} wrote down what family or friends say", shredder=keep_all
)
MINUTES_ADDED_TO = event_type("marm.minutes_added_to", "{actor} added to closed minutes", shredder=keep_all)

ACTIONS_SEEN = event_type("marm.actions_seen", "{actor} looked at the actions of a case", shredder=keep_all)
OWN_ACTIONS_SEEN = event_type(
    "marm.own_actions_seen", "{actor} was shown a list of {actions} actions", shredder=keep_all
)
ACTION_PLANNED = event_type(
    "marm.action_planned", "{actor} added an action (by {due}, {status})", shredder=keep_all
)
ACTION_ACCEPTED = event_type("marm.action_accepted", "{actor} accepted an action", shredder=keep_all)
ACTION_UPDATED = event_type("marm.action_updated", "{actor} updated an action ({status})", shredder=keep_all)
ACTION_HANDED_OVER = event_type(
    "marm.action_handed_over", "{actor} handed an action over ({status})", shredder=keep_all
)
ACTION_CHASED = event_type(
    "marm.action_chased", "{actor} told somebody that an action is due or late ({to})", shredder=keep_all
)

DECISIONS_SEEN = event_type(
    "marm.decisions_seen", "{actor} looked at the decisions of a case", shredder=keep_all
)
DECIDED = event_type(
    "marm.decided", "{actor} recorded a decision ({agencies} agencies, {dissent} disagree)", shredder=keep_all
)
BRINGS_SAID = event_type(
    "marm.brings_said", "{actor} wrote down what their agency brings to a case", shredder=keep_all
)

DISPUTES_SEEN = event_type(
    "marm.disputes_seen", "{actor} looked at what the agencies in a case disagree about", shredder=keep_all
)
DISPUTE_RAISED = event_type(
    "marm.dispute_raised", "{actor} wrote down that agencies disagree ({what})", shredder=keep_all
)
DISPUTE_TAKEN_UP = event_type(
    "marm.dispute_taken_up", "{actor} took a dispute between agencies to step {rung}", shredder=keep_all
)
DISPUTE_OVER = event_type(
    "marm.dispute_over", "{actor} wrote down how a dispute between agencies ended ({came})",
    shredder=keep_all,
)  # fmt: skip
DISPUTE_LATE = event_type(
    "marm.dispute_late",
    "{actor} told somebody that a step of a dispute between agencies is late",
    shredder=keep_all,
)
LEAVING_ANSWERED = event_type(
    "marm.leaving_answered", "{actor} answered an agency that stepped back ({answer})", shredder=keep_all
)
REFUSALS_READ = event_type(
    "marm.refusals_read", "{actor} read which agencies refused in {months} months", shredder=keep_all
)
SHARED_RISK_SEEN = event_type(
    "marm.shared_risk_seen", "{actor} looked at what remains of a risk", shredder=keep_all
)
SHARED_RISK_ANSWERED = event_type(
    "marm.shared_risk_answered", "{actor} answered for their agency about what remains of a risk ({answer})",
    shredder=keep_all,
)  # fmt: skip
HARM_NOTED = event_type(
    "marm.harm_noted", "{actor} wrote down that the person died or was seriously harmed ({harm})",
    shredder=keep_all,
)  # fmt: skip
REVIEW_ANSWERED = event_type(
    "marm.review_answered", "{actor} wrote down whether a review was asked for ({asked})", shredder=keep_all
)
PAPER_TAKEN = event_type(
    "marm.paper_taken", "{actor} took a paper from a case ({paper}, as {form})", shredder=keep_all
)
CASE_AUDIT_BEGUN = event_type(
    "marm.case_audit_begun", "{actor} began a case audit ({size} of {of_cases} cases)", shredder=keep_all
)
CASE_AUDIT_SEEN = event_type("marm.case_audit_seen", "{actor} looked at a case audit", shredder=keep_all)
SAMPLED_CASE_SEEN = event_type(
    "marm.sampled_case_seen",
    "{actor} looked into a case in an audit, without the person's name",
    shredder=keep_all,
)
CASE_AUDIT_ANSWERED = event_type(
    "marm.case_audit_answered", "{actor} answered the questions of a case audit", shredder=keep_all
)
CASE_AUDIT_CLOSED = event_type(
    "marm.case_audit_closed", "{actor} closed a case audit with what was learnt", shredder=keep_all
)
CASE_AUDIT_CHANGED = event_type(
    "marm.case_audit_changed", "{actor} wrote down what has changed after a case audit", shredder=keep_all
)
