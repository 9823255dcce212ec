"""What to expect, for the person: short sentences, filled with what is known of their case."""

from django.utils.translation import gettext as _

from alongside.area.marm_models import Marm
from alongside.casework.design.dates import moment_in_words
from alongside.casework.design.papers import Bullets, Fields, Numbered, Paper, Section, Words
from alongside.casework.marm.presenters.leading import lead_in_words, telephone_of
from alongside.casework.marm.presenters.papers.shared import contacts, there
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.queries.papers import Expecting
from alongside.casework.marm.rules.papers import Paper as Code
from alongside.casework.marm.rules.stages import Urgency


def what_to_expect(pack: Marm, found: Expecting | None = None) -> Paper:
    """Return the paper for the person; for a case, with who leads and when agencies meet."""
    return Paper(
        title=str(TITLES[Code.WHAT_TO_EXPECT]),
        about=_("For %(name)s") % {"name": found.case.person.goes_by} if found else "",
        lead=(
            _("Some services are worried about you."),
            _("They want to work together, with you. This page says how."),
        ),
        sections=there(
            Section(_("If you are in danger"), (Words(_("Ring 999.")),)),
            Section(_("Who is there for you"), (_who(found),)),
            Section(_("What will happen"), (Numbered(_steps(pack, found)),)),
            Section(_("You are at the centre"), (Bullets(_centre()),)),
            Section(_("What we tell each other"), (Bullets(_telling()),)),
            Section(_("If you are not happy"), (Bullets(_not_happy()),)),
            contacts(pack),
            Section(_("What I want to say"), (Fields(_to_say(), room=6),)),
        ),
        easy=True,
    )


def _who(found: Expecting | None) -> Fields:
    leader = found.leading.now if found else None
    meeting = found.next_meeting if found else None
    when = moment_in_words(meeting.begins_at) if meeting else ""
    return Fields(
        (
            (
                _("This person talks with you and looks after the plan"),
                lead_in_words(leader) if leader else "",
            ),
            (_("How to contact them"), telephone_of(leader) if leader else ""),
            (_("Your next meeting"), when),
            (_("Where it is"), meeting.place if meeting else ""),
            (_("How you take part"), meeting.takes_part if meeting else ""),
            (_("What you need for it"), meeting.adjustments if meeting else ""),
        ),
        room=1,
    )


def _steps(pack: Marm, found: Expecting | None) -> tuple[str, ...]:
    clocks = pack.clocks
    limits = clocks.first_meeting
    if found is None:
        meet = _("We meet within %(other)s. If harm may come soon, within %(high)s.") % {
            "other": limits.other, "high": limits.high,
        }  # fmt: skip
    else:
        soon = limits.high if found.case.urgency == Urgency.HIGH else limits.other
        meet = _("We meet within %(time)s of being asked.") % {"time": soon}
    return (
        _("We ask you what matters to you."),
        meet,
        _("At the meeting we listen to you first."),
        _("We agree who does what, and by when."),
        _("You get that on paper within %(time)s.") % {"time": clocks.actions_out},
        _("After %(time)s we ask you: did it help?") % {"time": clocks.review.first},
        _("It ends when you and we think it is safe enough. We ask you first."),
        _("%(time)s later somebody asks you how things are.") % {"time": clocks.closure_checkback},
    )


def _centre() -> tuple[str, ...]:
    return (
        _("You can come to the meeting."),
        _("You can join by phone or online."),
        _("You can bring somebody you trust."),
        _("An advocate can speak for you. An advocate is on your side. It costs you nothing."),
        _("You can write down what you think, or tell it to a worker you trust."),
        _("You can say no to the meeting. Then we ask you why, and write that down."),
        _("You decide how you live. You may take a risk that others would not take."),
        _("Tell us what you need: another time, a break, an interpreter, large print."),
    )


def _telling() -> tuple[str, ...]:
    return (
        _("We tell you what we tell others, and why."),
        _("You can say who must not know something."),
        _(
            "Sometimes we must tell others anyway: when somebody may be badly hurt, when there is a crime, "
            "when somebody else makes you do things, or when you cannot decide this for yourself."
        ),
        _("Then we write down why. We tell you, unless that would put somebody in danger."),
        _("Everybody at the meeting keeps what they hear private."),
    )


def _not_happy() -> tuple[str, ...]:
    return (
        _("Tell the person who talks with you."),
        _("You can ask for somebody else."),
        _("You can see what we wrote about you. Ask us."),
        _("If something is wrong, tell us. We put it right, or write down what you say."),
        _("You can complain. We tell you how."),
    )


def _to_say() -> tuple[tuple[str, str], ...]:
    return (
        (_("What matters to me"), ""),
        (_("What works well"), ""),
        (_("What worries me, and what does not"), ""),
        (_("What I want to happen"), ""),
    )
