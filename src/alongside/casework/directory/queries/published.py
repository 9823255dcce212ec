"""What anybody may read of the partnership's own directory, in the standard's form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.directory import permissions
from alongside.casework.directory.models import Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from alongside.casework.directory.models.services import ServiceQuerySet
from alongside.casework.directory.open_referral import writing
from alongside.casework.directory.postcodes import as_postcode
from alongside.casework.directory.queries.places import METRES_NEAR, where_is
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query

Row = TypeVar("Row", bound=Model)
NOT_THERE = "There is nothing with this id here."


@dataclass(frozen=True)
class Asked:
    """What the standard lets people ask for; see its own words. Everything here has been validated."""

    page: int = 1
    per_page: int = 50
    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    start_time: time | None = None
    end_time: time | None = None
    day: str = ""
    postcode: str = ""
    proximity: int | None = None
    modified_after: datetime | None = None
    organization_id: UUID | None = None
    minimal: bool = False
    full: bool = False


@query()
def published_services(*, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return a page of own services."""
    require(permissions.may_read_published(actor))
    form = writing.service if asked.full else writing.least if asked.minimal else writing.flat
    rows = _services(asked)
    return _page(rows.whole() if asked.full else rows.select_related("organization__member"), asked, form)


@query()
def get_published_service(*, actor: Actor, service_id: UUID) -> dict[str, Any]:
    """Return an own service, even one that is closed.

    Raises:
        NotFoundError: there is none with this id, or it comes from a feed.
    """
    require(permissions.may_read_published(actor))
    return writing.service(_one(Service.objects.own().whole(), service_id))


@query()
def published_taxonomies(*, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return a page of own lists of terms."""
    require(permissions.may_read_published(actor))
    rows = Taxonomy.objects.filter(feed=None, name__icontains=asked.search).order_by("name", "id")
    return _page(rows, asked, writing.taxonomy)


@query()
def get_published_taxonomy(*, actor: Actor, taxonomy_id: UUID) -> dict[str, Any]:
    """Return an own list of terms.

    Raises:
        NotFoundError: there is none with this id.
    """
    require(permissions.may_read_published(actor))
    return writing.taxonomy(_one(Taxonomy.objects.filter(feed=None), taxonomy_id))


@query()
def published_terms(*, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return a page of own terms."""
    require(permissions.may_read_published(actor))
    rows = _terms().filter(name__icontains=asked.search).order_by("name", "id")
    if asked.taxonomy_id:
        rows = rows.filter(taxonomy_id=asked.taxonomy_id)
    return _page(rows, asked, writing.term)


@query()
def get_published_term(*, actor: Actor, term_id: UUID) -> dict[str, Any]:
    """Return an own term.

    Raises:
        NotFoundError: there is none with this id.
    """
    require(permissions.may_read_published(actor))
    return writing.term(_one(_terms(), term_id))


@query()
def published_at_locations(*, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return a page of own services at their places, near a postcode if one is asked for.

    Places that are not on the map are near what is in the same district. What is no postcode, and one that
    nothing is near to, finds nothing, rather than everything.
    """
    require(permissions.may_read_published(actor))
    services = _services(asked)
    if asked.postcode:
        postcode = as_postcode(asked.postcode)
        if postcode is None:
            return _page(ServiceAtLocation.objects.none(), asked, writing.at_location)
        services = Service.objects.filter(id__in=services.values("id")).near(
            postcode, where_is(postcode), metres=asked.proximity or METRES_NEAR
        )
    rows = _at_locations().filter(service__in=services.values("id")).order_by("service__name", "id")
    return _page(rows, asked, writing.at_location)


@query()
def get_published_at_location(*, actor: Actor, at_location_id: UUID) -> dict[str, Any]:
    """Return an own service at one of its places.

    Raises:
        NotFoundError: there is none with this id.
    """
    require(permissions.may_read_published(actor))
    return writing.at_location(_one(_at_locations(), at_location_id))


def _services(asked: Asked) -> ServiceQuerySet:
    rows = Service.objects.own().order_by("name", "id")
    if asked.search:
        rows = rows.like(asked.search)
    # those who ask for changes are also told what was closed
    changed = rows.filter(last_modified__gte=asked.modified_after) if asked.modified_after else None
    rows = rows.offered() if changed is None else changed
    if asked.organization_id:
        rows = rows.filter(organization_id=asked.organization_id)
    if asked.minimum_age is not None:
        rows = rows.filter(Q(maximum_age=None) | Q(maximum_age__gte=asked.minimum_age))
    if asked.maximum_age is not None:
        rows = rows.filter(Q(minimum_age=None) | Q(minimum_age__lte=asked.maximum_age))
    for inner in (_with_terms(asked), _with_hours(asked)):
        if inner is not None:
            rows = rows.filter(id__in=inner.values("id"))
    return rows


def _with_terms(asked: Asked) -> ServiceQuerySet | None:
    meant = Q()
    if asked.taxonomy_term_id:
        meant &= Q(attributes__term_id=asked.taxonomy_term_id)
    if asked.taxonomy_id:
        meant &= Q(attributes__term__taxonomy_id=asked.taxonomy_id)
    return Service.objects.filter(meant) if meant else None


def _with_hours(asked: Asked) -> ServiceQuerySet | None:
    meant = Q()
    if asked.day:
        meant &= Q(schedules__byday__contains=asked.day)
    if asked.start_time:
        meant &= Q(schedules__opens_at__lte=asked.start_time)
    if asked.end_time:
        meant &= Q(schedules__closes_at__gte=asked.end_time)
    return Service.objects.filter(meant) if meant else None


def _terms() -> QuerySet[TaxonomyTerm]:
    return TaxonomyTerm.objects.filter(taxonomy__feed=None).select_related("taxonomy")


def _at_locations() -> QuerySet[ServiceAtLocation]:
    return (
        ServiceAtLocation.objects.filter(service__feed=None)
        .select_related("location", "service__organization__member")
        .prefetch_related("location__addresses")
    )


def _page(rows: QuerySet[Row], asked: Asked, form: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    total, first = rows.count(), (asked.page - 1) * asked.per_page
    contents = [form(row) for row in rows[first : first + asked.per_page]]
    return writing.envelope(contents, total=total, page=asked.page, per_page=asked.per_page)


def _one(rows: QuerySet[Row], row_id: UUID) -> Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotFoundError(NOT_THERE)
    return found
