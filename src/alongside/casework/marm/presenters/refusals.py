"""Refusals by agency, ready to show."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.dates import day_in_words
from alongside.casework.marm.queries.refusals import RefusalsReport
from alongside.casework.marm.rules.refusals import Refusal
from alongside.casework.offers.rules.holding_back import Told

REFUSAL: dict[Refusal, Promise] = {
    Refusal.TOO_HIGH_RISK: gettext_lazy("Risk too high"),
    Refusal.NO_CAPACITY: gettext_lazy("Nobody free"),
    Refusal.NOT_OURS: gettext_lazy("Not for them"),
    Refusal.OTHER: gettext_lazy("Another reason"),
    Refusal.ABSENT: gettext_lazy("Did not come"),
    Refusal.STEPPED_BACK: gettext_lazy("Stepped back"),
}


@dataclass(frozen=True)
class RefusalsShown:
    """The report: between which days, headings, and a line for each agency and for all."""

    between: str
    headings: list[str]
    lines: list[list[str]]
    too_few: bool


def refusals_shown(found: RefusalsReport) -> RefusalsShown:
    """Return the page."""
    return RefusalsShown(
        between=_("%(first)s to %(last)s")
        % {"first": day_in_words(found.first), "last": day_in_words(found.last)},
        headings=_headings(),
        lines=_lines(found),
        too_few=found.total.all is None,
    )


def refusals_rows(found: RefusalsReport) -> Iterator[list[str]]:
    """Yield the same as rows of a table of values, headings first."""
    yield _headings()
    yield from _lines(found)


def refusals_name(found: RefusalsReport) -> str:
    """Return what the file is called."""
    return f"refusals-{found.first:%Y-%m}-to-{found.last:%Y-%m}.csv"


def _headings() -> list[str]:
    return [_("Agency"), _("All"), *(str(REFUSAL[each]) for each in Refusal)]


def _lines(found: RefusalsReport) -> list[list[str]]:
    if not found.total.all and found.total.all is not None:
        return []
    lines = [[agency, *_values(told)] for agency, told in found.agencies.items()]
    return [*lines, [_("All agencies"), *_values(found.total)]]


def _values(told: Told) -> list[str]:
    return [_told(told.all), *(_told(told.parts[each] if told.parts else None) for each in Refusal)]


def _told(number: int | None) -> str:
    return _("Held back") if number is None else str(number)
