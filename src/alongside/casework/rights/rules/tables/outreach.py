"""The tables of lists and outreach, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

YES_NO = {"yes": _("Yes"), "no": _("No"), "not_asked": _("You were not asked")}
SOON = {"1": _("Today"), "2": _("This week"), "3": _("In turn")}
STATES = {
    "waiting": _("Waiting"),
    "assigned": _("Given to a member of staff"),
    "judged": _("Looked at"),
    "in_hand": _("Being worked on"),
    "done": _("Done"),
    "handed_over": _("Handed to somebody else"),
    "put_back": _("Put back"),
    "expired": _("It expired"),
}
OUTREACH: dict[str, Table] = {
    "sources.Flag": Table(
        title=_("Lists that named you, and the reasons"),
        about=_("What was worked out from several sources: the rule, the reasons, and what was not known"),
        columns={
            "release": _("How the list was made, and who approved its use"),
            "policy": _("The rule"),
            "tier": _("How soon the rule says somebody might be in touch"),
            "rank": _("Place on the list"),
            "reasons": _("Reasons: what each source said"),
            "unknowns": _("What was not known"),
            "responses": _("What could be offered"),
            "route": _("Who was to be in touch"),
            "route_words": _("Why them"),
            "service": _("Service you were open to"),
            "expires_at": _("The list expires on"),
            "withdrawn_at": _("Withdrawn on"),
            "withdrawn_why": _("Why it was withdrawn"),
            "overtaken_at": _("A later list took its place on"),
        },
        made="released_at",
        organisation="organisation",
        by=("worker",),
        left_out=("id", "person"),
        values={
            "route": {
                "strengthen_visit_priority": _("The social care team that knows you"),
                "share_with_case_holder": _("The service that knows you"),
                "contact_team": _("The contact team"),
            }
        },
    ),
    "sources.DoubtfulLink": Table(
        title=_("Whether two records are about the same person"),
        about=_("Pairs of records that were too alike to tell apart"),
        unread=_(
            "These say which two records, from which sources, were compared. They hold nobody's name, so "
            "yours cannot be found among them. A source can tell you the number it uses for you."
        ),
    ),
    "outreach.WorkItem": Table(
        title=_("Whose job it was to contact you"),
        about=_("Which organisation had you on its list to contact, and where that stood"),
        columns={
            "priority": _("How soon"),
            "raised_why": _("Why somebody put you on the list"),
            "skills": _("Skills needed by whoever contacts you"),
            "state": _("Where it stands"),
            "state_at": _("Since"),
            "state_why": _("Why"),
            "refusals": _("How many times you said no"),
            "try_next_on": _("To try again on"),
        },
        made="made_at",
        organisation="organisation",
        by=("raised_by", "assigned_to", "state_by"),
        left_out=("id", "person", "team", "flag", "later_flag", "tier_place", "rank", "assigned_at"),
        values={
            "state": STATES,
            "priority": SOON,
        },
    ),
    "outreach.Judgement": Table(
        title=_("What a professional said about a list that named you"),
        about=_("Whether they agreed with it, and why"),
        columns={"verdict": _("What they said"), "why": _("Why")},
        made="at",
        organisation="item.organisation",
        by=("by_name",),
        left_out=("id", "item", "by"),
        values={
            "verdict": {"agree": _("Agreed"), "disagree": _("Did not agree"), "unsure": _("Was not sure")}
        },
    ),
    "outreach.Attempt": Table(
        title=_("Attempts to contact you"),
        about=_("What came of each"),
        columns={
            "result": _("What came of it"),
            "note": _("Note"),
            "next_offer": _("What will be offered instead"),
            "try_next_on": _("To try again on"),
        },
        made="at",
        organisation="item.organisation",
        by=("by_name",),
        left_out=("id", "item"),
        values={
            "result": {
                "spoke": _("You spoke with somebody"),
                "spoke_declined_now": _("You spoke with somebody, and said no for now"),
                "left_safe_message": _("A message was left that is safe for anybody to hear"),
                "not_reached": _("You were not reached"),
                "unsafe_to_contact": _("It was not safe to get in touch"),
                "wrong_person": _("It was somebody else"),
            }
        },
    ),
    "outreach.Note": Table(
        title=_("Notes on the work"),
        about=_("What somebody thought worth noting"),
        columns={"words": _("Note")},
        made="at",
        organisation="item.organisation",
        by=("by_name",),
        left_out=("id", "item"),
    ),
    "outreach.HandOver": Table(
        title=_("When the work was passed on"),
        about=_("A member of staff asked another to take it over"),
        columns={
            "why": _("Why"),
            "accepted": _("They said yes"),
            "answer_why": _("Why they gave that answer"),
            "answered_at": _("Answered on"),
            "lapsed_at": _("The request lapsed on"),
        },
        made="at",
        organisation="item.organisation",
        by=("by_name", "to"),
        left_out=("id", "item"),
    ),
    "outreach.Conversation": Table(
        title=_("Conversations with you"),
        about=_("When, using which guide, and what you said you would do next"),
        columns={
            "guide": _("Guide"),
            "danger": _("Somebody was in immediate danger, as last asked"),
            "danger_said_at": _("Somebody was last said to be in immediate danger on"),
            "next_steps": _("Your next steps, in your words"),
            "ending": _("What has been written so far about how it ended"),
            "finished_at": _("Ended on"),
        },
        made="begun_at",
        organisation="item.organisation",
        by=("begun_by", "finished_by", "steps_by"),
        left_out=("id", "item", "guide_words", "danger_asked_at", "steps_at"),
    ),
    "outreach.Answer": Table(
        title=_("What was written down in a conversation"),
        about=_("Every version of it"),
        columns={"prompt": _("What was asked"), "words": _("What was written down"), "version": _("Version")},
        made="at",
        organisation="conversation.item.organisation",
        by=("by_name",),
        left_out=("id", "conversation"),
    ),
    "outreach.Outcome": Table(
        title=_("What came of a conversation"),
        about=_("Where you were pointed to, and what was agreed"),
        columns={
            "kind": _("What it was"),
            "words": _("In words"),
            "service_name": _("Service"),
            "service_telephone": _("Its phone number"),
            "service_address": _("Where it is"),
            "service_hours": _("When it is open"),
            "on_paper": _("You wanted it on your page"),
        },
        made="at",
        organisation="conversation.item.organisation",
        left_out=("id", "conversation", "service_id", "referral", "concern"),
        values={
            "kind": {
                "signpost": _("A service you can go to"),
                "advice": _("Advice"),
                "referral": _("Another organisation was asked to help"),
                "concern": _("A worry was noted"),
            }
        },
    ),
    "outreach.Referral": Table(
        title=_("When another organisation was asked to help you"),
        about=_("What was asked, and the answer"),
        columns={
            "who": _("Your details, as they wrote them"),
            "to_organisation": _("Who was asked"),
            "priority": _("How soon somebody should look at it"),
            "why": _("Why"),
            "why_not_safe": _("Why it was thought unsafe for you to know"),
            "purpose": _("For what purpose"),
            "person_agrees": _("Whether you agreed"),
            "hands_over": _("Everything was to be handed over"),
            "state": _("Where it stands"),
            "answered_at": _("Answered on"),
            "decline_why": _("Why they said no"),
            "other_route": _("Where else they suggested"),
            "done_words": _("What was done"),
            "done_at": _("Done on"),
            "taken_back_at": _("Taken back on"),
            "taken_back_why": _("Why it was taken back"),
        },
        made="made_at",
        organisation="from_organisation",
        by=("made_by", "answered_by", "taken_back_by"),
        left_out=("id", "person", "item"),
        values={
            "person_agrees": YES_NO,
            "priority": SOON,
            "state": {
                "asked": _("Not answered yet"),
                "accepted": _("They said yes"),
                "declined": _("They said no"),
                "done": _("Done"),
                "taken_back": _("Taken back before they answered"),
            },
        },
    ),
}
