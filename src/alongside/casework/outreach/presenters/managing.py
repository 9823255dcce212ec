"""Finished words for the manager's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.outreach.rules import FEWEST_SHOWN, Rate


@dataclass(frozen=True)
class RateShown:
    """A line of the table of agreement."""

    name: str
    cells: list[str]
    warning: str


def rate_shown(name: str, rate: Rate) -> RateShown:
    """Return a line of the table of agreement."""
    if rate.judged is None:
        return RateShown(name, [f"Fewer than {FEWEST_SHOWN}, or held back with one that is"], "")
    cells = [str(each) for each in (rate.judged, rate.agreed, rate.disagreed, rate.unsure)]
    return RateShown(name, cells, rate.warning)


def expired_shown(expired: list[tuple[str, int]]) -> list[str]:
    """Say how many items nobody took up in time, team by team."""
    return [
        _("%(team)s: %(count)d") % {"team": team or _("No team"), "count": count} for team, count in expired
    ]
