"""Items go to the record that they are about when two are parted."""

from datetime import datetime

from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.parting import (
    items_flagged_for_the_other,
    items_going,
    items_with_a_later_flag_of_the_other,
)
from alongside.casework.people.models.parting import Going


def items_go_along(going: Going, at: datetime) -> list[str]:
    """Let items go with the person of their flag, or of whoever saw only that record; and their referrals.

    Nobody would be on a list for whom a flag was put on one, and the agency would lose its own item. Part of
    a command that has checked who asks, sees all rows and parts records.

    Args:
        going: the records they are on, and whose they may be.
        at: when.

    Returns:
        which went, as the audit trail names rows.
    """
    for item in items_flagged_for_the_other(going):
        item.leave_flag()
    items = list(items_going(going).select_for_update(of=("self",), no_key=True))
    referrals = list(Referral.objects.filter(item__in=[each.id for each in items]))
    went: list[WorkItem | Referral] = [*items, *referrals]
    for each in went:
        each.go_to(going.to)
    for item in items_with_a_later_flag_of_the_other(going):
        item.forget_later()
    return [f"{each._meta.label} {each.id}" for each in went]
