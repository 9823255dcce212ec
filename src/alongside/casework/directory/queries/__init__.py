"""Queries of the directory: for those who work here, and for anybody."""

from alongside.casework.directory.queries.offers import Offered, services_meeting
from alongside.casework.directory.queries.pages import (
    edit_page,
    feeds_page,
    own_entries,
    service_page,
    services_of,
)
from alongside.casework.directory.queries.published import (
    get_published_at_location,
    get_published_service,
    get_published_taxonomy,
    get_published_term,
    published_at_locations,
    published_services,
    published_taxonomies,
    published_terms,
)
from alongside.casework.directory.queries.search import Found, Results, needs, search_services

__all__ = [
    "Found",
    "Offered",
    "Results",
    "edit_page",
    "feeds_page",
    "get_published_at_location",
    "get_published_service",
    "get_published_taxonomy",
    "get_published_term",
    "needs",
    "own_entries",
    "published_at_locations",
    "published_services",
    "published_taxonomies",
    "published_terms",
    "search_services",
    "service_page",
    "services_meeting",
    "services_of",
]  # fmt: skip
