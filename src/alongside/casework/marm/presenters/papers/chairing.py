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
        lead=(
            _(
                "For whoever chairs a meeting of agencies: usually the manager of whoever leads the case, "
                "never whoever leads it."
            ),
        ),
        sections=there(
            _duties(pack),
            Section(_("Before the meeting"), _before(pack)),
            Section(_("At the beginning"), _beginning()),
            Section(_("The order of the meeting"), _order()),
            Section(_("Other processes and law: asked of each"), _asked_of_each(pack)),
            Section(_("Before you close"), _before_closing()),
            Section(_("After the meeting"), _after(pack)),
            disagreement(pack),
            Section(_("If the case is to end"), _ending(pack)),
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
                _("The person was asked how they take part and what they need for it, and has it."),
                _("Whoever could know something or help is invited. Look who is missing."),
                _("Reports are wanted %(time)s before. Ask after each that is missing.")
                % {"time": clocks.agency_reports_due},
                _("Read which agency alone knows something: that is told first in the meeting."),
                _("Have the minutes of the meeting before, and each action that is late, beside you."),
                _("Somebody else writes: you cannot chair and write."),
            )
        ),
    )


def _beginning() -> tuple[Block, ...]:
    return (
        Numbered(
            (
                _("Who is here, for which agency; who sent apologies and why."),
                _("All agree, by name, to the statement about confidentiality."),
                _("Ask the person how they want it to go, when to break, and what would make it hard."),
                _("Say what is wanted by the end: who does what, by when, for which outcome of theirs."),
            )
        ),
    )


def _order() -> tuple[Block, ...]:
    return (
        Words(_("The minutes have the same order: the person first, then what agencies know.")),
        Numbered(tuple(str(each) for name, each in MINUTES.items() if name != "declined_why")),
        Under(_("For each decision")),
        Bullets(
            (
                _("What is to be decided, and can the person decide it? Who helps them?"),
                _("Which options are there? What restricts the person least?"),
                _("What is good in each, what is not, and what may happen without it?"),
                _("What does the person say, and how much risk are they comfortable with?"),
                _("What does each agency say? One that differs is heard and written down."),
                _("Whom does it protect? If us alone, why is it right all the same?"),
            )
        ),
        Under(_("For each action")),
        Bullets(
            (
                _("Somebody by name does it, by a day. They are here, or have accepted."),
                _("It serves something the person wants, and a risk."),
                _("To go on watching is no action. What will somebody do?"),
                _("Two agencies do not do the same."),
            )
        ),
    )


def _asked_of_each(pack: Marm) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Words(_("Ask of each: was it thought of, what came of it, and why? Several may go side by side.")),
        forums(pack),
    ]
    if pack.legal_levers:
        blocks.append(law(pack))
    return tuple(blocks)


def _before_closing() -> tuple[Block, ...]:
    return (
        Bullets(
            (
                _("Somebody leads, and has accepted. Without a lead the case does not go on."),
                _("What each agency thinks of the risks, and what the person thinks, stand side by side."),
                _("Who tells the person what was agreed, if they are not here."),
                _("Who holds the risk at night and at weekends."),
                _("When you meet again, and what would bring it forward."),
                _("How it was for the person. Ask."),
            )
        ),
    )


def _after(pack: Marm) -> tuple[Block, ...]:
    clocks = pack.clocks
    rows = [
        (_("Actions are sent to all"), clocks.actions_out),
        (_("Minutes are sent to all"), clocks.minutes_out),
        (_("What was agreed is looked at for the first time"), clocks.review.first),
        (_("And then every"), clocks.review.then),
        (_("Never longer than"), clocks.review.max_gap),
    ]
    return (
        Table(_("What is done, and by when"), (_("What"), _("Within")), tuple(rows)),
        Words(
            _(
                "Minutes cannot be closed without the person there, or what they think and wish, or why they "
                "did not want to. Once closed nothing of them changes: what is wrong is added to."
            )
        ),
    )


def _ending(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "Ask the person whether they have what they wanted. Where a risk remains, it is said who "
                "knows of it, what would open the case again and who would notice. That somebody does not "
                "engage is no reason."
            )
        ),
        reasons_to_end(pack),
    )
