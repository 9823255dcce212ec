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


@dataclass(frozen=True)
class Turning:
    """Addresses of newer and older entries of a list too long to count; None where there are none."""

    newer: str | None
    older: str | None


def leaf_of(request: HttpRequest) -> dict[str, int | None]:
    """Return before or after which entry the page that is asked for begins; neither for nonsense."""
    asked = {name: request.GET.get(name, "") for name in ("before", "after")}
    return {
        name: int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None
        for name, number in asked.items()
    }


def turning(request: HttpRequest, *, newer_after: int | None, older_before: int | None) -> Turning:
    """Return what leads on from a page, with all else that its address asks for.

    Args:
        request: for the page that is open.
        newer_after: the newest entry on it, where there are newer ones.
        older_before: the oldest entry on it, where there are older ones.
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
