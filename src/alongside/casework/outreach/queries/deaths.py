"""Which people somebody was asked about have died: whoever was asked must not ring their home."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import Person


def died_since(actor: Actor, referrals: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of some referrals whose person has died, as any of their records says.

    Whoever was asked does not see the record before they accept, so this is looked up beyond their reach: it
    says no more than that, of somebody they were told of. The caller has found the referrals within the
    actor's reach, and records that it shows them.
    """
    if not (asked := list(referrals)):
        return frozenset()
    with beyond_reach(actor):
        return frozenset(found for (found,) in _died(referrals=asked))


@composed_once
def _died(*, referrals: list[UUID]) -> QuerySet[Any, tuple[UUID]]:
    theirs = Referral.objects.filter(among("id", referrals), Person.objects.has_died("person_id"))
    return theirs.order_by().values_list("id")
