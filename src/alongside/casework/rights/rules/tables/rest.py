"""What was asked of us before, and who has looked, as the person is told of it."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

REST: dict[str, Table] = {
    "rights.AccessRequest": Table(
        title=_("What you asked of us"),
        about=_("Each time you asked what is held about you, and what came of it"),
        columns={
            "reference": _("Reference"),
            "asked_by": _("Who asked"),
            "asked_by_name": _("Who asked for you"),
            "authority": _("What they showed"),
            "how": _("How it came"),
            "wanted": _("What you wanted"),
            "identity_asked_on": _("More was asked for to know who asks, on"),
            "identity_known_on": _("Known who asks, on"),
            "identity_how": _("How it is known"),
            "extended_on": _("You were told that it takes longer, on"),
            "extended_why": _("Why it takes longer"),
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
        on="asked_on",
        organisation="request.taken_organisation",
        by=("asked_by",),
        left_out=("id", "request"),
    ),
    "rights.Withheld": Table(
        title=_("What is withheld, and why"),
        about=_("For each line that is not given in full: the ground in law"),
        unread=_("Where something is withheld, its place in this answer says so."),
    ),
    "rights.Look": Table(
        title=_("That somebody looked at a line before it was given"),
        about=_("Who, and when"),
        unread=_("It is about how this answer was made, and repeats what stands in it."),
    ),
    "rights.Given": Table(
        title=_("What was given to you"),
        about=_("When, to whom and how"),
        columns={
            "to": _("Given to"), "how": _("How"), "form": _("As what"), "fingerprint": _("Its fingerprint"),
        },
        made="at",
        on="on",
        organisation="request.taken_organisation",
        by=("by_name",),
        left_out=("id", "request"),
    ),
    "rights.StatementGiven": Table(
        title=_("When you were given your own statement"),
        about=_("When, how, in which language, who explained it, and what you said"),
        columns={
            "how": _("How"), "form": _("As what"), "language": _("In which language"),
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
        about=_("Each day on which somebody at an organisation opened it or changed something, and for what"),
        columns={"code": _("What they did"), "purpose": _("For which purpose")},
        made="at",
        organisation="organisation_id",
        left_out=(
            "sequence", "actor_id", "actor_name", "organisation_name", "person_id", "about_kind", "about_id",
            "details", "request_id", "previous_hash", "hash",
        ),
    ),
}  # fmt: skip
