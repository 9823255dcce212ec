"""The tables of disagreements between agencies, and of who holds which risk, in words for the person."""

from django.utils.translation import gettext_lazy as _

from alongside.casework.rights.rules.tables.table import Table

HOLDING: dict[str, Table] = {
    "marm.CaseDispute": Table(
        title=_("What agencies disagreed about"),
        about=_("Which agencies, about what, and what was done for you in the meantime"),
        columns={
            "against": _("The other agency"),
            "about": _("About"),
            "words": _("What they saw differently"),
            "meanwhile": _("What was done for you in the meantime"),
        },
        made="raised_at",
        organisation="organisation",
        by=("raised_by",),
        left_out=("id", "case", "action", "raised_by_id"),
        values={
            "about": {
                "decision": _("A decision"),
                "action": _("Something that was to be done"),
                "not_taking_part": _("An agency not taking part, or stepping back"),
                "threshold": _("Whether it is serious enough"),
                "lead": _("Who leads"),
                "other": _("Something else"),
            }
        },
    ),
    "marm.DisputeRung": Table(
        title=_("How agencies settled that"),
        about=_("Each step, who spoke with whom, and what came of it"),
        columns={
            "number": _("Step"),
            "title": _("What it is called"),
            "who": _("Who spoke with whom"),
            "due_at": _("To be settled by"),
            "told_late_at": _("Somebody was told it was late on"),
            "came": _("What came of it"),
            "came_words": _("What was agreed, or why not"),
            "came_from": _("Written down on behalf of"),
            "came_at": _("Ended on"),
        },
        made="begun_at",
        organisation="dispute.organisation",
        by=("came_by",),
        left_out=("id", "dispute", "came_by_id"),
        values={
            "came": {
                "settled": _("Both agreed"),
                "taken_up": _("It went on to the next step"),
                "decided": _("The last step decided"),
            }
        },
    ),
    "marm.SteppedBack": Table(
        title=_("Agencies that stepped back"),
        about=_("Who took over, when you were told, and what the professional who leads for you said"),
        columns={
            "who_holds": _("Who took over what they did"),
            "person_told": _("When you were told, and what you said"),
            "agencies_told": _("When the other agencies were told"),
            "actions_open": _("How many of their actions were still to do"),
            "decisions": _("How many decisions they had a say in"),
            "accepts": _("Is that right?"),
            "answer": _("The answer"),
        },
        made="said_at",
        organisation="agency.organisation",
        by=("said_by", "answered_by"),
        left_out=("id", "case", "agency", "dispute", "said_by_id", "answered_by_id", "answered_at"),
        values={
            "accepts": {
                "accepted": _("Yes: somebody else has taken it over"),
                "not_accepted": _("No: the agencies are to settle it"),
            }
        },
    ),
    "marm.SharedRisk": Table(
        title=_("What risk remains, and who holds it"),
        about=_("What was put to each agency when they stopped coming together around you, and what it said"),
        columns={
            "organisation": _("Agency"),
            "who": _("Your name, as it was given to them"),
            "risk": _("What happened to the risk"),
            "who_knows": _("Who knows about what remains"),
            "reopens": _("What would open it again"),
            "who_notices": _("Who would notice"),
            "agrees": _("What the agency says"),
            "words": _("Why not"),
        },
        made="put_at",
        organisation="put_from",
        by=("put_by", "answered_by"),
        left_out=("id", "case", "person", "answered_by_id", "answered_at"),
        values={
            "risk": {"removed": _("It is gone"), "reduced": _("It is less"), "remains": _("It remains")},
            "agrees": {"agreed": _("It agrees"), "not_agreed": _("It does not agree")},
        },
    ),
    "marm.HarmNoted": Table(
        title=_("Serious harm that was noted"),
        about=_("What happened, who else was in danger, and whether it is to be reviewed"),
        columns={
            "harm": _("What happened"),
            "words": _("How, as far as was known"),
            "happened_on": _("Happened on"),
            "learned_on": _("When it became known"),
            "learned_from": _("How it became known"),
            "others": _("Was anybody else in danger?"),
            "others_words": _("What was done for them"),
            "review_why": _("Why it is to be reviewed, or is not"),
        },
        made="noted_at",
        organisation="organisation",
        by=("noted_by", "answered_by"),
        left_out=("id", "case", "review", "noted_by_id", "answered_by_id", "answered_at"),
        values={
            "harm": {"died": _("Death"), "serious_harm": _("Serious harm")},
            "others": {"yes": _("Yes"), "no": _("No"), "not_known": _("Not known")},
        },
    ),
}
