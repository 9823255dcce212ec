"""What cases ask of a day, in finished words."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.presenters.leading import days_without
from alongside.casework.marm.queries.today import ToSettle, Waiting, Waits


def title() -> str:
    """Return the heading."""
    return _("Cases that wait for you")


def line(waiting: Waiting) -> str:
    """Say whom it is about, and what is to be done."""
    said = {
        Waits.TO_ANSWER: _("%(name)s: agencies are asked to come together"),
        Waits.TO_LEAD: _("%(name)s: you are asked to lead"),
        Waits.HARM: _("%(name)s: say whether somebody should look back at what happened"),
        Waits.STEPPED_BACK: _("%(name)s: an agency stepped back, and waits for your answer"),
        Waits.LEAD_AWAY: _("%(name)s: who leads is not there, and nobody covers"),
        Waits.WITHOUT_LEAD: _("%(name)s: nobody leads"),
        Waits.CHECK_BACK: _("%(name)s: ask how it goes since the case ended"),
        Waits.DECLINED: _("%(name)s: what you asked for was declined, with advice and a way to go"),
    }
    return said[waiting.waits] % {"name": waiting.known_as}


def why(waiting: Waiting, now: datetime) -> str:
    """Say since when."""
    if waiting.waits is Waits.LEAD_AWAY:
        return _("%(names)s. Ask somebody else to lead, or see that somebody covers.") % {
            "names": waiting.away
        }
    if waiting.waits is Waits.WITHOUT_LEAD:
        return days_without(waiting.asked_at, now)
    return _("Asked for on %(day)s.") % {"day": day_in_words(waiting.asked_at)}


def look_again(known_as: str) -> str:
    """Say that a decision about somebody is to be looked at again."""
    return _("%(name)s: look at a decision again") % {"name": known_as}


def was_to_be_looked_at(day: date) -> str:
    """Say by when."""
    return _("It was to be looked at again by %(day)s.") % {"day": day_in_words(day)}


def settle(waiting: ToSettle) -> str:
    """Say that agencies differ about somebody, and whether a step of settling it is late."""
    said = (
        _("%(name)s: agencies differ, and it is not settled in time")
        if waiting.late
        else _("%(name)s: another agency differs with yours")
    )
    return said % {"name": waiting.known_as}


def to_be_settled(waiting: ToSettle) -> str:
    """Say by when."""
    said = _("This step was to be over by %(day)s.") if waiting.late else _("To be over by %(day)s.")
    return said % {"day": day_in_words(waiting.by)}
