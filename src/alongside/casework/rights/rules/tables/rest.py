"""The tables of earlier requests and of who has looked, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

REST: dict[str, Table] = {
    "sharing.RecipientTold": Table(
        title=_("Who we told that something was wrong"),
        about=_("Organisations that had been told it before, and what they were told now"),
        columns={"words": _("What they were told"), "confirmed_at": _("They confirmed it on")},
        made="at",
        organisation="organisation",
        by=("by_name",),
        left_out=("id", "disclosure", "because_of", "confirmed_by"),
    ),
    "rights.Dispute": Table(
        title=_("What you said is wrong, or asked us to stop or erase"),
        about=_("Each time somebody said so, objected or asked to erase it, and what came of it"),
        columns={
            "says": _("What was said about it"),
            "words": _("In their words"),
            "said_by": _("Who said it"),
            "said_by_name": _("Their name"),
            "how": _("How it reached us"),
            "outcome": _("What came of it"),
            "ground": _("The ground on which it was refused"),
            "why": _("Why"),
            "statement": _("What you say, shown beside it"),
            "changed": _("What we told those who were told it before"),
            "told_on": _("You were told on"),
            "told_how": _("How you were told"),
            "decided_at": _("Decided on"),
            "taken_back_on": _("You took it back on"),
            "taken_back_words": _("What you said then"),
            "taken_back_how": _("How that reached us"),
        },
        made="noted_at",
        on="received_on",
        organisation="noted_organisation",
        by=("noted_by", "decided_by", "taken_back_noted_by"),
        left_out=("id", "person", "table", "row", "taken_back_noted_at"),
    ),
    "rights.LegalHold": Table(
        title=_("When nothing about you may be deleted"),
        about=_("Because of an inquest, a claim or something similar"),
        columns={
            "reason": _("Because of"),
            "words": _("What it is for"),
            "placed_after": _("What it is for"),
            "lifted_why": _("Why it ended"),
            "lifted_at": _("It ended on"),
        },
        made="placed_at",
        by=("placed_by", "lifted_by"),
        left_out=("id", "person"),
        values={
            "placed_after": {
                "harm": _("Death or serious harm was noted while agencies came together around you.")
            }
        },
    ),
    "rights.Disposal": Table(
        title=_("What is due to be deleted"),
        about=_("What has been kept as long as it may be, or has been deleted"),
        unread=_("It says under which rule and when, and nothing about what is or was held."),
    ),
    "rights.LeftOut": Table(
        title=_("People whom lists leave out after their records were erased"),
        about=_("So that somebody who objected and was erased is not found again"),
        unread=_("It is kept only once nothing else about you is, and nobody can tell from it who you are."),
    ),
    "rights.AccessRequest": Table(
        title=_("When you asked what is held about you"),
        about=_("Each time you asked, and what came of it"),
        columns={
            "reference": _("Reference"),
            "asked_by": _("Who asked"),
            "asked_by_name": _("Who asked for you"),
            "authority": _("What they showed"),
            "how": _("How it reached us"),
            "wanted": _("What you wanted"),
            "identity_asked_on": _("Proof of who was asking was asked for on"),
            "identity_known_on": _("It was known who was asking on"),
            "identity_how": _("How it was known"),
            "extended_on": _("You were told it would take longer on"),
            "extended_why": _("Why it would take longer"),
            "closed_why": _("Why it was closed"),
        },
        made="taken_at",
        on="received_on",
        organisation="taken_organisation",
        by=("taken_by", "identity_by", "state_by", "released_by_name"),
        left_out=(
            "id", "person", "taker", "state", "state_at", "held_until", "ready_by", "released_by",
            "released_print",
        ),
    ),
    "rights.Clarification": Table(
        title=_("What you were asked about that"),
        about=_("Where it was not clear what you wanted"),
        columns={"asked": _("Question"), "answer": _("Your answer"), "answered_on": _("Answered on")},
        made="asked_on",
        organisation="request.taken_organisation",
        by=("asked_by",),
        left_out=("id", "request"),
    ),
    "rights.Withheld": Table(
        title=_("What is withheld, and why"),
        about=_("The legal ground for each line that is not given in full"),
        unread=_("Where something is withheld, this answer says so in that place."),
    ),
    "rights.Look": Table(
        title=_("Who looked at a line before it was given"),
        about=_("Who, and when"),
        unread=_("It is about how this answer was made, and repeats what is in it."),
    ),
    "rights.Given": Table(
        title=_("What was given to you"),
        about=_("When, to whom and how"),
        columns={
            "to": _("Given to"), "how": _("How"), "form": _("In what format"),
            "fingerprint": _("Its fingerprint"),
        },
        made="at",
        on="on",
        organisation="request.taken_organisation",
        by=("by_name",),
        left_out=("id", "request"),
    ),
    "rights.StatementGiven": Table(
        title=_("When you were given your own statement"),
        about=_("When, how, in what language, who explained it, and what you said"),
        columns={
            "how": _("How"), "form": _("In what format"), "language": _("In what language"),
            "interpreter": _("Interpreter"), "explained_by": _("Explained by"), "said": _("What you said"),
        },
        made="at",
        on="on",
        organisation="organisation",
        by=("by",),
        left_out=("id", "person", "fingerprint", "by_id"),
    ),
    "audit.AuditEvent": Table(
        title=_("Who has looked at your record"),
        about=_("Each day on which somebody at an organisation opened it or changed something, and why"),
        columns={"code": _("What they did"), "purpose": _("For what purpose")},
        made="at",
        organisation="organisation_id",
        left_out=(
            "sequence", "actor_id", "actor_name", "organisation_name", "person_id", "about_kind", "about_id",
            "details", "request_id", "previous_hash", "hash",
        ),
    ),
}  # fmt: skip
