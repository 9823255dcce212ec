"""The chair's guide: before, during and after a meeting, in the order in which its minutes go."""

from django.utils.translation import gettext as _

from alongside.area.marm_models import Marm
from alongside.casework.design.papers import Block, Bullets, Numbered, Paper, Section, Table, Under, Words
from alongside.casework.marm.presenters.papers.shared import (
    contacts,
    danger,
    disagreement,
    forums,
    law,
    reasons_to_end,
    there,
)
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.presenters.words import MINUTES
from alongside.casework.marm.rules.papers import Paper as Code


def chairs_guide(pack: Marm) -> Paper:
    """Return the chair's guide."""
    return Paper(
        title=str(TITLES[Code.CHAIRS_GUIDE]),
        about="",
        lead=(_("For the chair of a meeting of agencies: usually the lead's manager, never the lead."),),
        sections=there(
            _duties(pack),
            Section(_("Before the meeting"), _before(pack)),
            Section(_("At the beginning"), _beginning()),
            Section(_("The order of the meeting"), _order()),
            Section(_("Other processes and the law: ask about each"), _asked_of_each(pack)),
            Section(_("Before you close"), _before_closing()),
            Section(_("After the meeting"), _after(pack)),
            disagreement(pack),
            Section(_("If the case is ending"), _ending(pack)),
            contacts(pack),
        ),
    )


def _duties(pack: Marm) -> Section | None:
    chair = next((each for each in pack.roles if each.code == "chair"), None)
    return Section(chair.title, (Bullets(tuple(chair.duties)),)) if chair else None


def _before(pack: Marm) -> tuple[Block, ...]:
    clocks = pack.clocks
    return (
        Bullets(
            (
                danger(),
                _("The person has been asked how they want to take part and what they need, and has it."),
                _("Everybody who may know something or could help is invited. Check who is missing."),
                _("Reports are due %(time)s before. Chase any that are missing.")
                % {"time": clocks.agency_reports_due},
                _("Look for anything that only one agency knows: that is heard first in the meeting."),
                _("Have the previous minutes, and any actions that are late, in front of you."),
                _("Somebody else takes the minutes: you cannot chair and write."),
            )
        ),
    )


def _beginning() -> tuple[Block, ...]:
    return (
        Numbered(
            (
                _("Who is here, for which agency; who sent apologies and why."),
                _("Everybody agrees, by name, to the confidentiality statement."),
                _(
                    "Ask the person how they want the meeting to go, when to have breaks, and "
                    "what would make it hard."
                ),
                _("Say what you need by the end: who does what, by when, and what the person wants from it."),
            )
        ),
    )


def _order() -> tuple[Block, ...]:
    return (
        Words(_("The minutes follow the same order: the person first, then what agencies know.")),
        Numbered(tuple(str(each) for name, each in MINUTES.items() if name != "declined_why")),
        Under(_("For each decision")),
        Bullets(
            (
                _("What is to be decided, and can the person decide it? Who helps them?"),
                _("What are the options? Which restricts the person least?"),
                _("What is good about each, what is not, and what may happen without it?"),
                _("What does the person say, and how much risk are they comfortable with?"),
                _(
                    "What does each agency say? Any that disagrees is heard, and what it says is "
                    "written down."
                ),
                _("Who does it protect? If only us, why is it still right?"),
            )
        ),
        Under(_("For each action")),
        Bullets(
            (
                _("A named worker does it, by a set date. They are here, or have accepted it."),
                _("It serves something the person wants, and reduces a risk."),
                _("“Keep monitoring” is not an action. What will somebody do?"),
                _("No two agencies do the same thing."),
            )
        ),
    )


def _asked_of_each(pack: Marm) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Words(
            _("Ask about each: was it considered, what came of it, and why? Several may run side by side.")
        ),
        forums(pack),
    ]
    if pack.legal_levers:
        blocks.append(law(pack))
    return tuple(blocks)


def _before_closing() -> tuple[Block, ...]:
    return (
        Bullets(
            (
                _("There is a lead, who has accepted. Without a lead the case does not go on."),
                _(
                    "What each agency thinks of the risks, and what the person thinks, are "
                    "written side by side."
                ),
                _("Who tells the person what was agreed, if they are not here."),
                _("Who holds the risk at night and at weekends."),
                _("When you meet again, and what would bring it forward."),
                _("How the meeting was for the person. Ask them."),
            )
        ),
    )


def _after(pack: Marm) -> tuple[Block, ...]:
    clocks = pack.clocks
    rows = [
        (_("Actions are sent to everybody"), clocks.actions_out),
        (_("Minutes are sent to everybody"), clocks.minutes_out),
        (_("What was agreed is looked at again for the first time"), clocks.review.first),
        (_("And then every"), clocks.review.then),
        (_("Never longer apart than"), clocks.review.max_gap),
    ]
    return (
        Table(_("What is done, and by when"), (_("What"), _("Within")), tuple(rows)),
        Words(
            _(
                "Minutes cannot be closed unless the person was there, or they say what the person thinks "
                "and wants, or why the person did not want to take part. Once closed they cannot be changed: "
                "corrections are added to them."
            )
        ),
    )


def _ending(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "Ask the person whether they have what they wanted. If a risk remains, say who knows about "
                "it, what would open the case again and who would notice. Not engaging is not a reason to "
                "end a case."
            )
        ),
        reasons_to_end(pack),
    )
