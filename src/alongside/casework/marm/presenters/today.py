"""What cases ask of a day, ready to show."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.dates import day_in_words, day_or_moment, moment_in_words
from alongside.casework.design.today import Line
from alongside.casework.marm.presenters.leading import days_without
from alongside.casework.marm.presenters.words import URGENCY
from alongside.casework.marm.queries.today import ToSettle, Waiting, Waits
from alongside.casework.marm.rules.clocks import until
from alongside.casework.marm.rules.stages import Urgency


def title() -> str:
    """Return the heading."""
    return _("Cases waiting for you")


def case_line(waiting: Waiting, now: datetime) -> Line:
    """Say who it is about, what there is to do, and by when."""
    address = address_of("marm:case", args=[waiting.case_id])
    return Line(_line(waiting), address, _why(waiting, now), until(waiting.by) if waiting.by else None)


def _line(waiting: Waiting) -> str:
    said = {
        Waits.TO_ANSWER: _("%(name)s: agencies have been asked to come together"),
        Waits.TO_LEAD: _("%(name)s: you have been asked to lead"),
        Waits.HARM: _("%(name)s: say whether somebody should look back at what happened"),
        Waits.STEPPED_BACK: _("%(name)s: an agency stepped back, and is waiting for your answer"),
        Waits.LEAD_AWAY: _("%(name)s: the lead is away, and nobody is covering"),
        Waits.WITHOUT_LEAD: _("%(name)s: nobody is leading"),
        Waits.CHECK_BACK: _("%(name)s: ask how things are since the case ended"),
        Waits.DECLINED: _(
            "%(name)s: what you asked for on %(when)s was declined, with advice and where to go next"
        ),
    }
    # with the time, and in the link: somebody may have asked twice for one person on one day
    return said[waiting.waits] % {"name": waiting.known_as, "when": moment_in_words(waiting.asked_at)}


def _why(waiting: Waiting, now: datetime) -> str:
    """Say since when, or how soon."""
    if waiting.waits is Waits.TO_ANSWER and waiting.by:
        return _("%(urgency)s. To be answered by %(when)s.") % {
            "urgency": URGENCY[Urgency(waiting.urgency)],
            "when": day_or_moment(until(waiting.by)),
        }
    if waiting.waits is Waits.LEAD_AWAY:
        return _("%(names)s. Ask somebody else to lead, or arrange cover.") % {"names": waiting.away}
    if waiting.waits is Waits.WITHOUT_LEAD:
        today = timezone.localdate(waiting.asked_at) == timezone.localdate(now)
        return _("Since today.") if today else days_without(waiting.asked_at, now)
    if waiting.waits is Waits.DECLINED:
        return ""
    return _("Asked for on %(day)s.") % {"day": day_in_words(waiting.asked_at)}


def look_again(known_as: str) -> str:
    """Say that a decision about somebody is to be looked at again."""
    return _("%(name)s: look at a decision again") % {"name": known_as}


def was_to_be_looked_at(day: date) -> str:
    """Say by when."""
    return _("It should have been looked at again by %(day)s.") % {"day": day_in_words(day)}


def settle(waiting: ToSettle) -> str:
    """Say that agencies disagree about somebody, whether a step is late, or that it is over."""
    if waiting.over_at:
        said = _("%(name)s: what agencies disagreed about is settled")
    elif waiting.late:
        said = _("%(name)s: agencies disagree, and it has not been settled in time")
    elif waiting.with_us:
        said = _("%(name)s: another agency disagrees with yours")
    else:
        said = _("%(name)s: agencies disagree")
    return said % {"name": waiting.known_as}


def to_be_settled(waiting: ToSettle) -> str:
    """Say by when, or when it was."""
    if waiting.over_at:
        return _("On %(day)s.") % {"day": day_in_words(waiting.over_at)}
    said = _("This step was due to end by %(day)s.") if waiting.late else _("Due to end by %(day)s.")
    return said % {"day": day_in_words(waiting.by)}
