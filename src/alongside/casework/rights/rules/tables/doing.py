"""The tables of actions and decisions in a case, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

AGREES = {
    "yes": _("Yes"),
    "partly": _("Partly"),
    "no": _("No"),
    "not_asked": _("You have not been asked yet"),
}
STATUS = {
    "proposed": _("Waiting to be accepted"),
    "agreed": _("Agreed"),
    "in_progress": _("In progress"),
    "done": _("Done"),
    "done_late": _("Done, late"),
    "not_possible": _("Not possible"),
    "declined_offered_instead": _("You declined it, and were offered something else"),
    "superseded": _("Replaced by another"),
}
DOING: dict[str, Table] = {
    "marm.Action": Table(
        title=_("What agencies do for you, or with you"),
        about=_("What is done, by whom and by when, what you want from it, and whether you agree"),
        columns={
            "words": _("What is done"),
            "kind": _("Who makes a change"),
            "risk": _("The risk it reduces"),
            "wanted": _("What you want from it"),
            "owner": _("Who does it"),
            "due": _("To be done by"),
            "review": _("To be reviewed on"),
            "agrees": _("Do you agree?"),
            "status": _("Where it stands"),
            "ended_at": _("Ended on"),
        },
        made="written_at",
        organisation="owner.organisation",
        by=("written_by",),
        left_out=("id", "case", "written_by_id", "version"),
        values={
            "kind": {"service": _("A service"), "person": _("You, with somebody beside you")},
            "agrees": AGREES,
            "status": STATUS,
        },
    ),
    "marm.ActionUpdate": Table(
        title=_("What happened with each of these"),
        about=_("Where it stood, what was done, and what was offered instead of what you declined"),
        columns={
            "status": _("Where it stood"),
            "words": _("What was done, or why not"),
            "instead": _("What was offered instead"),
            "agrees": _("Did you agree?"),
            "owner": _("Who does it"),
        },
        made="at",
        organisation="owner.organisation",
        by=("by",),
        left_out=("id", "action", "by_id"),
        values={"agrees": AGREES, "status": STATUS},
    ),
    "marm.ActionNudge": Table(
        title=_("When one of these was late"),
        about=_("Who was told, so that it is not forgotten"),
        columns={"to": _("Who was told")},
        made="at",
        organisation="action.owner.organisation",
        left_out=("id", "action"),
        values={
            "to": {
                "owner": _("Whoever was to do it"),
                "lead": _("The professional who leads for you"),
                "owner_manager": _("Their manager"),
                "dispute_route": _("Whoever settles disagreements between agencies"),
            }
        },
    ),
    "marm.CaseDecision": Table(
        title=_("What was decided with you about a risk"),
        about=_("The question, what you said, what was decided and why, and when it will be looked at again"),
        columns={
            "question": _("What was to be decided"),
            "own_view": _("What you said, in your words"),
            "level": _("How much risk you are comfortable with"),
            "no_view_why": _("Why your view is not here"),
            "support": _("What was done to help you decide"),
            "capacity_in_doubt": _("Whether you could decide this was in doubt"),
            "capacity_words": _("What was known about that"),
            "decided": _("What was decided"),
            "speaks_for": _("Reasons for it"),
            "speaks_against": _("Reasons against it"),
            "reasons": _("Why it was decided"),
            "protects": _("Who it protects"),
            "us_alone_why": _("Why, although it protects only the agencies"),
            "levers": _("Law and guidance"),
            "review_on": _("To be looked at again on"),
            "follows_why": _("Why it was decided again"),
        },
        made="written_at",
        organisation="case.organisation",
        by=("written_by",),
        left_out=("id", "case", "follows", "capacity_record", "written_by_id"),
        values={
            "protects": {"person": _("You"), "others": _("Other people"), "us": _("The agencies")},
        },
    ),
    "marm.DecisionOption": Table(
        title=_("What was weighed up with you"),
        about=_("Each option, what is good about it, what is not, and what may happen without it"),
        columns={
            "words": _("Option"),
            "benefits": _("What is good about it"),
            "consequences": _("What is not good about it, as you understood it"),
            "not_acting": _("What may happen without it"),
            "least_restrictive": _("It restricts you least"),
            "chosen": _("It was chosen"),
        },
        organisation="decision.case.organisation",
        left_out=("id", "decision", "number"),
    ),
    "marm.DecisionPosition": Table(
        title=_("What each agency said about a decision"),
        about=_("Which agency, whether it agreed, and why not"),
        columns={
            "organisation": _("Agency"),
            "stance": _("What it said"),
            "words": _("Why"),
        },
        organisation="organisation",
        by=("name",),
        left_out=("id", "decision"),
        values={
            "stance": {
                "agrees": _("It agreed"),
                "partly": _("It agreed in part"),
                "dissents": _("It disagreed"),
                "no_view": _("It gave no view"),
            }
        },
    ),
}
