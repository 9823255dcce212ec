"""Finished words about a later list that names the person of an item too."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.accounts.purposes import title_of
from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters.titles import tier_title
from alongside.casework.outreach.queries.pages import ItemPage
from alongside.casework.outreach.rules import OPEN


@dataclass(frozen=True)
class LaterShown:
    """What a later list says of the person, each reason with its source; and what becomes of it."""

    line: str
    disputed: str
    reasons: list[str]
    onward: str


def also_for(item: WorkItem, at: datetime) -> str:
    """Return the other purpose for which a list names the person of an item too; empty if none does.

    Only that, and none of its reasons: these are for whoever works for that purpose.
    """
    flag = item.later_flag
    if flag is None or item.flag is None or not flag.is_in_force(at) or item.state not in OPEN:
        return ""
    purpose = flag.release.purpose
    return "" if purpose == item.flag.release.purpose else title_of(purpose)


def also_listed(page: ItemPage, at: datetime) -> str:
    """Return that a list for another purpose names the person too, and what becomes of that."""
    purpose = also_for(page.item, at)
    if not purpose:
        return ""
    return _(
        "This person is also on a list that was given to your organisation for “%(purpose)s”. Its reasons "
        "are only for work for that purpose. Once this item ends, they are put on your list for it, if that "
        "list is still in force. If it cannot wait, talk to your manager."
    ) % {"purpose": purpose}


def later_shown(page: ItemPage, at: datetime) -> LaterShown | None:
    """Return what a later list says of the person, while it is in force and the item open.

    Nothing of one for another purpose: ``also_listed`` says that there is one.
    """
    flag = page.item.later_flag
    if flag is None or not flag.is_in_force(at) or page.item.state not in OPEN or also_for(page.item, at):
        return None
    line = _("Released on %(day)s: %(tier)s, place %(place)s on the list. It expires on %(until)s.") % {
        "day": day_in_words(flag.released_at),
        "tier": tier_title(flag.policy, flag.tier),
        "place": flag.rank,
        "until": day_in_words(flag.expires_at),
    }
    onward = _(
        "What is done here goes on. If this item ends while that list is in force, they are put on your "
        "organisation's list again because of it."
    )
    return LaterShown(
        line=line,
        disputed=page.disputed.get((flag._meta.label, str(flag.id)), ""),
        reasons=[str(each.get("words", "")) for each in flag.reasons],
        onward=onward,
    )
