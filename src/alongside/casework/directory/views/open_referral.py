"""The published feed: GET, without a key, for anybody anywhere; errors are JSON as well."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse

from alongside.casework.access.actors import Actor
from alongside.casework.directory import queries
from alongside.casework.directory.forms import AskedForm
from alongside.casework.directory.open_referral import writing
from alongside.casework.directory.open_referral.description import description
from alongside.casework.kernel.errors import NotFoundError

PUBLIC = Actor(name="the public", user_id=None, organisation_id=None, organisation_name="")
LONGEST_QUERY = 4_000
"""Characters, in all parameters together."""

Endpoint = Callable[..., HttpResponse]


def published(endpoint: Endpoint) -> Endpoint:
    """Make a view one that anybody may GET, whose answers are all JSON and can be read from any site."""

    @login_not_required
    @wraps(endpoint)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            if request.method not in ("GET", "HEAD"):
                answer: HttpResponse = _refused(405, "Only GET is allowed here.")
                answer["Allow"] = "GET, HEAD"
            else:
                answer = endpoint(request, **named)
        except NotFoundError as error:
            answer = _refused(404, str(error))
        answer["Access-Control-Allow-Origin"] = "*"
        return answer

    return answered


@published
def root(_: HttpRequest) -> HttpResponse:
    """What this is, with a link to its description (RFC 8631): the standard's own field names another one."""
    answer = JsonResponse(writing.root())
    answer["Link"] = '<openapi.json>; rel="service-desc"'
    return answer


@published
def described(_: HttpRequest) -> HttpResponse:
    """What can be asked here and what the answers are, as OpenAPI."""
    return JsonResponse(description())


@published
def services(request: HttpRequest) -> HttpResponse:
    """A page of services."""
    return _listed(request, queries.published_services)


@published
def service(_: HttpRequest, row_id: str) -> HttpResponse:
    """One service."""
    return JsonResponse(queries.get_published_service(actor=PUBLIC, service_id=_id(row_id)))


@published
def taxonomies(request: HttpRequest) -> HttpResponse:
    """A page of lists of terms."""
    return _listed(request, queries.published_taxonomies)


@published
def taxonomy(_: HttpRequest, row_id: str) -> HttpResponse:
    """One list of terms."""
    return JsonResponse(queries.get_published_taxonomy(actor=PUBLIC, taxonomy_id=_id(row_id)))


@published
def terms(request: HttpRequest) -> HttpResponse:
    """A page of terms."""
    return _listed(request, queries.published_terms)


@published
def term(_: HttpRequest, row_id: str) -> HttpResponse:
    """One term."""
    return JsonResponse(queries.get_published_term(actor=PUBLIC, term_id=_id(row_id)))


@published
def at_locations(request: HttpRequest) -> HttpResponse:
    """A page of services at their places."""
    return _listed(request, queries.published_at_locations)


@published
def at_location(_: HttpRequest, row_id: str) -> HttpResponse:
    """One service at one place."""
    return JsonResponse(queries.get_published_at_location(actor=PUBLIC, at_location_id=_id(row_id)))


def _listed(request: HttpRequest, page: Callable[..., dict[str, Any]]) -> HttpResponse:
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return _refused(400, f"A query can have at most {LONGEST_QUERY} characters.")
    form = AskedForm(request.GET)
    if not form.is_valid():
        wrong = {name: [str(each) for each in told] for name, told in form.errors.items()}
        return _refused(400, "A parameter does not follow the standard.", parameters=wrong)
    found = page(actor=PUBLIC, asked=form.asked())
    if form.cleaned_data["format"] == "ndjson":
        lines = "".join(json.dumps(row) + "\n" for row in found["contents"])
        return HttpResponse(lines, content_type="application/x-ndjson")
    return JsonResponse(found)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError("An id must be a UUID, and this is not one.") from None


def _refused(status: int, why: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": why, **more}, status=status)
