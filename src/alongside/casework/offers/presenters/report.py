"""The report on who is offered help and who is not, in finished words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.casework.design.bars import parts_of_bar
from alongside.casework.design.dates import day_in_words
from alongside.casework.offers.queries.report import Report
from alongside.casework.offers.rules.equality import GROUPS, Came, Gap, Grouping, Line

GROUPINGS: dict[Grouping, Promise] = {
    Grouping.AGE: gettext_lazy("By age"),
    Grouping.LANGUAGE: gettext_lazy("By first language"),
    Grouping.INTERPRETER: gettext_lazy("By whether an interpreter is needed"),
    Grouping.ADJUSTMENTS: gettext_lazy("By whether adjustments are recorded"),
}
NAMES: dict[Grouping, dict[str, Promise]] = {
    Grouping.AGE: {
        "under_18": gettext_lazy("Under 18"),
        "18_to_24": gettext_lazy("18 to 24"),
        "25_to_44": gettext_lazy("25 to 44"),
        "45_to_64": gettext_lazy("45 to 64"),
        "65_to_79": gettext_lazy("65 to 79"),
        "80_and_over": gettext_lazy("80 and over"),
        "not_known": gettext_lazy("Age not known"),
    },
    Grouping.LANGUAGE: {
        "english": gettext_lazy("English"),
        "another": gettext_lazy("Another language, with or without English"),
        "not_known": gettext_lazy("Language not known"),
    },
    Grouping.INTERPRETER: {
        "needed": gettext_lazy("Interpreter needed"),
        "not_needed": gettext_lazy("No interpreter needed"),
        "not_known": gettext_lazy("Not known whether an interpreter is needed"),
    },
    Grouping.ADJUSTMENTS: {
        "recorded": gettext_lazy("Adjustments recorded"),
        "none_recorded": gettext_lazy("No adjustments recorded"),
    },
}
GAP: dict[Gap, Promise] = {
    Gap.THERE_IS_NONE: gettext_lazy("There is none, a waiting list, no money, or not eligible"),
    Gap.THOUGHT: gettext_lazy("Thought unsuitable, or thought that they would say no"),
    Gap.RISK: gettext_lazy("A risk to staff, or a risk marker"),
    Gap.OTHER: gettext_lazy("Something else"),
}


@dataclass(frozen=True)
class LineShown:
    """A line of either table, and its bar: the name, start and width of each part."""

    name: str
    cells: list[str]
    parts: list[tuple[str, int, int]]


@dataclass(frozen=True)
class GroupingShown:
    """Both tables of a grouping: what was offered, and what was not."""

    title: str
    offered: list[LineShown]
    not_offered: list[LineShown]


@dataclass(frozen=True)
class ReportShown:
    """The report."""

    between: str
    of_all: bool
    groupings: list[GroupingShown]
    gaps: list[str]
    gaps_held_back: bool


def report_shown(found: Report) -> ReportShown:
    """Return the report in finished words."""
    return ReportShown(
        between=_("%(first)s to %(last)s")
        % {"first": day_in_words(found.first), "last": day_in_words(found.last)},
        of_all=found.of_all,
        groupings=[
            _grouping(_("All together"), {_("Everybody"): found.total}),
            *(
                _grouping(
                    str(GROUPINGS[grouping]),
                    {str(NAMES[grouping][each.group]): each for each in found.groups[grouping]},
                )
                for grouping in GROUPS
            ),
        ],
        gaps=[str(GAP[gap]) for gap in Gap],
        gaps_held_back=found.total.not_offered.all is None,
    )


def report_rows(found: Report) -> Iterator[list[str]]:
    """Yield the report as rows of values, headings first; anything held back is marked as such."""
    yield [
        _("Grouped"), _("Group"), _("Offers"), _("Accepted"), _("Declined"), _("Neither"), _("Not offered"),
        *(str(GAP[gap]) for gap in Gap),
    ]  # fmt: skip
    yield [_("All"), _("Everybody"), *_values(found.total)]
    for grouping in GROUPS:
        for line in found.groups[grouping]:
            name = str(NAMES[grouping][line.group])
            yield [str(GROUPINGS[grouping]), name, *_values(line)]


def report_name(first: date, last: date) -> str:
    """Return the name of the report's file."""
    return f"offers-{first:%Y-%m}-to-{last:%Y-%m}.csv"


def _grouping(title: str, lines: dict[str, Line]) -> GroupingShown:
    """Both tables; a group with nothing in a table is left out of it."""
    return GroupingShown(
        title,
        [_offered(name, line) for name, line in lines.items() if line.offered.all != 0],
        [_not_offered(name, line) for name, line in lines.items() if line.not_offered.all != 0],
    )


def _offered(name: str, line: Line) -> LineShown:
    parts = line.offered.parts
    shares = {came: line.share(came) for came in (Came.ACCEPTED, Came.DECLINED)}
    cells = [_with_share(parts[came] if parts else None, shares.get(came)) for came in Came]
    bar = parts_of_bar({came: parts[came] for came in Came}) if parts else []
    return LineShown(name, [_told(line.offered.all), *cells], bar)


def _not_offered(name: str, line: Line) -> LineShown:
    parts = line.not_offered.parts
    cells = [_told(parts[gap] if parts else None) for gap in Gap]
    return LineShown(name, [_with_share(line.not_offered.all, line.share_not_offered), *cells], [])


def _values(line: Line) -> list[str]:
    offered, gaps = line.offered, line.not_offered
    return [
        _told(offered.all),
        *(_told(offered.parts[came] if offered.parts else None) for came in Came),
        _told(gaps.all),
        *(_told(gaps.parts[gap] if gaps.parts else None) for gap in Gap),
    ]


def _told(number: int | None) -> str:
    return _("Held back") if number is None else str(number)


def _with_share(number: int | None, share: int | None) -> str:
    if number is None or share is None:
        return _told(number)
    return _("%(number)d (%(share)d%%)") % {"number": number, "share": share}
