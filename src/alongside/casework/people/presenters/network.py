"""Works out the picture of a person's network: where everybody goes, in the units of the drawing.

The person is in the middle, people in their life on the left, agencies on the right; the more an agency does,
the thicker its tie. The tables beside it say all of this too.
"""

from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.people.models import Contact, Involvement, Person
from alongside.casework.people.rules import HOW_MUCH, may_be_drawn, strength

WIDE = 330
BOX_WIDE = 115
ROUND = 34
LINE_HIGH = 17
PAD = 8
GAP = 14
LETTERS = 14
MOST_LINES = 3
TIES = (1.5, 2.5, 4.5, 7.0)
"""Width of a tie, by its strength."""


@dataclass(frozen=True)
class Node:
    """A person or agency: a box with lines of words, and where the tie to the person begins."""

    x: float
    y: float
    wide: float
    high: float
    lines: list[tuple[float, float, str]]
    tie_x: float
    tie_y: float
    tie: float
    dashed: bool
    kind: str


@dataclass(frozen=True)
class Network:
    """The drawing: its size, the person, those around them, its text alternative, and who is left out."""

    wide: float
    high: float
    person: Node
    around: list[Node]
    said: str
    left_out: str


def network(person: Person, contacts: list[Contact], involvements: list[Involvement]) -> Network | None:
    """Return the picture of who is around a person, as far as they allow; None if nobody is drawn."""
    drawn = [each for each in contacts if may_be_drawn(each.permission, poses_risk=each.poses_risk)]
    agencies = _once_each(involvements)
    if not drawn and not agencies:
        return None
    left = [
        (f"{each.name} ({each.relationship})", TIES[1], each.permission == Contact.Permission.ONLY_IF)
        for each in drawn
    ]
    right = [(each.organisation.name, TIES[strength(each.intensity)], False) for each in agencies]
    high = max(_height(left), _height(right), 90.0)
    around = [*_column(left, 0, high, "contact"), *_column(right, WIDE - BOX_WIDE, high, "agency")]
    middle = Node(
        x=WIDE / 2,
        y=high / 2,
        wide=ROUND,
        high=ROUND,
        lines=_lines(_cut(person.known_as, 9), WIDE / 2, high / 2),
        tie_x=WIDE / 2,
        tie_y=high / 2,
        tie=0,
        dashed=False,
        kind="person",
    )
    missing = len(contacts) - len(drawn)
    return Network(WIDE, high, middle, around, _said(person, drawn, agencies), _left_out(missing))


def _once_each(involvements: list[Involvement]) -> list[Involvement]:
    """Each agency once, by its strongest involvement; those that do most come first."""
    strongest: dict[str, Involvement] = {}
    for each in sorted(involvements, key=lambda each: -strength(each.intensity)):
        strongest.setdefault(str(each.organisation_id), each)
    return list(strongest.values())


def _cut(words: str, letters: int) -> list[str]:
    lines = wrap(words, letters, break_long_words=True) or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: letters - 1] + "…"]
    return lines


def _box_high(words: str) -> float:
    return len(_cut(words, LETTERS)) * LINE_HIGH + 2 * PAD


def _height(column: list[tuple[str, float, bool]]) -> float:
    return sum(_box_high(words) + GAP for words, _, _ in column) + GAP


def _column(column: list[tuple[str, float, bool]], x: float, high: float, kind: str) -> list[Node]:
    made, y = [], (high - _height(column)) / 2 + GAP
    for words, tie, dashed in column:
        box = _box_high(words)
        middle = y + box / 2
        made.append(
            Node(
                x=x,
                y=y,
                wide=BOX_WIDE,
                high=box,
                lines=_lines(_cut(words, LETTERS), x + BOX_WIDE / 2, middle),
                tie_x=x + BOX_WIDE if x == 0 else x,
                tie_y=middle,
                tie=tie,
                dashed=dashed,
                kind=kind,
            )
        )
        y += box + GAP
    return made


def _lines(lines: list[str], x: float, middle: float) -> list[tuple[float, float, str]]:
    first = middle - (len(lines) - 1) * LINE_HIGH / 2 + 5
    return [(x, first + place * LINE_HIGH, line) for place, line in enumerate(lines)]


def _said(person: Person, contacts: list[Contact], agencies: list[Involvement]) -> str:
    names = ", ".join(f"{each.name} ({each.relationship})" for each in contacts) or _("nobody")
    in_touch = ", ".join(
        f"{each.organisation.name}: {str(HOW_MUCH[each.intensity]).lower()}" for each in agencies
    ) or _("none")
    return _("Around {person}. People in their life: {names}. Agencies in touch: {agencies}.").format(
        person=person.known_as, names=names, agencies=in_touch
    )


def _left_out(missing: int) -> str:
    if not missing:
        return ""
    return ngettext(
        "{count} person is not shown: the table says why.",
        "{count} people are not shown: the table says why.",
        missing,
    ).format(count=missing)
