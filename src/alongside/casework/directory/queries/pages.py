"""What each page needs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision, require
from alongside.casework.directory import permissions
from alongside.casework.directory.models import Feed, Service
from alongside.casework.directory.models.entries import entry_of
from alongside.casework.directory.rules import Entry, Running, copy_is_stale, running
from alongside.casework.kernel.composed import composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query


@dataclass(frozen=True)
class ServicePage:
    """An entry, whether it is running now, and whether the reader may change it."""

    service: Service
    running: Running
    may_keep: Decision


@dataclass(frozen=True)
class EditPage:
    """An own entry as it is, and when it was last changed: what its form starts with."""

    service_id: UUID
    entry: Entry
    seen: datetime


@dataclass(frozen=True)
class FeedRow:
    """A feed, and whether its last good copy is older than it should be."""

    id: UUID
    name: str
    address: str
    checked_at: datetime | None
    fetched_at: datetime | None
    outcome: str
    left_out: tuple[str, ...]
    stale: bool


@query()
def service_page(*, actor: Actor, at: datetime, service_id: UUID) -> ServicePage:
    """Return an entry, even one that is closed or gone, which says so.

    Raises:
        NotAllowedError: the actor may not read the directory.
        NotFoundError: there is no such entry.
    """
    require(permissions.may_search(actor))
    found = _service(service=service_id)
    if not found:
        raise NotFoundError(_("There is no such entry in the directory."))
    (service,) = found
    return ServicePage(
        service,
        running(service.status, [each.hours for each in service.schedules.all()], at),
        permissions.may_keep(actor, owner_id=service.organization.member_id),
    )


@composed_once
def _service(*, service: UUID) -> QuerySet[Service]:
    return Service.objects.whole().filter(id=service)


@query()
def edit_page(*, actor: Actor, service_id: UUID) -> EditPage:
    """Return an own entry as its form starts with it.

    Raises:
        NotAllowedError: it is another organisation's, or from a feed.
        NotFoundError: there is no such entry.
    """
    require(permissions.may_publish(actor))
    service = Service.objects.select_related("organization").filter(id=service_id).first()
    if service is None:
        raise NotFoundError(_("There is no such entry in the directory."))
    require(permissions.may_keep(actor, owner_id=service.organization.member_id))
    return EditPage(service.id, entry_of(service), service.last_modified)


@query()
def own_entries(*, actor: Actor) -> tuple[Service, ...]:
    """Return the entries of the organisation the actor acts for, the longest unconfirmed first.

    Raises:
        NotAllowedError: the actor does not edit the directory.
    """
    require(permissions.may_publish(actor))
    return tuple(_to_confirm(member=actor.organisation_id))


@composed_once
def _to_confirm(*, member: UUID | None) -> QuerySet[Service]:
    offered = Service.objects.own().offered().filter(organization__member=member)
    return offered.order_by("assured_date", "name", "id")


@query()
def services_of(*, actor: Actor, organisation_id: UUID) -> tuple[Service, ...]:
    """Return the services that, by the directory, a member of the partnership offers, by name.

    Raises:
        NotAllowedError: the actor may not read the directory.
    """
    require(permissions.may_search(actor))
    return tuple(_with_hours(member=organisation_id))


@composed_once
def _with_hours(*, member: UUID) -> QuerySet[Service]:
    offered = Service.objects.own().offered().filter(organization__member=member)
    return offered.prefetch_related("schedules").order_by("name", "id")


@query()
def feeds_page(*, actor: Actor, at: datetime) -> tuple[FeedRow, ...]:
    """Return all feeds with what came of the last check of each.

    Raises:
        NotAllowedError: the actor does not look after the directory's data.
    """
    require(permissions.may_import(actor))
    return tuple(
        FeedRow(
            id=feed.id,
            name=feed.name,
            address=feed.address,
            checked_at=feed.checked_at,
            fetched_at=feed.fetched_at,
            outcome=feed.outcome,
            left_out=tuple(feed.left_out),
            stale=copy_is_stale(feed.fetched_at, at=at),
        )
        for feed in Feed.objects.order_by("name", "id")
    )
