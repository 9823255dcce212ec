"""What waits for a practitioner's organisation: advocates it has not instructed, and checks that are due."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.models import Advocate, CapacityRecord
from alongside.casework.capacity.rules.advocacy import Advocacy
from alongside.casework.operations import query

SOON = timedelta(days=14)
"""So long before its day a check is shown."""
MOST_SHOWN = 25


@query(shows_people=True)
def advocates_to_instruct(*, actor: Actor) -> list[Advocate]:
    """Return people who have a right to an advocate that the actor's organisation found, and have none yet.

    Who waits longest comes first. Where any are shown, that is recorded.
    """
    require(permissions.may_record_capacity(actor))
    waiting = Advocate.objects.select_related("person").filter(
        organisation_id=actor.member_of, state=Advocacy.NEEDED, person__died_on=None
    )
    found = list(waiting.order_by("asked_at", "id")[:MOST_SHOWN])
    if found:
        record(events.DUE_SEEN, actor=actor, found=len(found))
    return found


@query(shows_people=True)
def checks_due(*, actor: Actor, day: date) -> list[CapacityRecord]:
    """Return records of the actor's organisation that are to be looked at again soon, or were to be.

    What nobody assessed again; the longest overdue first. Where any are shown, that is recorded.
    """
    require(permissions.may_record_capacity(actor))
    newer = CapacityRecord.objects.filter(follows=OuterRef("id"))
    due = CapacityRecord.objects.select_related("person").filter(
        ~Exists(newer),
        organisation_id=actor.member_of,
        next_check__lte=day + SOON,
        person__died_on=None,
    )
    found = list(due.order_by("next_check", "id")[:MOST_SHOWN])
    if found:
        record(events.DUE_SEEN, actor=actor, found=len(found))
    return found
