"""What sharing asks of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.design.today import Line, Section
from alongside.casework.sharing.permissions import may_keep_agreements
from alongside.casework.sharing.presenters.agreements import warning
from alongside.casework.sharing.queries.agreements import to_look_at


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
