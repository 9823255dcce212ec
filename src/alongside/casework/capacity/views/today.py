"""What capacity and advocacy add to a member's day."""

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.accounts.requests import MemberRequest
from alongside.casework.capacity.permissions import may_record_capacity
from alongside.casework.capacity.presenters.decisions import more_waiting, waiting_shown
from alongside.casework.capacity.queries.due import Due, waiting
from alongside.casework.design.addresses import address_of
from alongside.casework.design.today import Line, Section

ADDRESSES = {Due.ADVOCATE: "capacity:advocacy", Due.CHECK: "capacity:record"}


def decisions_that_wait(request: HttpRequest) -> Section | None:
    """Return who is waiting for an advocate and what must be looked at again, for whoever records it."""
    actor = cast("MemberRequest", request).actor
    if not may_record_capacity(actor).allowed:
        return None
    day = timezone.localdate()
    lines, found = [], waiting(actor=actor, day=day)
    for each in found:
        text, hint = waiting_shown(each, day)
        by = each.day if each.due is Due.CHECK else None
        lines.append(Line(text, address_of(ADDRESSES[each.due], args=[each.person_id, each.id]), hint, by))
    lines += [Line(said, "") for said in more_waiting(found)]
    title = _("Advocates and decisions to look at again")
    return Section(title, 24, lines, people=len(found)) if lines else None
