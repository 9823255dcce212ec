"""Which members could open what they are given: what goes to anybody else waits for nobody to see it."""

from datetime import date

from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.accounts.models.members import MembershipQuerySet
from alongside.casework.accounts.rules import NEEDED


def who_can_open(day: date) -> MembershipQuerySet:
    """Return the members whose role works with lists and whose training is valid on a day.

    Whether they are at work that day is asked besides.
    """
    return Membership.objects.on(day).who_may(Permission.WORKLIST_WORK).trained_on(day, course=NEEDED)
