"""What an item's page says of the flag that it was made from."""

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.outreach.presenters.titles import tier_title
from alongside.casework.outreach.queries.pages import ItemPage
from alongside.casework.outreach.rules import OPEN


def flag_note(page: ItemPage) -> str:
    """Return what holds of the flag an item was made from: until when, or no more; empty without a flag."""
    if page.item.flag is None:
        return ""
    if not page.flag_holds:
        return _ended(page)
    flag = page.item.flag
    said = _(
        "This flag expires on %(day)s. If it is wrong, tell whoever released the list: it is number "
        "%(rank)s in “%(tier)s”."
    ) % {
        "day": day_in_words(flag.expires_at),
        "rank": flag.rank,
        "tier": tier_title(flag.policy, flag.tier),
    }
    if not page.ends_with_flag:
        return said
    until = _(
        "You can see this record until then, and for longer only if somebody works with the person or puts "
        "them on the list. If you disagree and finish with nothing done, it closes straight away."
    )
    return f"{said} {until}"


def _ended(page: ItemPage) -> str:
    if page.item.state not in OPEN:
        return _("This flag is no longer in force. Put the person on the list yourself if you are worried.")
    if not page.is_let_go:
        return _("This flag is no longer in force. The person stays on your list, and the work can go on.")
    return _(
        "This flag is no longer in force. If you are worried, say how soon somebody should look: then the "
        "person stays on your list."
    )
