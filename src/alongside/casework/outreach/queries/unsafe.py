"""Whether an item was raised by a worry that it is not safe for the person to know of."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules.risks import is_among


def is_raised_unsafely(item: WorkItem, records: Iterable[UUID]) -> bool:
    """Say whether what a professional put somebody on the list for must not be put to the person.

    Args:
        item: which the caller has checked that the actor sees.
        records: all of the person.
    """
    if not item.raised_why:
        return False
    found = _not_safe(item=item.id, people=list(records), organisation=item.organisation_id)
    return is_among(item.raised_why, [words for (words,) in found])


@composed_once
def _not_safe(*, item: UUID, people: list[UUID], organisation: UUID) -> QuerySet[Any, tuple[str]]:
    """What was told and what was asked, by this organisation and of it."""
    ours = Q(among("person", people), organisation=organisation)
    asked = Q(item=item) | Q(among("person", people), to_organisation=organisation)
    told = Concern.objects.filter(ours).exclude(why_not_safe="").order_by().values_list("words")
    return told.union(
        Referral.objects.filter(asked).exclude(why_not_safe="").order_by().values_list("why"), all=True
    )
