"""Long lists, a page at a time: where a page begins, and where those before and after it do."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Paging:
    """Where the pages before and after begin, counted from 0; None where there is none."""

    previous_from: int | None
    next_from: int | None


def begins_at(request: HttpRequest) -> int:
    """Return how many entries the page that is asked for passes over; 0 for what makes no sense."""
    asked = request.GET.get("from", "0")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


def within(begins: int, count: int) -> int:
    """Return where a page of so many entries begins: at the first, where they end before it would."""
    return begins if begins < count else 0


def paging(begins: int, *, at_once: int, count: int) -> Paging:
    """Return what leads on from a page of at most so many entries.

    Args:
        begins: how many entries it passed over.
        at_once: so many entries are on a page.
        count: how many there are in all.
    """
    return Paging(
        previous_from=max(begins - at_once, 0) if begins else None,
        next_from=begins + at_once if begins + at_once < count else None,
    )
