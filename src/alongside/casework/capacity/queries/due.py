"""What waits for a practitioner's organisation: advocates it has not instructed, and checks that are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import TruncDate

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.capacity import permissions
from alongside.casework.capacity.models import Advocate, CapacityRecord
from alongside.casework.capacity.rules.advocacy import Advocacy
from alongside.casework.operations import query

SOON = timedelta(days=14)
"""So long before its day a check is shown."""
MOST_SHOWN = 25


class Due(StrEnum):
    """What waits, the more pressing first."""

    ADVOCATE = "advocate"
    """A right to an advocate, and none yet."""
    CHECK = "check"
    """Capacity for a decision is to be looked at again."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits.

    Attributes:
        due: what it is.
        id: of the right to an advocate, or of the record of capacity.
        person_id: whose.
        day: since when an advocate is waited for, or by when somebody is to look again.
    """

    due: Due
    id: UUID
    person_id: UUID
    day: date


@query()
def waiting(*, actor: Actor, day: date) -> list[Waiting]:
    """Return what waits of what the actor's organisation asked and found: in one look at the database.

    People who have a right to an advocate and none yet; and decisions that nobody looked at again, soon or
    long due. The oldest first. It names nobody: that somebody looked is recorded where they go on from here.
    """
    require(permissions.may_record_capacity(actor))
    columns = ("due", "id", "person_id", "day")
    ours = {"organisation_id": actor.member_of, "person__died_on": None}
    advocates = Advocate.objects.filter(**ours, state=Advocacy.NEEDED).annotate(
        due=Value(Due.ADVOCATE.value), day=TruncDate("asked_at")
    )
    newer = CapacityRecord.objects.filter(follows=OuterRef("id"))
    checks = CapacityRecord.objects.filter(~Exists(newer), **ours, next_check__lte=day + SOON).annotate(
        due=Value(Due.CHECK.value), day=F("next_check")
    )
    both = advocates.values_list(*columns).union(checks.values_list(*columns), all=True)
    return [Waiting(Due(due), *others) for due, *others in both.order_by("due", "day", "id")[:MOST_SHOWN]]
