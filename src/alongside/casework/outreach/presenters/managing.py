"""Finished words for the manager's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.casework.design.bars import parts_of_bar
from alongside.casework.outreach.queries.lists import Colleague
from alongside.casework.outreach.rules import FEWEST_SHOWN
from alongside.casework.outreach.rules.agreement import FEW, Rate


@dataclass(frozen=True)
class RateShown:
    """A line of the table of agreement, and its bar.

    ``parts`` are name, where it begins, how wide it is; none where the numbers are held back.
    """

    name: str
    cells: list[str]
    held_back: str
    parts: list[tuple[str, int, int]]
    warning: str
    caution: str


def rate_shown(name: str, rate: Rate) -> RateShown:
    """Return a line of the table of agreement."""
    if rate.judged is None:
        said = _("Fewer than %(number)d, or held back to protect a smaller one") % {"number": FEWEST_SHOWN}
        return RateShown(name, [], said, [], "", "")
    numbers = {"agreed": rate.agreed or 0, "disagreed": rate.disagreed or 0, "unsure": rate.unsure or 0}
    return RateShown(
        name=name,
        cells=[str(rate.judged), *(str(number) for number in numbers.values())],
        held_back="",
        parts=parts_of_bar(numbers),
        warning=_warning(rate),
        caution=(
            _("Fewer than %(few)d: too few to tell judgement from chance.") % {"few": FEW} if rate.few else ""
        ),
    )


def loads_shown(colleagues: list[Colleague]) -> list[tuple[str, bool]]:
    """Say who has how much, and whether they are away."""
    words = _("%(name)s: %(number)s open")  # once: an organisation has hundreds
    return [(words % {"name": each.name, "number": each.open_items}, each.away) for each in colleagues]


def unsuited_shown(unsuited: list[tuple[str, list[str]]]) -> str:
    """Say whose items cannot be moved with the others, and which skills whoever is to take them lacks."""
    words = _("%(name)s (needs %(skills)s)")
    whose = "; ".join(words % {"name": name, "skills": ", ".join(lacks)} for name, lacks in unsuited)
    return _(
        "Nothing was moved, because the member you chose lacks skills that these people need: %(whose)s. "
        "Give these to somebody who has the skills, then move the rest."
    ) % {"whose": whose}


def expired_shown(expired: list[tuple[str, int]]) -> list[str]:
    """Say how many items nobody took up in time, team by team."""
    return [
        _("%(team)s: %(count)d") % {"team": team or _("No team"), "count": count} for team, count in expired
    ]


def _warning(rate: Rate) -> str:
    if not rate.all_agreed:
        return ""
    if rate.few:
        return _("All agreed with so far. Look at one or two together before you read anything into it.")
    return _(
        "Every flag was agreed with. That may be right, or it may be a rubber stamp: look at a few "
        "together, and ask what was known that the sources did not say."
    )
