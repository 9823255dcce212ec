"""The tables of concerns and of agencies coming together, as the person is told of them."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

ANSWERS = {
    "met": _("Yes"),
    "not_met": _("No"),
    "not_known": _("Not known"),
    "capacity_unclear": _("Whether you can decide this is in doubt, or comes and goes"),
}
MARM: dict[str, Table] = {
    "marm.Concern": Table(
        title=_("Worries somebody had about you"),
        about=_("What they were, and whether they were talked through with you"),
        columns={
            "words": _("The worry"),
            "immediate_danger": _("Somebody was in immediate danger"),
            "talked_through": _("It was talked through with you"),
        },
        made="raised_at",
        organisation="organisation",
        by=("raised_by",),
        left_out=("id", "person", "raised_by_id"),
    ),
    "marm.Screening": Table(
        title=_("What was asked because of a worry"),
        about=_("Whether another process was needed, such as keeping you safe from somebody"),
        columns={
            "forum": _("Asked about"),
            "answers": _("Answers"),
            "leads_on": _("It led on there"),
            "because": _("By"),
            "words": _("Why they answered so"),
        },
        made="at",
        organisation="organisation",
        by=("by",),
        left_out=("id", "person", "concern", "by_id"),
    ),
    "marm.Onward": Table(
        title=_("Where a worry about you was sent"),
        about=_("To which other process, why, and what came of it"),
        columns={
            "forum": _("The process"),
            "sent_to": _("Sent to"),
            "why": _("Why"),
            "reference": _("Their reference"),
            "came": _("What came of it"),
            "came_on": _("Heard on"),
            "came_words": _("What they said"),
        },
        on="sent_on",
        made="sent_at",
        organisation="organisation",
        by=("sent_by", "came_noted_by"),
        left_out=("id", "person", "concern", "case", "sent_by_id"),
        values={
            "came": {
                "taken_on": _("It was taken on"),
                "not_taken_on": _("It was not taken on"),
                "ended": _("It is over"),
            }
        },
    ),
    "marm.Case": Table(
        title=_("That agencies were asked to come together around you"),
        about=_("Why, what you said, what is strong, and the answer"),
        columns={
            "stage": _("Where it stands"),
            "urgency": _("How soon"),
            "own_words": _("What you said, in your words"),
            "no_words_why": _("Why there are no words of yours"),
            "wanted": _("What you want to come of it"),
            "strengths": _("What is strong, and what works"),
            "tried": _("What was tried"),
            "harm": _("What is likely if nothing changes"),
            "told": _("Whether you knew"),
            "told_why": _("What you said against it, or why you were not told"),
            "fits": _("What the criteria say"),
            "criteria_set": _("Criteria"),
            "coordinating": _("Who was to answer"),
            "settled_why": _("The answer, and why"),
            "advice": _("Advice"),
            "route": _("Where it could go instead"),
        },
        made="asked_at",
        organisation="organisation",
        by=("asked_by", "settled_by"),
        left_out=(
            "id",
            "person",
            "taking_part",
            "asked_by_id",
            "manager_told",
            "settled_by_id",
            "settled_at",
        ),
        values={
            "stage": {
                "asked": _("Asked for"),
                "declined": _("Declined"),
                "open": _("Open"),
                "ended": _("Ended"),
            },
            "urgency": {"high": _("Serious harm may come within days"), "other": _("Not within days")},
            "told": {
                "agrees": _("You knew, and agreed"),
                "knows": _("You knew, and did not agree"),
                "not_yet": _("You did not know yet"),
            },
            "fits": {"yes": _("It fits"), "not_known": _("It may fit"), "no": _("It does not fit")},
        },
    ),
    "marm.CriterionAnswer": Table(
        title=_("How each criterion of that was answered"),
        about=_("The criterion, the answer, and what spoke for it"),
        columns={
            "code": _("Criterion"),
            "answer": _("Answer"),
            "items": _("What was ticked"),
            "evidence": _("What spoke for it"),
        },
        organisation="case.organisation",
        left_out=("id", "case"),
        values={"answer": ANSWERS},
    ),
    "marm.CaseAgency": Table(
        title=_("Agencies that came together around you"),
        about=_("Which, since when, what they bring, and why one left"),
        columns={
            "organisation": _("Agency"),
            "brings": _("What it brings"),
            "until": _("Left on"),
            "until_why": _("Why it left"),
        },
        made="since",
        organisation="organisation",
        by=("brought_in_by",),
        left_out=("id", "case"),
    ),
    "marm.Lead": Table(
        title=_("Who leads for you"),
        about=_("Who was asked, who accepted, and until when"),
        columns={
            "member": _("Who"),
            "acting": _("Until somebody else leads"),
            "why": _("Why they were asked"),
            "accepted_at": _("Accepted on"),
            "declined_at": _("Declined on"),
            "declined_why": _("Why they could not"),
            "until": _("Until"),
        },
        made="asked_at",
        by=("asked_by",),
        left_out=("id", "case"),
    ),
    "marm.DriftFound": Table(
        title=_("What went on by itself"),
        about=_("Found at night: many were in touch with you, or worried, and nobody brought them together"),
        columns={
            "drift": _("What"),
            "agencies": _("Agencies"),
            "since": _("Since"),
            "gone_at": _("Over on"),
        },
        made="found_at",
        left_out=("id", "person"),
        values={
            "drift": {
                "many_agencies": _("Many agencies were in touch, and nobody brought them together"),
                "concerns": _("Worries added up, and nobody brought agencies together"),
                "not_answered": _("It was asked for, and nobody answered in time"),
                "no_lead": _("Nobody led"),
            }
        },
    ),
}
