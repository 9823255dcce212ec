"""How released people stand with the agencies that were given them: what decides when reach ends."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alongside.casework.outreach.models import Attempt, Conversation, Judgement, Note, Referral, WorkItem
from alongside.casework.outreach.rules import OPEN, Standing, State, Verdict, release_still_shows
from alongside.casework.people.models import AboutMe, ChronologyEntry, Person, Reach
from alongside.casework.people.rules import ReachWhy
from alongside.casework.sources.models import Flag

LEAST_DONE = (Attempt, Note, Conversation, Referral)
"""Any of these on an item is work; a judgement alone is none."""


def standing_of(flag: Flag, at: datetime) -> Standing:
    """Return how the person of a flag stands with the flag's agency, under whichever of their joined records.

    Asked within that agency's reach, or beyond all.
    """
    items = list(
        WorkItem.objects.filter(person__in=_records_of(flag.person), organisation_id=flag.organisation_id)
    )
    own = next((item for item in items if item.flag_id == flag.id), None)
    judged = Judgement.objects.filter(item=own).first() if own else None
    return Standing(
        in_force=flag.withdrawn_at is None and flag.expires_at > at,
        state=State(own.state) if own else None,
        verdict=Verdict(judged.verdict) if judged else None,
        raised=own is not None and own.priority is not None,
        worked_on=_worked_on(flag, items),
        another_item=any(item.state in OPEN for item in items if item.flag_id != flag.id),
    )


def only_released(person: Person, organisation_id: UUID) -> bool:
    """Whether an organisation sees a person because of releases alone."""
    reached = Reach.objects.filter(
        person__in=_records_of(person), organisation_id=organisation_id, until=None
    )
    return not reached.exclude(why__in=[ReachWhy.RELEASED, ReachWhy.MERGED]).exists()


def lapsed(at: datetime) -> Iterator[Flag]:
    """Yield the flags whose release lets an agency see a person no longer, though its reach still stands.

    Asked beyond all reach. Only what may have ended is looked at one by one.
    """
    reached = Reach.objects.filter(
        why=ReachWhy.RELEASED,
        until=None,
        person_id=OuterRef("person_id"),
        organisation_id=OuterRef("organisation_id"),
        about=OuterRef("release_id"),
    )
    ended = [state for state in State if state not in OPEN]
    over = Q(expires_at__lte=at) | Q(withdrawn_at__isnull=False) | Q(work_item__state__in=ended)
    for flag in Flag.objects.select_related("person").filter(Exists(reached), over).order_by("id"):
        if not release_still_shows(standing_of(flag, at)):
            yield flag


def _worked_on(flag: Flag, items: list[WorkItem]) -> bool:
    of_items = [item.id for item in items]
    if any(done.objects.filter(item__in=of_items).exists() for done in LEAST_DONE):
        return True
    records = _records_of(flag.person)
    wrote = ChronologyEntry.objects.filter(person__in=records, organisation_id=flag.organisation_id)
    return (
        wrote.exists()
        or AboutMe.objects.filter(person__in=records, written_down_for=flag.organisation_id).exists()
    )


def _records_of(person: Person) -> list[UUID]:
    while person.merged_into is not None:
        person = person.merged_into
    return [person.id, *Person.objects.all().joined_with(person)]
