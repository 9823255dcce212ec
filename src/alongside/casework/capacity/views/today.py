"""What capacity and advocacy ask of a member's day."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity.permissions import may_record_capacity
from alongside.casework.capacity.presenters.others import waits_since
from alongside.casework.capacity.presenters.records import check_of
from alongside.casework.capacity.queries import due
from alongside.casework.design.today import Line, Section


def advocates_waited_for(request: HttpRequest) -> Section | None:
    """Return who has a right to an advocate and none yet, for whoever works with people."""
    actor = cast("MemberRequest", request).actor
    if not may_record_capacity(actor).allowed:
        return None
    day = timezone.localdate()
    lines = [
        Line(
            _("An advocate for %(name)s") % {"name": each.person.known_as},
            reverse("capacity:advocacy", args=[each.person_id, each.id]),
            waits_since(each, day),
        )
        for each in due.advocates_to_instruct(actor=actor)
    ]
    return Section(_("Advocates to instruct"), 24, lines) if lines else None


def checks_due(request: HttpRequest) -> Section | None:
    """Return whose capacity for a decision is to be looked at again, for whoever works with people."""
    actor = cast("MemberRequest", request).actor
    if not may_record_capacity(actor).allowed:
        return None
    day = timezone.localdate()
    lines = [
        Line(
            f"{each.person.known_as}: {each.decision}",
            reverse("capacity:record", args=[each.person_id, each.id]),
            check_of(each, day),
        )
        for each in due.checks_due(actor=actor, day=day)
    ]
    return Section(_("Capacity to look at again"), 26, lines) if lines else None
