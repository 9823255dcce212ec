"""Rows in the standard's form. What is published names nobody: contacts have only a role."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from alongside.casework.directory.models import (
        Address,
        DirectoryOrganization,
        Location,
        Schedule,
        Service,
        ServiceAtLocation,
        Taxonomy,
        TaxonomyTerm,
    )

VERSION = "3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile"
OPENAPI = "https://raw.githubusercontent.com/openreferral/uk-profile/main/schema/openapi.json"


def root() -> dict[str, Any]:
    """Return what is at the base of the feed."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


def envelope(contents: list[dict[str, Any]], *, total: int, page: int, per_page: int) -> dict[str, Any]:
    """Return a page; a page beyond the last is empty, and says how many there are."""
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def least(row: "Service") -> dict[str, Any]:
    """Return what the standard requires, and what shows whether to ask for more."""
    return {
        "id": str(row.id),
        "name": row.name,
        "status": row.status,
        "description": row.description,
        "last_modified": row.last_modified.isoformat(),
    }


def flat(row: "Service") -> dict[str, Any]:
    """Return a service with the fields it has one of, as the standard lists services."""
    return _told(
        least(row)
        | {
            "organization_id": str(row.organization_id),
            "url": row.url,
            "email": row.email,
            "fees": row.fees,
            "minimum_age": row.minimum_age,
            "maximum_age": row.maximum_age,
            "assured_date": row.assured_date and row.assured_date.isoformat(),
            "alert": row.alert,
        }
    ) | {"organization": organization(row.organization)}


def service(row: "Service") -> dict[str, Any]:
    """Return a service with everything about it."""
    return flat(row) | {
        "phones": [
            _told({"id": str(each.id), "number": each.number, "description": each.description})
            for each in row.phones.all()
        ],
        "contacts": [{"id": str(part_id(row.id, "contact")), "title": row.contact_role}]
        if row.contact_role
        else [],
        "schedules": [schedule(each) for each in row.schedules.all()],
        "service_areas": [{"id": str(each.id), "name": each.name} for each in row.service_areas.all()],
        "languages": [
            _told({"id": str(each.id), "name": each.name, "code": each.code}) for each in row.languages.all()
        ],
        "cost_options": [
            _told(
                {
                    "id": str(each.id),
                    "option": each.option,
                    "amount": None if each.amount is None else float(each.amount),
                    "currency": each.currency,
                    "amount_description": each.amount_description,
                }
            )
            for each in row.cost_options.all()
        ],
        "attributes": [
            {"id": str(each.id), "link_entity": "service", "taxonomy_term": term(each.term)}
            for each in row.attributes.all()
        ],
        "service_at_locations": [
            _told({"id": str(each.id), "description": each.description})
            | {"location": location(each.location)}
            for each in row.service_at_locations.all()
        ],
    }


def organization(row: "DirectoryOrganization") -> dict[str, Any]:
    """Return a provider; the standard asks for a description, so the name is used if there is none."""
    return _told({"id": str(row.id), "name": row.name, "description": row.remit or row.name, "url": row.url})


def schedule(row: "Schedule") -> dict[str, Any]:
    """Return when a service is open."""
    return _told(
        {
            "id": str(row.id),
            "valid_from": row.valid_from and row.valid_from.isoformat(),
            "valid_to": row.valid_to and row.valid_to.isoformat(),
            "dtstart": row.dtstart and row.dtstart.isoformat(),
            "freq": row.freq,
            "interval": row.interval,
            "byday": row.byday,
            "bymonthday": row.bymonthday,
            "opens_at": row.opens_at and row.opens_at.strftime("%H:%M"),
            "closes_at": row.closes_at and row.closes_at.strftime("%H:%M"),
            "notes": row.notes,
        }
    )


def location(row: "Location") -> dict[str, Any]:
    """Return a place."""
    return _told(
        {
            "id": str(row.id),
            "location_type": row.kind,
            "name": row.name,
            "latitude": row.latitude,
            "longitude": row.longitude,
        }
    ) | {"addresses": [address(each) for each in row.addresses.all()]}


def address(row: "Address") -> dict[str, Any]:
    """Return an address, with every field that the standard asks for."""
    return {
        "id": str(row.id),
        "address_1": row.address_1,
        "address_2": row.address_2,
        "city": row.city,
        "state_province": row.state_province or row.city,
        "postal_code": row.postal_code,
        "country": row.country,
        "address_type": row.address_type,
    }


def taxonomy(row: "Taxonomy") -> dict[str, Any]:
    """Return a list of terms."""
    return _told(
        {
            "id": str(row.id),
            "name": row.name,
            "description": row.description or row.name,
            "uri": row.uri,
            "version": row.version,
        }
    )


def term(row: "TaxonomyTerm") -> dict[str, Any]:
    """Return a term of a list; see ``organization`` for its description."""
    return _told(
        {
            "id": str(row.id),
            "code": row.code,
            "name": row.name,
            "description": row.description or row.name,
            "parent_id": row.parent_id and str(row.parent_id),
            "taxonomy": row.taxonomy.name,
            "taxonomy_detail": taxonomy(row.taxonomy),
            "term_uri": row.term_uri,
        }
    )


def at_location(row: "ServiceAtLocation") -> dict[str, Any]:
    """Return a service at a place."""
    return _told({"id": str(row.id), "description": row.description}) | {
        "location": location(row.location),
        "service": least(row.service) | {"organization": organization(row.service.organization)},
    }


def part_id(service_id: UUID, part: str) -> UUID:
    """Return the id of a part of a service that has no row of its own; it is the same each time."""
    return uuid5(service_id, part)


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out fields that are empty."""
    return {name: value for name, value in fields.items() if value not in (None, "")}
