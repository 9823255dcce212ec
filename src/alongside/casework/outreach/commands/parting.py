"""Items go to the record that they are about when two are parted."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import system_actor
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.notices.commands import tell_members, tell_those_who_may
from alongside.casework.outreach import events
from alongside.casework.outreach.commands.distributing import open_item_of, present_or_cover
from alongside.casework.outreach.commands.referred import (
    note_referral,
    raise_for_referral,
    referred_by,
)
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.queries.able import somebody_gives, who_can_open
from alongside.casework.outreach.queries.lists import is_managed
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
    referrals go with them; what was noted on the item of the other person makes one item of their own, and
    whoever has it is told, or who gives out work there. Part of a command that has checked who asks, sees all
    rows and parts records.

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
        there = open_item_of(referral.person, referral.to_organisation_id)
        if there is None:
            _raise_apart(referral, noted_on, at)
        else:  # made for another of their referrals: somebody is to be rung once
            note_referral(there, referral, by_name="Alongside", at=at)
        words = _(
            "The referral by %(by)s was about somebody else: their records were joined by mistake. Check how "
            "soon this should be, which the referral may have brought forward."
        ) % {"by": referred_by(referral)}
        Note.add(item=noted_on, words=words, by_name="Alongside", at=at)
    return [f"{each._meta.label} {each.id}" for each in went]


def _raise_apart(referral: Referral, noted_on: WorkItem, at: datetime) -> None:
    """Put the person of a referral on the list themself, and tell whoever has them from now on.

    Where nobody has, it has no team either: then a manager finds it on Today until somebody is given it. If
    no manager could open it, whoever looks after members reads there that it waits for one.
    """
    answered, separating = referral.answered_at or at, system_actor("Alongside")
    taker = _whose_it_is(noted_on, at)
    team = noted_on.team if taker else None
    own = raise_for_referral(referral, person=referral.person, team=team, at=answered)
    record(events.ITEM_RAISED, actor=separating, person_id=own.person_id, about=("work_item", own.id))
    words = _(
        "Until their records were separated, this referral was on an item about somebody else. Check whether "
        "anything was done for this person."
    )
    Note.add(item=own, words=words, by_name="Alongside", at=at)
    if taker is None:
        whose = referral.to_organisation_id
        tell_those_who_may(Permission.WORKLIST_MANAGE, organisation_id=whose, actor=separating, at=at)
        if not somebody_gives(organisation=whose, day=timezone.localdate(at)):
            tell_those_who_may(Permission.ORGANISATION_MANAGE, organisation_id=whose, actor=separating, at=at)
    else:
        own.give(taker, state=State.ASSIGNED, by=referral.answered_by, at=at)
        tell_members([taker.id], actor=separating, at=at)


def _whose_it_is(noted_on: WorkItem, at: datetime) -> Membership | None:
    """Whoever has the item it was noted on, or covers for them, if they could open it.

    Otherwise a manager says; where there is none, it is somebody's who could open it, or nobody would see it.
    """
    day, ours = timezone.localdate(at), noted_on.organisation_id
    able = who_can_open(day).filter(organisation=ours, user__is_active=True)
    holder = present_or_cover(noted_on.assigned_to, at) if noted_on.assigned_to else None
    if holder and able.filter(id=holder.id).exists():
        return holder
    if is_managed(organisation=ours, day=day):
        return None
    return able.present_on(day).order_by("user__name", "id").first()
