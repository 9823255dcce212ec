"""How a case goes, as boxes and in words; its times and processes come from the area pack."""

from django.utils.translation import gettext as _

from alongside.area.marm_models import Forum, Marm
from alongside.casework.design.papers import Drawn, Paper, Section, Step, Words
from alongside.casework.marm.presenters.papers.shared import contacts, ladder, there
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.rules.papers import Paper as Code


def flowchart(pack: Marm) -> Paper:
    """Return the flowchart."""
    drawn = Drawn(_("From a worry to the end of a case"), _("The same steps in words"), steps(pack))
    return Paper(
        title=str(TITLES[Code.FLOWCHART]),
        about="",
        lead=(_("How agencies come together around an adult, step by step, and how soon."),),
        sections=there(Section(_("How a case goes"), (drawn,)), _differ(pack), contacts(pack)),
    )


def steps(pack: Marm) -> tuple[Step, ...]:
    """Return the steps, from a worry to asking how it goes after the end."""
    clocks = pack.clocks
    soon = {"high": clocks.triage.high, "other": clocks.triage.other}
    meet = {"high": clocks.first_meeting.high, "other": clocks.first_meeting.other}
    review = {"first": clocks.review.first, "then": clocks.review.then}
    return (
        Step(
            _("Somebody is worried"),
            _("Speak with the person first. Write down what they say, and what you saw."),
        ),
        Step(
            _("Is somebody in danger now?"),
            _("Nothing on this page comes before that."),
            ((_("Yes"), _("ring 999, then go on here")), (_("No"), _("go on"))),
        ),
        Step(
            _("Is another process needed too?"),
            _("Ask for it, and go on here too: processes run side by side."),
            (*(_way(each) for each in pack.forums if each.asks), (_("None of these"), _("go on"))),
        ),
        Step(
            _("Could this approach fit?"),
            _("Answer the criteria as far as you know: %(title)s.") % {"title": pack.criteria.title},
            (
                (_("Yes, or not known"), _("ask that agencies come together; you co-ordinate for now")),
                (_("No"), _("write the worry down: small worries add up. You can still ask")),
            ),
        ),
        Step(
            _("The co-ordinator answers"),
            _("Within %(high)s if serious harm may come within days, otherwise within %(other)s.") % soon,
            (
                (_("Open"), _("go on")),
                (_("Declined"), _("with a reason, advice and where to go next; you can ask again")),
            ),
        ),
        Step(
            _("Somebody leads"),
            _("The agency that does most about what the person needs most is asked first; somebody accepts."),
        ),
        Step(
            _("Agencies are invited and say what they know"),
            _("Each sends what it knows %(time)s before the meeting.") % {"time": clocks.agency_reports_due},
        ),
        Step(
            _("Agencies meet, with the person at the centre"),
            _("Within %(high)s if serious harm may come within days, otherwise within %(other)s.") % meet,
            (
                (
                    _("The person is not there"),
                    _("what they think and want is, or why they did not want to be"),
                ),
            ),
        ),
        Step(
            _("Decisions and actions are written down"),
            _("Actions are sent out within %(actions)s, minutes within %(minutes)s.")
            % {"actions": clocks.actions_out, "minutes": clocks.minutes_out},
        ),
        Step(
            _("The plan is looked at again: is it safe enough?"),
            _("After %(first)s, then every %(then)s.") % review,
            (
                (_("Not yet"), _("meet again, and change what did not help")),
                (_("Yes"), _("end it, with the reason and what remains")),
                (_("They do not engage"), _("that is no reason to end: try another way")),
            ),
        ),
        Step(
            _("Somebody asks how things are"),
            _("%(time)s after the end.") % {"time": clocks.closure_checkback},
            ((_("Worse again"), _("begin again, with all that is known")),),
        ),
    )


def _way(forum: Forum) -> tuple[str, str]:
    asked = _("%(process)s, at once") if forum.urgent else "%(process)s"
    return (forum.when, asked % {"process": forum.title})


def _differ(pack: Marm) -> Section | None:
    if not pack.dispute_ladder:
        return None
    rungs = tuple(Step(title, _("Within %(time)s.") % {"time": within}) for title, within in ladder(pack))
    return Section(
        _("If agencies disagree, at any step"),
        (
            Words(_("The case goes on meanwhile.")),
            Drawn(_("From the lowest step up"), _("The same steps in words"), rungs),
        ),
    )
