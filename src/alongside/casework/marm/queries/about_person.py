"""What a person's page says about the case about them: that there is one, who leads it, the next meeting."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.marm import permissions
from alongside.casework.marm.models import Case, Lead, Meeting
from alongside.casework.marm.queries.doors import cases_within, who_asks
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query
from alongside.casework.people.models import Person


@dataclass(frozen=True)
class MeetingNext:
    """The next meeting: which, and when it begins."""

    id: UUID
    kind: str
    number: int
    begins_at: datetime


@dataclass(frozen=True)
class CaseNow:
    """A current case; ``led_by`` is empty while nobody leads, ``meeting`` is None if none is to come."""

    case: Case
    led_by: str
    meeting: MeetingNext | None


@query(shows_people=True)
def case_now(*, actor: Actor, person_id: UUID, since: datetime) -> CaseNow | None:
    """Return the current case about a person, if the actor's organisation takes part in one.

    The page that shows it records that somebody looked.

    Args:
        actor: who asks.
        person_id: about whom, by any record of theirs.
        since: a meeting that begins before this is no longer to come.
    """
    require(permissions.may_read_cases(actor))
    found = _standing(actor.reach == EVERYBODY, person=person_id, since=since, **who_asks(actor))
    if not found:
        return None
    told = vars(found[0])
    coming = {column: told[f"next_{column}"] for column in _OF_MEETING}
    return CaseNow(found[0], told["led_by"] or "", MeetingNext(**coming) if coming["id"] else None)


_OF_MEETING = ("id", "kind", "number", "begins_at")


@composed_once
def _standing(
    everything: bool, /, *, person: UUID, since: datetime, organisation: UUID | None, account: UUID | None
) -> QuerySet[Case]:
    leads = Lead.objects.filter(case=OuterRef("id"), until=None, declined_at=None, acting=False)
    led_by = leads.exclude(accepted_at=None).values("member__user__name")[:1]
    to_come = Meeting.objects.filter(case=OuterRef("id"), cancelled_at=None, begins_at__gte=since)
    # in one query: a person's page makes many
    meeting = {
        f"next_{each}": Subquery(to_come.order_by("begins_at", "id").values(each)[:1]) for each in _OF_MEETING
    }
    stand = cases_within(everything, organisation, account).filter(
        person__in=Person.objects.all_of(person), stage__in=STANDING
    )
    return stand.annotate(led_by=Subquery(led_by), **meeting).order_by("asked_at", "id")
