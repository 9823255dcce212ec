"""Guidance for staff, made of the area pack: what it says there is what the software does."""

from django.utils.translation import gettext as _

from alongside.area.marm_models import Criterion, Marm
from alongside.casework.design.papers import Block, Bullets, Numbered, Paper, Section, Table, Under, Words
from alongside.casework.marm.presenters.papers.shared import (
    clocks,
    contacts,
    danger,
    disagreement,
    forums,
    late_actions,
    law,
    reasons_to_end,
    roles,
    there,
)
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.presenters.words import item_in_words
from alongside.casework.marm.rules.papers import Paper as Code
from alongside.casework.sharing.presenters.decisions import ELEMENTS, GROUNDS


def guidance(pack: Marm) -> Paper:
    """Return the guidance for staff."""
    return Paper(
        title=str(TITLES[Code.GUIDANCE]),
        about="",
        lead=(
            _(
                "For whoever works with adults and is worried about one whose needs fall between services: "
                "when agencies come together, how, how soon, and how it ends."
            ),
            danger(),
        ),
        sections=there(
            Section(_("When agencies come together"), _when(pack)),
            Section(_("How soon"), clocks(pack.clocks)),
            Section(_("Who plays which part"), _parts(pack)),
            Section(_("Meetings"), _meetings(pack)),
            Section(_("The person is at the centre"), _the_person()),
            Section(_("Telling other agencies"), _telling()),
            Section(_("Decisions"), _decisions()),
            Section(_("Actions"), _actions(pack)),
            disagreement(pack),
            Section(_("Other processes"), _others(pack)),
            Section(_("Law"), (law(pack),)) if pack.legal_levers else None,
            Section(_("Ending"), _ending(pack)),
            contacts(pack),
        ),
    )


def ways_in(pack: Marm) -> tuple[Block, ...]:
    """Return the criteria: each way in with what holds together in it."""
    blocks: list[Block] = []
    ways = pack.criteria.gate.any_of
    for number, way in enumerate(ways, 1):
        if len(ways) > 1:
            blocks.append(Under(_("Way in %(number)s: all of these") % {"number": number}))
        blocks.append(Bullets(tuple(_asked(each) for each in way.all_of)))
    return tuple(blocks)


def _asked(criterion: Criterion) -> str:
    lines = [criterion.ask]
    if criterion.items:
        lines.append("; ".join(item_in_words(each) for each in criterion.items))
    if criterion.guidance:
        lines.append(criterion.guidance)
    return "\n".join(lines)


def _when(pack: Marm) -> tuple[Block, ...]:
    instead = next(
        (each for each in pack.forums if each.code == pack.criteria.if_lacks_capacity and each.instead), None
    )
    said: list[Block] = [
        Words(
            _(
                "They may have needs for care and support, or none that the law counts and much that can "
                "happen to them: both are reason enough. No safeguarding enquiry has to be open."
            )
        ),
        Words(f"{pack.criteria.title}:"),
        *ways_in(pack),
        Words(
            _(
                "What is not known holds nothing up: say that it is not known, and ask. No form turns "
                "anybody away: the co-ordinator decides, and where the answer is no it has a reason, advice "
                "and a way to go."
            )
        ),
    ]
    if instead:
        said.append(
            Words(
                _("Where the person cannot make this decision, this takes the lead: %(process)s.")
                % {"process": instead.title}
            )
        )
    add_up = pack.concerns
    said.append(
        Words(
            _(
                "Small worries count together: %(count)s within %(months)s months, or worries of "
                "%(agencies)s agencies, are a reason to talk to each other. Write each down."
            )
            % {"count": add_up.count, "months": add_up.within_months, "agencies": add_up.agencies}
        )
    )
    return tuple(said)


def _parts(pack: Marm) -> tuple[Block, ...]:
    return (
        *roles(pack),
        Words(
            _(
                "Whoever asked for the approach co-ordinates it until somebody has accepted to lead. The "
                "agency that does most, for what the person needs most, is asked to lead first. Who leads "
                "hands over only to somebody who has accepted."
            )
        ),
    )


def _meetings(pack: Marm) -> tuple[Block, ...]:
    convened = {
        "practitioner_led": _("Any worried agency can have agencies meet, at any time."),
        "standing_panel": _("A panel meets regularly; any agency brings a case to it."),
        "escalation_panel": _("A panel meets where agencies could not settle a case among themselves."),
    }
    said: list[Block] = [
        Words(convened[pack.model]),
        Bullets(
            (
                _("Agencies that are in touch come, and those that could know something or help."),
                _("A meeting under this guidance comes before others; who cannot come says why."),
                _("Whoever chairs does not lead the case: nobody weighs their own work alone."),
                _("Before it, each agency sends what it knows. That it knows nothing is a whole answer."),
            )
        ),
    ]
    if pack.meeting_kinds:
        said.append(
            Table(
                _("What meetings are called here"),
                (_("Meeting"), _("What it is for")),
                tuple((each.title, each.what_for) for each in pack.meeting_kinds),
            )
        )
    return tuple(said)


def _the_person() -> tuple[Block, ...]:
    return (
        Bullets(
            (
                _(
                    "They come, or what they think and wish is there: online, through an advocate, in "
                    "writing, through a worker they trust. Minutes stay open until one of these is so, or "
                    "it is written why they did not want to."
                ),
                _(
                    "What matters to them and what works stands first, then what they think of the risks, "
                    "and then what agencies think."
                ),
                _("Family and friends are heard where the person wishes it."),
                _("How much risk they are comfortable with is theirs to say, in their words."),
                _("Where they may be unable to decide, it is about this one decision, and somebody helps."),
            )
        ),
    )


def _telling() -> tuple[Block, ...]:
    return (
        Words(
            _(
                "The person knows what is told, when, why and to whom, and is asked first. Where they say "
                "no, that stands, unless one of these holds and is written down with its reasons:"
            )
        ),
        Bullets(tuple(str(each) for each in GROUNDS.values())),
        Words(_("Before anything is told, ask six things of it:")),
        Bullets(tuple(str(each) for each in ELEMENTS.values())),
        Words(_("Where you are unsure, ask a manager before you tell; they may ask for legal advice.")),
    )


def _decisions() -> tuple[Block, ...]:
    return (
        Words(_("A decision can be defended when its record shows:")),
        Numbered(
            (
                _("what was to be decided, and what the person says to it"),
                _("the options, with what is good in each, what is not, and what may happen without it"),
                _("what was done to help the person decide"),
                _("what speaks for and against it, and why it was decided so"),
                _("what each agency says, also where one differs"),
                _("whom it protects: the person, others, or us"),
                _("the law it rests on, who decided, and the day on which it is looked at again"),
            )
        ),
    )


def _actions(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "An action is something that somebody does: by name, by a day, for something that the person "
                "wants. To go on watching is none. An action that is not possible, or was declined, says "
                "what was offered instead."
            )
        ),
        late_actions(pack.clocks.action_overdue),
    )


def _others(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "Ask early whether another process is needed. It is seldom one or the other: several go "
                "side by side, and this one goes on until what was asked comes back."
            )
        ),
        forums(pack),
    )


def _ending(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "That somebody does not engage is no reason to end: try another way, or another person. A "
                "case ends with one of these, with what the person thinks of it, and with what remains: who "
                "knows, what would open it again, who would notice."
            )
        ),
        reasons_to_end(pack),
    )
