"""Guidance for staff, made from the area pack: what it says is what the software does."""

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
                "For anybody who works with adults and is worried about one whose needs fall between "
                "services: when agencies come together, how, how soon, and how it ends."
            ),
            danger(),
        ),
        sections=there(
            Section(_("When agencies come together"), _when(pack)),
            Section(_("How soon"), clocks(pack.clocks)),
            Section(_("Who plays which role"), _parts(pack)),
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
    """Return the criteria: each way in, with all that it requires."""
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
                "The adult may have needs for care and support, or none that the law recognises and still be "
                "at risk: either is reason enough. There does not have to be a safeguarding enquiry."
            )
        ),
        Words(f"{pack.criteria.title}:"),
        *ways_in(pack),
        Words(
            _(
                "Not knowing something holds nothing up: say that it is not known, and ask. No form turns "
                "anybody away: the co-ordinator decides, and if the answer is no it comes with a reason, "
                "advice and where to go next."
            )
        ),
    ]
    if instead:
        said.append(
            Words(
                _("If the person cannot make this decision, another process takes the lead: %(process)s.")
                % {"process": instead.title}
            )
        )
    add_up = pack.concerns
    said.append(
        Words(
            _(
                "Small worries add up: %(count)s within %(months)s months, or worries from %(agencies)s "
                "agencies, are a reason to talk to each other. Write each one down."
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
                "Whoever asked for the approach co-ordinates it until a lead has accepted. The agency that "
                "does most about what the person needs most is asked first. The lead hands over only to "
                "somebody who has accepted."
            )
        ),
    )


def _meetings(pack: Marm) -> tuple[Block, ...]:
    convened = {
        "practitioner_led": _("Any agency that is worried can ask for a meeting at any time."),
        "standing_panel": _("A panel meets regularly; any agency can bring a case to it."),
        "escalation_panel": _("A panel meets when agencies could not settle a case between themselves."),
    }
    said: list[Block] = [
        Words(convened[pack.model]),
        Bullets(
            (
                _("Agencies in touch with the person come, and any that may know something or could help."),
                _(
                    "A meeting under this guidance takes priority over others; anybody who cannot "
                    "come says why."
                ),
                _("The chair does not lead the case: nobody judges their own work alone."),
                _(
                    "Before the meeting, each agency sends what it knows. “We know nothing” is a "
                    "complete answer."
                ),
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
                    "They come, or what they think and want is heard: online, through an advocate, in "
                    "writing or through a worker they trust. Minutes stay open until one of these has "
                    "happened, or they say why the person did not want to."
                ),
                _(
                    "What matters to them and what works comes first, then what they think of the risks, and "
                    "then what agencies think."
                ),
                _("Family and friends are heard if the person wants it."),
                _("They say how much risk they are comfortable with, in their own words."),
                _(
                    "If they may be unable to decide, that is about this one decision only, and "
                    "somebody helps them to."
                ),
            )
        ),
    )


def _telling() -> tuple[Block, ...]:
    return (
        Words(
            _(
                "The person knows what is shared, when, why and with whom, and is asked first. If they say "
                "no, that stands, unless one of these applies and is written down with its reasons:"
            )
        ),
        Bullets(tuple(str(each) for each in GROUNDS.values())),
        Words(_("Before anything is shared, ask six things about it:")),
        Bullets(tuple(str(each) for each in ELEMENTS.values())),
        Words(
            _("If you are unsure, ask a manager before you share anything; they can ask for legal advice.")
        ),
    )


def _decisions() -> tuple[Block, ...]:
    return (
        Words(_("A decision can be defended when its record shows:")),
        Numbered(
            (
                _("what was to be decided, and what the person says about it"),
                _("the options, with what is good about each, what is not, and what may happen without it"),
                _("what was done to help the person decide"),
                _("the arguments for and against it, and why it was decided this way"),
                _("what each agency says, including any that disagrees"),
                _("who it protects: the person, others, or us"),
                _("the law it rests on, who decided, and when it will be looked at again"),
            )
        ),
    )


def _actions(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "An action is something that a named worker does, by a set date, for something that the "
                "person wants. “Keep monitoring” is not an action. If an action is not possible, say "
                "why; if it was declined, say what was offered instead."
            )
        ),
        late_actions(pack.clocks.action_overdue),
    )


def _others(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "Ask early whether another process is needed. It is seldom one or the other: several run "
                "side by side, and this one goes on until there is an answer."
            )
        ),
        forums(pack),
    )


def _ending(pack: Marm) -> tuple[Block, ...]:
    return (
        Words(
            _(
                "Not engaging is not a reason to end a case: try another way, or another worker. A case ends "
                "for one of these reasons, with what the person thinks of that and what remains: who knows, "
                "what would open it again, and who would notice."
            )
        ),
        reasons_to_end(pack),
    )
