"""What the directory asks of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section
from alongside.casework.directory import permissions, presenters, queries


def entries_to_look_at(request: HttpRequest) -> Section | None:
    """Return own entries that nobody confirmed for long, for whoever keeps them."""
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
        _("Entries to look at"), 40, lines, _("Every entry was confirmed in the last half year."), ours
    )
