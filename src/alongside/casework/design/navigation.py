"""Where a member can go from every page. Each app adds its own entry when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from alongside.casework.access.permissions import Permission
from alongside.casework.design.addresses import address_of


@dataclass(frozen=True)
class Entry:
    """One place.

    Attributes:
        text: what it is called, translated for the reader when the page is made.
        to: name of its address, such as ``people:search``.
        order: smaller comes first; Today is 0, and neighbours are ten apart.
        for_whom: whether the member is offered it.
    """

    text: Promise
    to: str
    order: int
    for_whom: Callable[[HttpRequest], bool] = lambda _: True


ENTRIES: list[Entry] = []

BESIDE: dict[str, list[Entry]] = {}
"""Name of a page's address to what higher apps offer there, about the same thing and with its ids.

A page with several places for this names each of them after itself, such as ``people:person/sharing``.
"""


def who_may(permission: Permission) -> Callable[[HttpRequest], bool]:
    """Return the condition that the member is permitted something."""
    return lambda request: permission in getattr(request, "actor").permissions  # noqa: B009 - a member's request


def beside(request: HttpRequest, page: str, *ids: object) -> list[dict[str, str]]:
    """Return what higher apps offer the member on a page about one thing, such as ``people:entry``."""
    offered = [
        each for each in sorted(BESIDE.get(page, []), key=lambda each: each.order) if each.for_whom(request)
    ]
    return [{"text": str(each.text), "href": address_of(each.to, args=ids)} for each in offered]


def navigation_of(request: HttpRequest) -> list[dict[str, object]]:
    """Return the entries the member is offered, in the form the component needs."""
    offered = [each for each in sorted(ENTRIES, key=lambda each: each.order) if each.for_whom(request)]
    places = [(str(each.text), address_of(each.to)) for each in offered]
    holding = [
        href for _, href in places if request.path == href or (request.path.startswith(href) and href != "/")
    ]
    here = max(holding, key=len, default="")  # if one place is inside another, only the inner one is active
    return [{"text": text, "href": href, "active": href == here} for text, href in places]
