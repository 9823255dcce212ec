"""Which members could open what they are given: what goes to anybody else waits for nobody to see it."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.accounts.rules import NEEDED
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import permissions
from alongside.casework.outreach.models import WorkItem


def who_can_open(day: date) -> MembershipQuerySet:
    """Return the members whose role works with lists and whose training is valid on a day.

    Whether they are at work that day is asked besides.
    """
    return Membership.objects.on(day).who_may(Permission.WORKLIST_WORK).trained_on(day, course=NEEDED)


def somebody_gives(*, organisation: UUID, day: date) -> bool:
    """Return whether an organisation has a manager who could open what nobody has, and give it."""
    return bool(_who_gives(organisation=organisation, day=day))


@composed_once
def _who_gives(*, organisation: UUID, day: date) -> QuerySet[Membership, UUID]:
    able = who_can_open(day).who_may(Permission.WORKLIST_MANAGE)
    return able.filter(organisation=organisation, user__is_active=True).values_list("id", flat=True)[:1]


@query()
def how_many_nobody_gives(*, actor: Actor, on: date) -> int:
    """Return how many people are on the organisation's list whom nobody there has, sees or could give.

    It is for whoever looks after members, who may not know who they are: a number, and nobody's name.
    """
    require(permissions.may_hear_that_nobody_gives(actor))
    if somebody_gives(organisation=actor.member_of, day=on):
        return 0
    with beyond_reach(actor):
        unseen = WorkItem.objects.open().filter(organisation_id=actor.member_of, team=None, assigned_to=None)
        return unseen.count()
