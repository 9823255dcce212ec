"""Whether what an item was raised for must not be spoken of: a worry about the person is not safe to know."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.models import Referral, WorkItem


def is_raised_unsafely(item: WorkItem, records: Iterable[UUID]) -> bool:
    """Say whether what a professional put somebody on the list for must not be put to the person.

    Its words are not compared with the worry that is not safe to know: a worry comes back in other words, and
    one question too few does less harm than the one that tells who told.

    Args:
        item: which the caller has checked that the actor sees.
        records: all of the person.
    """
    if not item.raised_why:
        return False
    return bool(_not_safe(item=item.id, people=list(records), organisation=item.organisation_id))


@composed_once
def _not_safe(*, item: UUID, people: list[UUID], organisation: UUID) -> QuerySet[Any, tuple[UUID]]:
    """What was told and what was asked, by this organisation and of it."""
    theirs = among("person", people)
    asked = Q(item=item) | Q(theirs, to_organisation=organisation) | Q(theirs, from_organisation=organisation)
    told = Concern.objects.filter(theirs, organisation=organisation).exclude(why_not_safe="")
    referred = Referral.objects.filter(asked).exclude(why_not_safe="")
    return told.order_by().values_list("id").union(referred.order_by().values_list("id"), all=True)
