"""Records opened in an emergency: whose, by whom, and which of them are waiting for review."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.models import AuditEvent
from alongside.casework.audit.reading import done_by
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import EmergencyAccess, Person
from alongside.casework.people.queries.trail import AboutThem, about_them
from alongside.casework.people.rules import UNCLEAR

ABOUT = "emergency_access"
"""What events about an emergency access name as their subject."""
MOST_DONE = 200
"""How many things done in an emergency are shown to the reviewer."""
TOLD_FOR = timedelta(days=14)
"""How long agencies that work with a person are told that their record was opened in an emergency."""


@dataclass(frozen=True)
class OpenNow:
    """A person whom somebody has open in an emergency: all their records, and until when."""

    access_id: UUID
    person_id: UUID
    records: frozenset[UUID]
    ends_at: datetime


def emergency_people_of(*, user_id: UUID, organisation_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return all records of the people whom somebody has open in an emergency now, for an organisation.

    Called while their actor is being made, before any reach applies.
    """
    return EmergencyAccess.people_open_to(user_id, organisation_id, at=at)


@query()
def open_emergencies(*, actor: Actor, at: datetime) -> list[OpenNow]:
    """Return what the actor has open in an emergency, the first to end first."""
    require(permissions.may_open_in_emergency(actor))
    return [
        OpenNow(each.id, each.person_id, Person.objects.records_of(each.person_id), each.ends_at)
        for each in _opened_by(user=actor.account, organisation=actor.member_of, at=at)
    ]


@composed_once
def _opened_by(*, user: UUID, organisation: UUID, at: datetime) -> QuerySet[EmergencyAccess]:
    opened = EmergencyAccess.objects.filter(opened_at__lte=at, ends_at__gt=at)
    return opened.filter(user_id=user, organisation_id=organisation).order_by("ends_at", "id")


@query()
def opened_by_others(*, actor: Actor, at: datetime) -> list[EmergencyAccess]:
    """Return emergencies of the last two weeks in which others opened people the actor's organisation sees.

    Those who work with a person should be the first to know that somebody else feared for them.
    """
    require(permissions.may_read_people(actor))
    found = _opened_since(since=at - TOLD_FOR, but_by=actor.member_of)
    return [each for each in found if each.person_id not in actor.emergency_people]


@composed_once
def _opened_since(*, since: datetime, but_by: UUID) -> QuerySet[EmergencyAccess]:
    found = EmergencyAccess.objects.filter(opened_at__gt=since).exclude(organisation_id=but_by)
    return found.select_related("organisation").order_by("-opened_at")


@query()
def emergencies_to_review(*, actor: Actor) -> list[EmergencyAccess]:
    """Return the emergency accesses waiting for a review or a second look, oldest first."""
    require(actor.may(Permission.BREAK_GLASS_REVIEW))
    with beyond_reach(actor):
        waiting = EmergencyAccess.objects.filter(verdict__in=["", UNCLEAR]).select_related("organisation")
        return list(waiting.order_by("opened_at"))


def emergency_to_review(*, actor: Actor, access_id: UUID) -> EmergencyAccess:
    """Return one emergency access that is waiting for review.

    Raises:
        NotFoundError: there is none.
    """
    for each in emergencies_to_review(actor=actor):
        if each.id == access_id:
            return each
    raise NotFoundError(_("There is no such emergency access, or it has been reviewed."))


@dataclass(frozen=True)
class Done:
    """What was done under an emergency access, in order, and whether there is more."""

    events: list[AuditEvent]
    people: AboutThem
    more: bool


@query(records=True, shows_people=False)
def done_in_emergency(*, actor: Actor, access_id: UUID) -> Done:
    """Return what the member who opened a record in an emergency did about the person until it closed.

    The reviewer looks at this first. At most ``MOST_DONE`` events; reading them is recorded, under the
    purpose of the emergency.

    Raises:
        NotFoundError: there is no such access.
    """
    require(permissions.may_review_emergencies(actor))
    with beyond_reach(actor):
        access = EmergencyAccess.objects.filter(id=access_id).first()
        if access is None:
            raise NotFoundError(_("There is no such emergency access."))
        records = Person.objects.records_of(access.person_id)
    found = done_by(
        actor_id=access.user_id,
        organisation_id=access.organisation_id,
        people=records,
        first=access.opened_at,
        until=access.ends_at,
        about=(ABOUT, access.id),
        at_most=MOST_DONE + 1,
    )
    shown = found[:MOST_DONE]
    record(
        events.EMERGENCY_LOOKED_INTO,
        actor=actor.working_for(access.purpose),
        person_id=access.person_id,
        about=(ABOUT, access.id),
    )
    return Done(shown, about_them(actor=actor, events=shown), more=len(found) > MOST_DONE)
