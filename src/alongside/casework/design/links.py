"""What an app offers on a page of an app beneath it: the page asks here, and knows not who offers."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Offer:
    """One link.

    Attributes:
        text: what it says; may be a lazy translation.
        to: name of its address, which takes the id of what the page is about and nothing else.
        order: smaller comes first.
        for_whom: whether whoever asks is offered it.
    """

    text: str | Promise
    to: str
    order: int
    for_whom: Callable[[HttpRequest], bool] = lambda _: True


OFFERS: dict[str, list[Offer]] = {}
"""By the page on which they stand, such as ``person``. Each app adds its own when it is ready."""


def offer(page: str, *offers: Offer) -> None:
    """Offer links on a page."""
    OFFERS.setdefault(page, []).extend(offers)


def links_on(page: str, request: HttpRequest, about: UUID) -> list[dict[str, str]]:
    """Return the links whoever asks is offered on a page about something, in order."""
    offered = sorted(OFFERS.get(page, []), key=lambda each: each.order)
    return [
        {"text": str(each.text), "href": reverse(each.to, args=[about])}
        for each in offered
        if each.for_whom(request)
    ]
