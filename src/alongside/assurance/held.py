"""What the act half holds of people: each table with personal data, in words. A test compares the models."""

HELD = {
    "people.Person": "who the person is and how they like to be spoken to and reached",
    "people.PersonName": "the names by which the person is searched",
    "people.NameWord": "the words of those names, to forgive a spelling",
    "people.AboutMe": "their own words, as they said them",
    "people.Contact": "who is in their life, and whether we may speak with them",
    "people.Involvement": "which agency is in touch, since when and how often; never what it holds",
    "people.KnownTo": "an agency's question whether the person is known to another, and the answer",
    "people.ChronologyEntry": "what happened, told by every agency",
    "people.PersonMerge": "that two records are one person's, and why",
    "people.Reach": "which agency may see the person, why, and until when",
    "people.EmergencyAccess": "who opened a record outside their reach, why, and what the review said",
    "sources.Flag": "that a released list names the person, with its reasons and what is not known",
    "sources.DoubtfulLink": "that two records may be one person's; what they say stays in the run folder",
    "outreach.WorkItem": "that an organisation has the person on its worklist",
    "outreach.Concern": "a worry somebody raised",
    "outreach.Judgement": "what a professional said of a flag, and why",
    "outreach.Attempt": "a try to get in touch, and what came of it",
    "outreach.Note": "a note on the work",
    "outreach.HandOver": "that the work was offered to somebody else, and why",
    "outreach.Conversation": "a talk with the person",
    "outreach.Answer": "every draft of what was answered in it",
    "outreach.Outcome": "what came of a conversation",
    "outreach.Referral": "what one organisation asks another to do for the person, and its answer",
    "audit.AuditEvent": "who did or looked at what and when; of the person only their id",
}
"""Table to what it holds. Tables that say something of members or services alone are not among them."""
