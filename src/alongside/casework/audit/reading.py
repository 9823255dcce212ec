"""Events read back, newest first, a page at a time. The query that calls this checks who asks.

Nothing is counted, and there are no page numbers: a page begins before or after an event, so that it costs
the same whether there are a hundred events or millions. Each question here has its index.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.casework.audit.models import AuditEvent

EVENTS_AT_ONCE = 25
"""How many events are on a page."""
CLOCK_WAS_SET_BACK_BY = timedelta(days=1)
"""Events are numbered in the order of the database's clock; if that was set back, by no more than this."""
_BOUNDS = """select
  (select sequence from audit_auditevent where at >= %s order by at limit 1),
  (select sequence from audit_auditevent where at < %s order by at desc limit 1)"""


@dataclass(frozen=True)
class Wanted:
    """Which events.

    Attributes:
        actor_id: only what this account did.
        codes: only events of these types; None for all types.
        first: only from this moment on.
        until: only from before this moment.
        people: only events about one of these people's ids; None for events about anybody or nobody.
    """

    actor_id: UUID | None = None
    codes: Collection[str] | None = None
    first: datetime | None = None
    until: datetime | None = None
    people: Collection[UUID] | None = None


@dataclass(frozen=True)
class Turned:
    """Where a page begins: just before or just after the event with this number, or else at the newest."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class EventsPage:
    """Some events, newest first, and whether there are newer and older ones that match."""

    events: list[AuditEvent] = field(default_factory=list)
    has_newer: bool = False
    has_older: bool = False

    @property
    def leads_to(self) -> dict[str, int | None]:
        """Return after which event the newer ones begin and before which the older ones; None if none."""
        newest = self.events[0].sequence if self.events and self.has_newer else None
        oldest = self.events[-1].sequence if self.events and self.has_older else None
        return {"newer_after": newest, "older_before": oldest}


def events_page(wanted: Wanted, turned: Turned, *, at_once: int = EVENTS_AT_ONCE) -> EventsPage:
    """Return at most ``at_once`` of the events that are wanted, newest first."""
    if turned.after is not None:
        newer = _first_of(wanted, Q(sequence__gt=turned.after), "sequence", at_once + 1)
        return EventsPage(newer[:at_once][::-1], has_newer=len(newer) > at_once, has_older=True)
    before = Q() if turned.before is None else Q(sequence__lt=turned.before)
    older = _first_of(wanted, before, "-sequence", at_once + 1)
    return EventsPage(older[:at_once], has_newer=turned.before is not None, has_older=len(older) > at_once)


def done_by(
    *,
    actor_id: UUID,
    organisation_id: UUID,
    people: Collection[UUID],
    first: datetime,
    until: datetime,
    about: tuple[str, UUID],
    at_most: int,
) -> list[AuditEvent]:
    """Return what somebody did about some people between two moments, in the order in which it was done.

    Args:
        actor_id: their account.
        organisation_id: the organisation they acted for.
        people: whom it was about.
        first: from this moment on.
        until: up to this moment.
        about: kind and id of a thing; what they did about that counts at any time.
        at_most: how many at most.
    """
    then = Q(at__gte=first, at__lte=until) | Q(about_kind=about[0], about_id=str(about[1]))
    found = _of(Wanted(actor_id=actor_id, people=people)).filter(then, organisation_id=organisation_id)
    return list(found.order_by("sequence")[:at_most])


def first_event_at() -> datetime | None:
    """Return when the first event was recorded: that a partnership was set up. None if there is none yet."""
    return AuditEvent.objects.order_by("sequence").values_list("at", flat=True).first()


def _first_of(wanted: Wanted, where: Q, order: str, at_most: int) -> list[AuditEvent]:
    """The first of the events that are wanted; if there are several types, each is read by its own index.

    Asked for all types at once, PostgreSQL would read every event to find that there are none of a rare type.
    What one member did, or what is about one person, is little, whatever its types.
    """
    found = _of(wanted).filter(where)
    if wanted.codes and wanted.actor_id is None and wanted.people is None:
        first, *others = [found.filter(code=code).order_by(order)[:at_most] for code in wanted.codes]
        return list(first.union(*others, all=True).order_by(order)[:at_most] if others else first)
    return list(found.order_by(order)[:at_most])


def _of(wanted: Wanted) -> QuerySet[AuditEvent]:
    found = AuditEvent.objects.defer("hash", "previous_hash")
    if wanted.actor_id is not None:
        found = found.filter(actor_id=wanted.actor_id)
    if wanted.codes is not None:
        found = found.filter(code__in=wanted.codes)
    if wanted.people is not None:
        found = found.filter(person_id__in=wanted.people)
    if wanted.first is not None or wanted.until is not None:
        found = found.filter(_between(wanted.first, wanted.until))
    return found


def _between(first: datetime | None, until: datetime | None) -> Q:
    """Filter by event numbers as well: every index ends in them, and only one in the time."""
    early = None if first is None else first - CLOCK_WAS_SET_BACK_BY
    late = None if until is None else until + CLOCK_WAS_SET_BACK_BY
    with connection.cursor() as cursor:
        cursor.execute(_BOUNDS, [early, late])
        lowest, highest = cursor.fetchone()
    found = Q()
    if first is not None:
        found &= Q(at__gte=first) & (Q(sequence__gte=lowest) if lowest else Q(sequence=None))
    if until is not None:
        found &= Q(at__lt=until) & (Q(sequence__lte=highest) if highest else Q(sequence=None))
    return found
