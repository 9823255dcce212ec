"""Works out the picture of what happened: a lane for each agency, with time from left to right.

It is drawn from the entries in the list below it, and shows nothing that the list does not say in words.
Positions along a lane are shares of its width: the picture is as wide as the screen, and its lettering is the
same size on every screen. Marks that would touch on the smallest screen are stacked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.people.models import ChronologyEntry
from alongside.casework.people.presenters.words import day

FEWEST = 3
"""Fewer entries are quicker to read than a picture of them."""
EDGE = 6.0
"""Percentage of the width that stays empty on either side."""
NARROWEST = 255
"""How wide a lane is between its edges on the smallest screen, in the units of the drawing (CSS pixels)."""
APART = 20
NAME_HIGH = 18
LETTERS = 30
GAP = 12
HEAD = 26
FOOT = 24
YEAR_APART = 48
STEPS = (1, 2, 5, 10, 20, 50, 100, 500, 5000)
"""How many years there may be between the years that are labelled."""
YEAR = timedelta(days=365.25)

Kind = ChronologyEntry.Kind
ROUND = "M-7,0a7,7 0 1,0 14,0a7,7 0 1,0 -14,0z"


@dataclass(frozen=True)
class Shape:
    """How one kind of entry is drawn, centred on 0,0: its outline, its colour, and whether it is filled."""

    path: str
    colour: str
    filled: bool = True


SHAPES = {
    Kind.CONTACT: Shape(ROUND, "#1d70b8"),
    Kind.TRIED: Shape(ROUND, "#505a5f", filled=False),
    Kind.EVENT: Shape("M-6,-6h12v12h-12z", "#0b0c0c"),
    Kind.CONCERN: Shape("M0,-8L8,6H-8z", "#d4351c"),
    Kind.STRENGTH: Shape("M-3,-8h6v5h5v6h-5v5h-6v-5h-5v-6h5z", "#00703c"),
    Kind.OFFER: Shape("M0,-9L9,0L0,9L-9,0z", "#4c2c92", filled=False),
}
"""A circle, a ring, a square, a triangle, a cross and an open diamond: no two differ in colour alone."""


@dataclass(frozen=True)
class Mark:
    """One entry: its position, and how it is drawn."""

    x: str
    y: float
    shape: Shape


@dataclass(frozen=True)
class Lane:
    """One agency: the lines of its name, its marks, and the line beneath them."""

    name: list[tuple[float, str]]
    marks: list[Mark]
    ground: float


@dataclass(frozen=True)
class Lanes:
    """The drawing: its height, its lanes, the years that begin in it, its text alternative, and its key."""

    high: float
    lanes: list[Lane]
    years: list[tuple[str, str]]
    begins: str
    ends: str
    said: str
    key: list[tuple[Shape, str]]


def lanes(
    entries: Sequence[ChronologyEntry], corrections: Mapping[UUID, Sequence[ChronologyEntry]]
) -> Lanes | None:
    """Return the picture of some entries of a chronology; None if there are fewer than ``FEWEST``.

    Args:
        entries: the ones that the list shows.
        corrections: their corrections, by entry, newest last: an entry is drawn on its corrected day.
    """
    if len(entries) < FEWEST:
        return None
    dated = sorted(
        ((_day_that_is_right(each, corrections.get(each.id, ())), each) for each in entries),
        key=lambda told: told[0],
    )
    begin, end = dated[0][0], dated[-1][0]
    by_agency: dict[UUID, list[tuple[date, ChronologyEntry]]] = {}
    for told in dated:
        by_agency.setdefault(told[1].organisation_id, []).append(told)
    years = _years(begin, end)
    made: list[Lane] = []
    top = float(HEAD if years else 0)
    for theirs in by_agency.values():
        lane = _lane(theirs, top, begin, end)
        made.append(lane)
        top = lane.ground + GAP
    kinds = {each.kind for each in entries}
    return Lanes(
        high=top + FOOT,
        lanes=made,
        years=years,
        begins=day(begin),
        ends=day(end) if end > begin else "",
        said=_said(by_agency, begin, end),
        key=[(shape, str(kind.label)) for kind, shape in SHAPES.items() if kind in kinds],
    )


def _day_that_is_right(entry: ChronologyEntry, corrections: Sequence[ChronologyEntry]) -> date:
    return corrections[-1].happened_on if corrections else entry.happened_on


def _share(moment: date, begin: date, end: date) -> float:
    """How far along a lane a day is, from 0 to 1; in the middle if everything is on one day."""
    return (moment - begin) / (end - begin) if end > begin else 0.5


def _along(share: float) -> str:
    return f"{EDGE + share * (100 - 2 * EDGE):.2f}%"


def _lane(theirs: list[tuple[date, ChronologyEntry]], top: float, begin: date, end: date) -> Lane:
    name = wrap(theirs[0][1].organisation.name, LETTERS, break_long_words=True)
    lines = [(top + (place + 0.75) * NAME_HIGH, line) for place, line in enumerate(name)]
    first = top + len(name) * NAME_HIGH + APART / 2 + 2
    last_in_row: list[float] = []
    marks = []
    for on, entry in theirs:
        share = _share(on, begin, end)
        row = next(
            (place for place, last in enumerate(last_in_row) if (share - last) * NARROWEST >= APART),
            len(last_in_row),
        )
        last_in_row[row : row + 1] = [share]
        marks.append(Mark(_along(share), first + row * APART, SHAPES[Kind(entry.kind)]))
    return Lane(lines, marks, first + len(last_in_row) * APART - APART / 2 + 4)


def _years(begin: date, end: date) -> list[tuple[str, str]]:
    """Where years begin, and which; as many as can be read beside each other."""
    firsts = [date(year, 1, 1) for year in range(begin.year + 1, end.year + 1)]
    if not firsts:
        return []
    room = NARROWEST * (YEAR / (end - begin))
    step = next(step for step in STEPS if step * room >= YEAR_APART)
    return [(_along(_share(each, begin, end)), str(each.year)) for each in firsts if each.year % step == 0]


def _said(by_agency: Mapping[UUID, list[tuple[date, ChronologyEntry]]], begin: date, end: date) -> str:
    told = []
    for theirs in by_agency.values():
        kinds = [Kind(entry.kind) for _day, entry in theirs]
        counted = ", ".join(f"{kind.label} ({kinds.count(kind)})" for kind in SHAPES if kind in kinds)
        told.append(f"{theirs[0][1].organisation.name}: {counted}.")
    span = _("From %(begin)s to %(end)s.") % {"begin": day(begin), "end": day(end)}
    return " ".join([span, *told])
