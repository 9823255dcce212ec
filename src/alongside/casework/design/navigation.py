"""Where a member can go from every page. Each app adds its own entry when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from alongside.casework.access.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One place.

    Attributes:
        text: what it is called, put into the reader's language when the page is made.
        to: name of its address, such as ``people:search``.
        order: smaller comes first; Today is 0, and ten lie between neighbours.
        for_whom: whether whoever asks is offered it.
    """

    text: Promise
    to: str
    order: int
    for_whom: Callable[[HttpRequest], bool] = lambda _: True


ENTRIES: list[Entry] = []


def who_may(permission: Permission) -> Callable[[HttpRequest], bool]:
    """Return the condition that whoever asks is permitted something."""
    return lambda request: permission in getattr(request, "actor").permissions  # noqa: B009 - a member's request


def navigation_of(request: HttpRequest) -> list[dict[str, object]]:
    """Return the entries whoever asks is offered, as the component wants them."""
    offered = [each for each in sorted(ENTRIES, key=lambda each: each.order) if each.for_whom(request)]
    items = []
    for each in offered:
        href = reverse(each.to)
        here = request.path == href or (href != "/" and request.path.startswith(href))
        items.append({"text": str(each.text), "href": href, "active": here})
    return items
