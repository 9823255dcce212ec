"""Reading a feed to its end, page by page, without trusting what it says about itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from alongside.casework.directory.open_referral.client import Client, FeedRefusedError
from alongside.casework.directory.open_referral.schema import Service

__all__ = ["Copy", "FeedRefusedError", "read_feed"]

PER_PAGE = 100
NESTED = {"schedules", "service_areas", "service_at_locations", "attributes", "phones", "languages"}
MOST_PAGES = 500
MOST_SERVICES = 20_000


@dataclass(frozen=True)
class Copy:
    """Everything a feed said: services, and sentences about rows that were left out."""

    services: tuple[Service, ...]
    left_out: tuple[str, ...]


def read_feed(client: Client, address: str) -> Copy:
    """Read all services of a feed.

    A row that does not follow the standard is left out, and reported by its place. The whole feed is refused
    if a page does not follow the standard, or if the feed changes while it is read, ends early or never ends.

    Args:
        client: fetches.
        address: the feed's base, without a slash at the end.

    Raises:
        FeedRefusedError: none of it can be imported; the message says why.
    """
    services: dict[UUID, Service] = {}
    left_out: list[str] = []
    number, rows = 1, 0
    said: tuple[int, int | None] | None = None
    while True:
        page = client.get(f"{address}/services?page={number}&per_page={PER_PAGE}&full=true")
        pages, items, contents = _looked_at(page, number)
        if said is None:
            said = (pages, items)
        elif said != (pages, items):
            raise FeedRefusedError("The feed gives different totals on different pages.")
        for place, row in enumerate(contents, start=1):
            where = f"page {number}, row {place}"
            service = _row(client, address, row, where, left_out)
            if service and service.id in services:
                left_out.append(f"{where}: the feed already has a service with this id")
            elif service:
                services[service.id] = service
        rows += len(contents)
        if rows > MOST_SERVICES:
            raise FeedRefusedError("The feed sends more than a directory can hold.")
        if number >= pages:
            break
        number += 1
    if said[1] is not None and rows != said[1]:
        raise FeedRefusedError(f"The feed says that it has {said[1]} services, but gave {rows}.")
    return Copy(tuple(services.values()), tuple(left_out))


def _looked_at(page: Any, number: int) -> tuple[int, int | None, list[Any]]:
    """Return how many pages and items there are and what is on this one, if the page can be believed."""
    if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
        raise FeedRefusedError(f"Page {number} of the feed does not follow the standard.")
    pages: Any = page.get("total_pages")
    items: Any = page.get("total_items")
    contents: list[Any] = page["contents"]
    if not _count(pages) or not (items is None or _count(items)):
        raise FeedRefusedError(f"Page {number} of the feed does not say how many pages there are.")
    if pages > MOST_PAGES:
        raise FeedRefusedError(f"The feed says that it has {pages} pages; the most is {MOST_PAGES}.")
    if page.get("page_number") not in (None, number):
        raise FeedRefusedError(f"The feed was asked for page {number} but gave another.")
    if page.get("last_page") not in (None, number >= pages):
        raise FeedRefusedError("The feed contradicts itself about which page is its last.")
    if not contents and number < pages:
        raise FeedRefusedError(f"Page {number} of the feed is empty, but says that more pages follow.")
    return pages, items, contents


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _row(client: Client, address: str, row: Any, where: str, left_out: list[str]) -> Service | None:
    try:
        if isinstance(row, dict) and not NESTED & set(row):
            # the standard's list has only what a service has one of; the service's own page has the rest
            row = client.get(f"{address}/services/{UUID(str(row.get('id')))}")
        return Service.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the row"
        left_out.append(f"{where}: {field} is missing, or does not follow the standard")
    except ValueError:
        left_out.append(f"{where}: id is missing, or does not follow the standard")
    return None
