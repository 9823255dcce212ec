"""What a reader of events may know about the people concerned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.audit.models import AuditEvent
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import EmergencyAccess
from alongside.casework.people.queries import people_visible_to


@dataclass(frozen=True)
class AboutThem:
    """Names of the people within the reader's reach, by id, and which events were done in an emergency."""

    names: dict[UUID, str] = field(default_factory=dict)
    in_emergency: frozenset[int] = frozenset()

    def name_of(self, person_id: UUID) -> str:
        """Return what a person is known as, or a note that they are outside the reader's reach."""
        return self.names.get(person_id) or _("A person outside your reach")


def about_them(*, actor: Actor, events: Sequence[AuditEvent], person_id: UUID | None = None) -> AboutThem:
    """Return what a reader may know about the people in some events. The caller has checked the actor.

    Args:
        actor: who reads.
        events: the events they are shown.
        person_id: somebody else the page is about.
    """
    people = {event.person_id for event in events if event.person_id is not None}
    wanted = people | ({person_id} if person_id else set())
    names = dict(people_visible_to(actor).filter(id__in=wanted).values_list("id", "known_as"))
    accounts = {event.actor_id for event in events if event.person_id is not None and event.actor_id}
    if not accounts:
        return AboutThem(names)
    with beyond_reach(actor):
        opened = list(
            EmergencyAccess.objects.filter(
                opened_at__lte=max(event.at for event in events),
                ends_at__gte=min(event.at for event in events),
                user_id__in=accounts,
                person__in=people,
            ).values_list("user_id", "person_id", "opened_at", "ends_at")
        )
    in_emergency = {
        event.sequence
        for event in events
        for account, person, begins, ends in opened
        if (event.actor_id, event.person_id) == (account, person) and begins <= event.at <= ends
    }
    return AboutThem(names, frozenset(in_emergency))
