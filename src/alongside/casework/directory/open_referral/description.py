"""Our endpoints of the standard, described as OpenAPI: what can be asked, and what the answers are."""

from typing import Any

from alongside.casework.directory.open_referral.writing import VERSION
from alongside.casework.directory.rules import Status

Schema = dict[str, Any]
LIST_AND_ROW = {
    "services": ("service", "Services that are offered"),
    "taxonomies": ("taxonomy", "Lists of terms"),
    "taxonomy_terms": ("taxonomy_term", "Terms"),
    "service_at_locations": ("service_at_location", "Services at their places"),
}
OLDEST = 150
_ID: Schema = {"type": "string", "format": "uuid"}
_TEXT: Schema = {"type": "string"}
_TRUTH: Schema = {"type": "string", "enum": ["true", "false"]}
_DAY: Schema = {"type": "string", "format": "date"}
_CLOCK: Schema = {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}
_NAMED_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
PARAMETERS: dict[str, Schema] = {
    "page": {"type": "integer", "minimum": 1, "maximum": 100_000, "default": 1},
    "per_page": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
    "search": {"type": "string", "maxLength": 200},
    "taxonomy_term_id": _ID,
    "taxonomy_id": _ID,
    "minimum_age": {"type": "integer", "minimum": 0, "maximum": OLDEST},
    "maximum_age": {"type": "integer", "minimum": 0, "maximum": OLDEST},
    "start_time": _CLOCK,
    "end_time": _CLOCK,
    "day": {"type": "string", "enum": _NAMED_DAYS},
    "postcode": {"type": "string", "maxLength": 10},
    "proximity": {"type": "integer", "minimum": 1, "maximum": 100_000, "description": "In metres"},
    "minimal": _TRUTH,
    "full": _TRUTH,
    "full_service": _TRUTH,
    "modified_after": {"type": "string", "format": "date-time"},
    "organization_id": _ID,
    "format": {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
}


def _object(required: str, **properties: Schema) -> Schema:
    """An object; the standard lets people add fields of their own."""
    return {"type": "object", "required": required.split(), "properties": properties}


def _many(name: str) -> Schema:
    return {"type": "array", "items": _of(name)}


def _of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _schemas() -> dict[str, Schema]:
    number, whole = {"type": "number"}, {"type": "integer", "minimum": 0}
    truth = {"type": "boolean"}
    status = {"type": "string", "enum": [each.value for each in Status]}
    return {
        "root": _object("version profile openapi_url", version=_TEXT, profile=_TEXT, openapi_url=_TEXT),
        "error": _object("error", error=_TEXT, parameters={"type": "object"}),
        "organization": _object("id name description", id=_ID, name=_TEXT, description=_TEXT, url=_TEXT),
        "phone": _object("id number", id=_ID, number=_TEXT, description=_TEXT),
        "contact": _object("id", id=_ID, title=_TEXT),
        "schedule": _object(
            "id",
            id=_ID,
            valid_from=_DAY,
            valid_to=_DAY,
            dtstart=_DAY,
            freq={"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
            interval={"type": "integer", "minimum": 1},
            byday=_TEXT,
            bymonthday=_TEXT,
            opens_at=_CLOCK,
            closes_at=_CLOCK,
            notes=_TEXT,
        ),
        "service_area": _object("id", id=_ID, name=_TEXT),
        "language": _object("id", id=_ID, name=_TEXT, code=_TEXT),
        "cost_option": _object(
            "id", id=_ID, option=_TEXT, amount=number, currency=_TEXT, amount_description=_TEXT
        ),
        "address": _object(
            "id address_1 city state_province postal_code country address_type",
            **dict.fromkeys(("address_1", "address_2", "city", "state_province"), _TEXT),
            **dict.fromkeys(("postal_code", "country", "address_type"), _TEXT),
            id=_ID,
        ),
        "location": _object(
            "id location_type addresses",
            id=_ID,
            location_type={"type": "string", "enum": ["physical", "postal", "virtual"]},
            name=_TEXT,
            latitude=number,
            longitude=number,
            addresses=_many("address"),
        ),
        "taxonomy": _object(
            "id name description", id=_ID, name=_TEXT, description=_TEXT, uri=_TEXT, version=_TEXT
        ),
        "taxonomy_term": _object(
            "id name description",
            **dict.fromkeys(("code", "name", "description", "taxonomy", "term_uri"), _TEXT),
            id=_ID,
            parent_id=_ID,
            taxonomy_detail=_of("taxonomy"),
        ),
        "attribute": _object(
            "id link_entity taxonomy_term", id=_ID, link_entity=_TEXT, taxonomy_term=_of("taxonomy_term")
        ),
        "place_of_service": _object("id location", id=_ID, description=_TEXT, location=_of("location")),
        "service": _object(
            "id name status",
            **dict.fromkeys(("name", "description", "url", "email", "fees", "alert"), _TEXT),
            id=_ID,
            status=status,
            organization_id=_ID,
            minimum_age=number,
            maximum_age=number,
            assured_date=_DAY,
            last_modified={"type": "string", "format": "date-time"},
            organization=_of("organization"),
            phones=_many("phone"),
            contacts=_many("contact"),
            schedules=_many("schedule"),
            service_areas=_many("service_area"),
            languages=_many("language"),
            cost_options=_many("cost_option"),
            attributes=_many("attribute"),
            service_at_locations=_many("place_of_service"),
        ),
        "service_at_location": _object(
            "id location service", id=_ID, description=_TEXT, location=_of("location"), service=_of("service")
        ),
        "page": _object(
            "total_items total_pages page_number size first_page last_page empty contents",
            **dict.fromkeys(("total_items", "total_pages", "page_number", "size"), whole),
            first_page=truth,
            last_page=truth,
            empty=truth,
            contents={"type": "array"},
        ),
    }


def description() -> dict[str, Any]:
    """Return the description, complete in itself."""
    paths: dict[str, Any] = {"/": _get("What this is", _json(_of("root")))}
    for name, (row, what) in LIST_AND_ROW.items():
        contents = {"properties": {"contents": _many(row)}}
        page = {"allOf": [_of("page"), contents]}
        lines = {"application/x-ndjson": {"schema": _TEXT}}
        asked = [{"name": each, "in": "query", "schema": schema} for each, schema in PARAMETERS.items()]
        paths[f"/{name}"] = _get(what, _json(page) | lines, asked, refused=("400",))
        one = [{"name": "id", "in": "path", "required": True, "schema": _ID}]
        paths[f"/{name}/{{id}}"] = _get(f"One of them: {what}", _json(_of(row)), one, refused=("404",))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Directory of services",
            "version": VERSION,
            "description": "The partnership's own services in the Open Referral UK standard: GET, no key.",
        },
        "servers": [{"url": "/open-referral"}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _json(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _get(
    what: str, content: dict[str, Any], parameters: list[Schema] | None = None, refused: tuple[str, ...] = ()
) -> dict[str, Any]:
    anywhere = {"Access-Control-Allow-Origin": {"required": True, "schema": {"const": "*"}}}
    said = {"400": "A parameter is not as described", "404": "There is nothing with this id"}
    answers = {"200": {"description": what, "content": content, "headers": anywhere}}
    for status in refused:
        answers[status] = {
            "description": said[status],
            "content": _json(_of("error")),
            "headers": anywhere,
        }
    return {"get": {"summary": what, "parameters": parameters or [], "responses": answers}}
