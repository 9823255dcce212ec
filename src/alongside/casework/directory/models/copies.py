"""Replacing the last copy of a feed with a complete new one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from alongside.casework.directory.models.details import CostOption, Language, Phone, Schedule, ServiceArea
from alongside.casework.directory.models.feeds import Feed
from alongside.casework.directory.models.organizations import DirectoryOrganization
from alongside.casework.directory.models.places import Address, Location, ServiceAtLocation
from alongside.casework.directory.models.services import Service, local_day, searchable
from alongside.casework.directory.models.taxonomies import Attribute, Taxonomy, TaxonomyTerm
from alongside.casework.directory.open_referral import schema
from alongside.casework.directory.rules import confirmed_on

WHOLE = (
    "organization", "name", "description", "url", "email", "status", "fees", "minimum_age", "maximum_age",
    "assured_date", "alert", "last_modified", "gone_since", "extra", "search_text",
)  # fmt: skip
BATCH = 500


def id_here(feed: Feed, theirs: UUID) -> UUID:
    """Return our id for something in a feed: no feed can claim another's id, or one of our own."""
    return uuid5(feed.id, str(theirs))


def replace_copy(feed: Feed, told: list[schema.Service], *, at: datetime) -> int:
    """Write what a feed lists; services it listed before and no longer lists are kept as gone.

    Returns:
        How many it listed before and no longer lists.
    """
    _organizations(feed, told)
    services = [_service(feed, each, at) for each in told]
    Service.objects.bulk_create(
        services, update_conflicts=True, unique_fields=["id"], update_fields=WHOLE, batch_size=BATCH
    )
    ids = [each.id for each in services]
    gone = feed.services.filter(gone_since=None).exclude(id__in=ids).update(gone_since=at)
    _clear(feed, ids)
    _details(services, told)
    _places(services, told)
    _terms(feed, services, told)
    return gone


def _organizations(feed: Feed, told: list[schema.Service]) -> None:
    providers = {each.organization.id: each.organization for each in told}
    DirectoryOrganization.objects.bulk_create(
        [
            DirectoryOrganization(
                id=id_here(feed, each.id),
                feed=feed,
                name=each.name,
                description=each.description,
                url=each.url,
            )
            for each in providers.values()
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "description", "url"],
        batch_size=BATCH,
    )


def _service(feed: Feed, told: schema.Service, at: datetime) -> Service:
    modified = told.last_modified or at
    return Service(
        id=id_here(feed, told.id),
        feed=feed,
        source_id=told.id,
        organization_id=id_here(feed, told.organization.id),
        name=told.name,
        description=told.description,
        url=told.url,
        email=told.email,
        status=told.status,
        fees=told.fees,
        minimum_age=_years(told.minimum_age),
        maximum_age=_years(told.maximum_age),
        assured_date=confirmed_on(told.assured_date, on=local_day(at)),
        alert=told.alert,
        last_modified=modified if modified.tzinfo else modified.replace(tzinfo=UTC),
        gone_since=None,
        extra=told.extra,
        search_text=searchable(
            told.name,
            told.description,
            told.organization.name,
            *(area.name for area in told.service_areas),
            terms=[each.taxonomy_term.name for each in told.attributes if each.taxonomy_term],
        ),
    )


def _years(age: float | None) -> int | None:
    return None if age is None else int(age)


def _clear(feed: Feed, ids: list[UUID]) -> None:
    Location.objects.filter(service_at_locations__service__in=ids).delete()
    for table in (Phone, Schedule, ServiceArea, Language, CostOption, Attribute):
        table.objects.filter(service__in=ids).delete()
    feed.taxonomies.all().delete()


def _details(services: list[Service], told: list[schema.Service]) -> None:
    rows: dict[Any, list[Any]] = {Phone: [], Schedule: [], ServiceArea: [], Language: [], CostOption: []}
    for service, each in zip(services, told, strict=True):
        rows[Phone] += [
            Phone(service=service, place=place, **phone.model_dump())
            for place, phone in enumerate(each.phones)
        ]
        rows[Schedule] += [
            Schedule(
                service=service,
                place=place,
                **schedule.model_dump() | {"freq": schedule.freq or "", "interval": schedule.interval or 1},
            )
            for place, schedule in enumerate(each.schedules)
        ]
        rows[ServiceArea] += [
            ServiceArea(service=service, place=place, name=area.name)
            for place, area in enumerate(each.service_areas)
            if area.name
        ]
        rows[Language] += [
            Language(service=service, place=place, name=language.name or language.code, code=language.code)
            for place, language in enumerate(each.languages)
            if language.name or language.code
        ]
        rows[CostOption] += [
            CostOption(service=service, place=place, **cost.model_dump())
            for place, cost in enumerate(each.cost_options)
        ]
    for table, made in rows.items():
        table.objects.bulk_create(made, batch_size=BATCH)


def _places(services: list[Service], told: list[schema.Service]) -> None:
    locations, addresses, joins = [], [], []
    for service, each in zip(services, told, strict=True):
        for at_location in each.service_at_locations:
            if (place := at_location.location) is None:
                continue
            location = Location(
                kind=place.location_type, name=place.name, latitude=place.latitude, longitude=place.longitude
            )
            locations.append(location)
            addresses += [Address(location=location, **address.model_dump()) for address in place.addresses]
            joins.append(
                ServiceAtLocation(service=service, location=location, description=at_location.description)
            )
    Location.objects.bulk_create(locations, batch_size=BATCH)
    Address.objects.bulk_create(addresses, batch_size=BATCH)
    ServiceAtLocation.objects.bulk_create(joins, batch_size=BATCH)


def _terms(feed: Feed, services: list[Service], told: list[schema.Service]) -> None:
    taxonomies: dict[UUID, Taxonomy] = {}
    terms: dict[UUID, TaxonomyTerm] = {}
    said: dict[tuple[UUID, UUID], Attribute] = {}
    for service, each in zip(services, told, strict=True):
        for term in (attribute.taxonomy_term for attribute in each.attributes):
            if term is None:
                continue
            detail = term.taxonomy_detail or (
                term.taxonomy if isinstance(term.taxonomy, schema.Taxonomy) else None
            )
            named = detail.name if detail else str(term.taxonomy)
            taxonomy_id = id_here(feed, detail.id) if detail else uuid5(feed.id, f"taxonomy {named}")
            taxonomies.setdefault(taxonomy_id, Taxonomy(id=taxonomy_id, feed=feed, name=named or feed.name))
            term_id = id_here(feed, term.id)
            terms.setdefault(
                term_id,
                TaxonomyTerm(
                    id=term_id,
                    taxonomy_id=taxonomy_id,
                    code=term.code,
                    name=term.name,
                    description=term.description,
                    term_uri=term.term_uri,
                ),
            )
            said.setdefault((service.id, term_id), Attribute(service=service, term_id=term_id))
    Taxonomy.objects.bulk_create(taxonomies.values(), batch_size=BATCH)
    TaxonomyTerm.objects.bulk_create(terms.values(), batch_size=BATCH)
    Attribute.objects.bulk_create(said.values(), batch_size=BATCH)
