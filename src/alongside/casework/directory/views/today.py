"""What the directory adds to the Today page."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.directory import permissions, presenters, queries


def entries_to_look_at(request: HttpRequest) -> Section | None:
    """Return own entries that nobody has confirmed for a long time, for those who keep them."""
    actor = cast("MemberRequest", request).actor
    if not permissions.may_publish(actor).allowed:
        return None
    entries = presenters.own_shown(queries.own_entries(actor=actor), timezone.now())
    lines = [
        Line(each.name, address_of("directory:service", args=[each.id]), each.confirmed)
        for each in entries
        if each.stale
    ]
    ours = Line(_("Our entries"), address_of("directory:ours"))
    return Section(
        _("Entries to check"), 40, lines, _("Every entry was confirmed in the last six months."), ours
    )
