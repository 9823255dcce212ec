"""Long lists, a page at a time: where a page begins, and the pages before and after it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest

from alongside.casework.kernel.composed import some_of

Row = TypeVar("Row")


@dataclass(frozen=True)
class Paging:
    """Where the pages before and after begin, counted from 0; None if there is none."""

    previous_from: int | None
    next_from: int | None


def begins_at(request: HttpRequest) -> int:
    """Return how many entries the requested page skips; 0 for anything that makes no sense."""
    asked = request.GET.get("from", "0")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0


def within(begins: int, count: int) -> int:
    """Return where a page of a list begins: at the first entry, if the list ends before ``begins``."""
    return begins if begins < count else 0


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """The rows of a page, how many there are in all, and how many of them it skips."""

    rows: list[Row]
    count: int
    passed_over: int


def leaf(ask: Callable[[int, int], list[Row]], begins: int, at_once: int) -> Leaf[Row]:
    """Return the page that begins after ``begins`` rows, or the first page if there are not that many.

    Args:
        ask: returns the rows after the first number and up to the second, from ``rows_between``.
        begins: as ``begins_at`` returns it.
        at_once: how many rows are on a page.
    """
    rows = ask(begins, begins + at_once)
    if begins and not rows:
        begins, rows = 0, ask(0, at_once)
    return Leaf(rows, count=vars(rows[0])["of_all"] if rows else 0, passed_over=begins)


def rows_between(rows: QuerySet[Any], *, after: Any, until: Any) -> QuerySet[Any]:
    """Return the rows of a page, each with the total ``of_all``, for a question composed once.

    Args:
        rows: all of them, in order.
        after: how many rows come before the page, or its placeholder.
        until: how many there are up to the end of the page.
    """
    return some_of(rows.annotate(of_all=Window(Count("*"))), after=after, until=until)


def paging(begins: int, *, at_once: int, count: int) -> Paging:
    """Return the links on from a page of at most ``at_once`` entries.

    Args:
        begins: how many entries it skipped.
        at_once: how many entries are on a page.
        count: how many there are in all.
    """
    return Paging(
        previous_from=max(begins - at_once, 0) if begins else None,
        next_from=begins + at_once if begins + at_once < count else None,
    )


@dataclass(frozen=True)
class Turning:
    """Addresses of newer and older entries in a list too long to count; None if there are none."""

    newer: str | None
    older: str | None


def leaf_of(request: HttpRequest) -> dict[str, int | None]:
    """Return before or after which entry the requested page begins; neither for nonsense."""
    asked = {name: request.GET.get(name, "") for name in ("before", "after")}
    return {
        name: int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
        for name, number in asked.items()
    }


def turning(request: HttpRequest, *, newer_after: int | None, older_before: int | None) -> Turning:
    """Return the links on from a page, keeping everything else in its address.

    Args:
        request: for the page that is open.
        newer_after: the newest entry on it, if there are newer ones.
        older_before: the oldest entry on it, if there are older ones.
    """

    def address(name: str, number: int | None) -> str | None:
        if number is None:
            return None
        asked = request.GET.copy()
        for each in ("before", "after"):
            asked.pop(each, None)
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    return Turning(newer=address("after", newer_after), older=address("before", older_before))
