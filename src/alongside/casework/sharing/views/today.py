"""What sharing asks of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line, Section
from alongside.casework.sharing.permissions import may_keep_agreements, may_read_requests
from alongside.casework.sharing.presenters.agreements import warning
from alongside.casework.sharing.presenters.requests import silence, waits
from alongside.casework.sharing.queries.agreements import to_look_at
from alongside.casework.sharing.queries.requests import waiting


def agreements_to_look_at(request: HttpRequest) -> Section | None:
    """Return agreements that end, ended or are to be looked at again, for whoever keeps them."""
    actor = cast("MemberRequest", request).actor
    if not may_keep_agreements(actor).allowed:
        return None
    lines = [
        Line(
            f"{each.reference}: {each.title}",
            reverse("sharing:agreement", args=[each.id]),
            warning(each, standing),
        )
        for each, standing in to_look_at(actor=actor, day=timezone.localdate())
    ]
    register = Line(_("All agreements"), reverse("sharing:agreements"))
    return Section(_("Agreements about sharing"), 45, lines, _("None ends in the next 60 days."), register)


def requests_that_wait(request: HttpRequest) -> Section | None:
    """Return requests for information that wait for one's organisation, or that it made and are late."""
    actor, day = cast("MemberRequest", request).actor, timezone.localdate()
    if not may_read_requests(actor).allowed:
        return None
    found = waiting(actor=actor, day=day)
    shown = [(each, False) for each in found.to_us] + [(each, True) for each in found.from_us]
    lines = [
        Line(waits(each, ours=ours), reverse("sharing:request", args=[each.id]), silence(each, day))
        for each, ours in shown
    ]
    every = Line(_("All requests for information"), reverse("sharing:requests"))
    return Section(_("Requests for information"), 22, lines, _("None waits for us, and none is late."), every)
