"""Items go to the record that they are about when two are parted."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.outreach.commands.referred import raise_for_referral, referred_by
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.queries.parting import (
    items_flagged_for_the_other,
    items_going,
    items_with_a_later_flag_of_the_other,
    left_without_an_item,
    referrals_going,
)
from alongside.casework.outreach.rules import State
from alongside.casework.people.models.parting import Going


def items_go_along(going: Going, at: datetime) -> list[str]:
    """Let items go with the person of their referral or flag, or of whoever saw only that record.

    Nobody would be on a list for whom a flag was put on one, and the agency would lose its own item. Their
    referrals go with them; one that was noted on the item of the other person gets an item of its own. Part
    of a command that has checked who asks, sees all rows and parts records.

    Args:
        going: the records they are on, and whose they may be.
        at: when.

    Returns:
        which went, as the audit trail names rows.
    """
    flagged, items = list(items_flagged_for_the_other(going)), items_going(going)
    referrals = list(referrals_going(going))
    went: list[WorkItem | Referral] = [
        *items.select_for_update(of=("self",), no_key=True).order_by("made_at", "id"), *referrals
    ]  # fmt: skip
    for item in flagged:
        item.leave_flag()
    for each in went:
        each.go_to(going.to)
    for item in items_with_a_later_flag_of_the_other(going):
        item.forget_later()
    for referral, noted_on in list(left_without_an_item(going)):
        _raise_apart(referral, noted_on, at)
    return [f"{each._meta.label} {each.id}" for each in went]


def _raise_apart(referral: Referral, noted_on: WorkItem, at: datetime) -> None:
    """Put the person of a referral on the list themself, with whoever has the item it was noted on."""
    answered = referral.answered_at or at
    own = raise_for_referral(referral, person=referral.person, team=noted_on.team, at=answered)
    if noted_on.assigned_to is not None:
        own.give(noted_on.assigned_to, state=State.ASSIGNED, by=referral.answered_by, at=at)
    words = _(
        "The referral by %(by)s was about somebody else: their records were joined by mistake. Check how "
        "soon this should be, which the referral may have brought forward."
    ) % {"by": referred_by(referral)}
    Note.add(item=noted_on, words=words, by_name="Alongside", at=at)
