"""Days and times as people write them, and a warning that several pages show."""

from datetime import date, datetime

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.casework.design.dates import day_in_words
from alongside.casework.people.models import Contact, Involvement
from alongside.casework.people.rules import months_unknown

NOT_SAFE = gettext_lazy(
    "It is not safe for the person to know about this. Do not open this page where they or anybody near them "
    "can see it, and do not talk about it. Nothing that they are given says that it exists."
)
"""Tells those who work with a person what the person must not find out."""


def day(value: date | datetime | None, otherwise: str | None = None) -> str:
    """Return a day as people write it."""
    if value is None:
        return _("not known") if otherwise is None else otherwise
    return day_in_words(value)


def clock(value: datetime) -> str:
    """Return a recent moment as people say it: 02:13 on 3 November."""
    return time_on(value, "j F")


def time_on(value: datetime, day_format: str = "j F Y") -> str:
    """Return a moment with the time first: 02:13 on 3 November 2026."""
    local = localtime(value)
    return _("%(time)s on %(day)s") % {"time": f"{local:%H:%M}", "day": date_format(local, day_format)}


def noted_late(involvement: Involvement) -> str:
    """Say that an agency was in touch long before it was noted; empty if it was not."""
    months = months_unknown(involvement.since, localtime(involvement.noted_at).date())
    if not months:
        return ""
    years = months // 12
    how_long = (
        ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
        if years
        else ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    )
    return _("Noted here on %(day)s, %(how_long)s later.") % {
        "day": day_in_words(involvement.noted_at),
        "how_long": how_long,
    }


def may_speak(permission: str, words: str) -> str:
    """Say what the person said about us speaking with somebody, with any condition in their own words."""
    said = str(Contact.Permission(permission).label)
    return f"{said}: “{words}”" if words else said


def offered(who: str, permission: str, words: str) -> str:
    """Name somebody in the person's life to choose, with what the person said about speaking with them."""
    return _("%(who)s. May you speak with them? %(permission)s") % {
        "who": who,
        "permission": may_speak(permission, words),
    }
