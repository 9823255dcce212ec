"""Writing and reading everything an own entry says, across its tables."""

from dataclasses import replace
from datetime import datetime

from alongside.casework.directory.models.details import Language, Phone, Schedule, ServiceArea
from alongside.casework.directory.models.places import Address, Location, ServiceAtLocation
from alongside.casework.directory.models.services import Service, searchable
from alongside.casework.directory.models.taxonomies import Attribute, TaxonomyTerm
from alongside.casework.directory.postcodes import as_postcode, asked_for, district_of
from alongside.casework.directory.rules import Entry, Place, Status

PLAIN = (
    "name", "description", "status", "url", "email", "contact_role", "fees", "minimum_age", "maximum_age",
    "alert",
)  # fmt: skip
"""Fields with the same name in an entry and in the table of services."""


def tell_all(service: Service, entry: Entry, *, at: datetime) -> Service:
    """Make an own service say what the entry says, and nothing it said before."""
    terms = list(TaxonomyTerm.objects.filter(id__in=entry.needs).order_by("name", "id"))
    service.change(
        at=at,
        search_text=searchable(
            entry.name, entry.description, service.organization.name, *entry.areas,
            terms=[term.name for term in terms],
        ),
        **{name: getattr(entry, name) for name in PLAIN},
    )  # fmt: skip
    # what it said before is a known place as well, so look before that is gone
    place = entry.place and _on_the_map(entry.place)
    _unsay(service)
    Attribute.objects.bulk_create(Attribute(service=service, term=term) for term in terms)
    Language.objects.bulk_create(
        Language(service=service, place=number, name=name) for number, name in enumerate(entry.languages)
    )
    ServiceArea.objects.bulk_create(
        ServiceArea(service=service, place=number, name=name) for number, name in enumerate(entry.areas)
    )
    Schedule.objects.bulk_create(
        Schedule(service=service, place=number, **vars(hours)) for number, hours in enumerate(entry.hours)
    )
    if entry.telephone:
        Phone.objects.create(service=service, number=entry.telephone, description=entry.contact_role)
    if place:
        _put(service, place)
    return service


def entry_of(service: Service) -> Entry:
    """Return everything an own service says."""
    phone = service.phones.first()
    address = Address.objects.filter(location__service_at_locations__service=service).first()
    return Entry(
        **{name: getattr(service, name) for name in PLAIN} | {"status": Status(service.status)},
        telephone=phone.number if phone else "",
        place=Place(
            address_1=address.address_1,
            city=address.city,
            postal_code=address.postal_code,
            latitude=address.location.latitude,
            longitude=address.location.longitude,
        )
        if address
        else None,
        hours=tuple(each.hours for each in service.schedules.order_by("place")),
        languages=tuple(service.languages.order_by("place").values_list("name", flat=True)),
        areas=tuple(service.service_areas.order_by("place").values_list("name", flat=True)),
        needs=frozenset(service.attributes.values_list("term_id", flat=True)),
    )


def _unsay(service: Service) -> None:
    Location.objects.filter(service_at_locations__service=service).delete()
    for told in (
        service.phones, service.schedules, service.languages, service.service_areas, service.attributes
    ):  # fmt: skip
        told.all().delete()


def _on_the_map(place: Place) -> Place:
    """Where anything else is that has the same postcode: a form asks nobody for latitude and longitude."""
    postcode = as_postcode(place.postal_code)
    if place.latitude is not None or postcode is None or postcode == district_of(postcode):
        return place
    latitude, longitude = Address.objects.middle(asked_for(postcode)) or (None, None)
    return replace(place, latitude=latitude, longitude=longitude)


def _put(service: Service, place: Place) -> None:
    location = Location.objects.create(latitude=place.latitude, longitude=place.longitude)
    Address.objects.create(
        location=location,
        address_1=place.address_1,
        city=place.city,
        postal_code=place.postal_code,
    )
    ServiceAtLocation.objects.create(service=service, location=location)
