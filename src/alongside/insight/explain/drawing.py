"""The picture: how a person's records are joined, and for each link the weights field by field.

One SVG, readable alone: it has a title, a description in words, no script and no fonts of its own. Colour is
never the only sign: every bar carries its figure with plus or minus.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from xml.sax.saxutils import escape

from alongside.insight.explain.evidence import Evidence
from alongside.insight.explain.joining import Branch, Record
from alongside.insight.explain.person import Explanation

WIDTH = 960
MARGIN = 32
LABELS_END = 400
BARS_END = 850
ROW = 40
INK, SOFT, RULE, PAPER, SHEET = "#1b2a33", "#4d5f69", "#c9d3d8", "#ffffff", "#f5f7f8"
FOR, AGAINST, HOUSEHOLD, START = "#1f6f5c", "#b3401f", "#6a3d8f", "#5c6b73"
LINKED = log2(0.95 / 0.05)
"""Bits at which a link is made unless the pack says otherwise."""
DEEPEST = 6
"""Records further from the first than this are not indented any further."""
LINKS_DRAWN = 8
"""Of a person with more records, the least likely links are drawn: those are the ones to ask about."""


@dataclass(frozen=True)
class _Bar:
    title: str
    found: str
    bits: float
    colour: str


def draw(explanation: Explanation) -> str:
    """Draw why these records are one person; returns the text of an SVG file."""
    shown = explanation.links[:LINKS_DRAWN]
    parts: list[str] = []
    top = 112
    parts += _records(explanation.records, top)
    top += 44 + 34 * len(explanation.records) + 24
    for link in shown:
        parts += _waterfall(link, top)
        top += _height(link)
    title = f"Why these records are person {explanation.person_id}"
    size = f'viewBox="0 0 {WIDTH} {top + 8}" width="{WIDTH}" height="{top + 8}"'
    known_by = 'role="img" aria-labelledby="title description"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {known_by} font-family="Arial, sans-serif">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(_described(explanation, shown))}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        _text(MARGIN, 50, title, size=24, weight="bold"),
        _text(MARGIN, 78, _subtitle(explanation, shown), size=15, colour=SOFT),
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _subtitle(explanation: Explanation, shown: list[Evidence]) -> str:
    number = len(explanation.records)
    if number == 1:
        return "One record: there is nothing to join."
    told = f"{number} records"
    if len(shown) < len(explanation.links):
        return (
            f"{told}. Shown: the {len(shown)} least likely of {len(explanation.links)} links that join them."
        )
    return f"{told}, and the {len(shown)} links that join them, the least likely first."


def _described(explanation: Explanation, shown: list[Evidence]) -> str:
    """Say in words what the picture shows, for people who cannot see it."""
    sentences = [f"{len(explanation.records)} records."]
    for link in shown:
        fields = ", ".join(
            f"{step.field} {step.found} {signed(step.against_stranger)}" for step in link.steps if step.known
        )
        sentences.append(
            f"{_name(link.left)} and {_name(link.right)}: start {signed(link.start)} bits; {fields}; "
            f"somebody in the same household {signed(link.household)}; together {signed(link.total)}, "
            f"probability {link.probability:.4f}."
        )
    return " ".join(sentences)


def _records(branches: list[Branch], top: int) -> Iterator[str]:
    """The records as a tree, each under the one it is joined to."""
    yield _text(MARGIN, top + 8, "How the records are joined", size=17, weight="bold")
    last_at: dict[int, int] = {}
    for place, branch in enumerate(branches):
        y = top + 44 + 34 * place
        x = MARGIN + 14 + 34 * min(branch.depth, DEEPEST)
        if branch.depth:
            above = last_at[branch.depth - 1]
            bend = f"M{x - 34} {above + 9} V{y - 8} q0 8 8 8 H{x - 9}"
            yield f'<path d="{bend}" fill="none" stroke="{SOFT}" stroke-width="2"/>'
        yield f'<circle cx="{x}" cy="{y}" r="8" fill="{FOR if branch.depth else INK}"/>'
        yield _text(x + 18, y + 5, _name(branch.record), size=15, weight="bold")
        if branch.probability is not None:
            likely = f"the same person as the record above it: {_likely(branch.probability)}"
            yield _text(BARS_END + 78, y + 5, likely, size=14, colour=SOFT, anchor="end")
        last_at[branch.depth] = y


def _bars(link: Evidence) -> list[_Bar]:
    bars = [_Bar("Before comparing", "two records picked at random", link.start, START)]
    bars += [
        _Bar(step.field, step.found, step.against_stranger, FOR if step.against_stranger >= 0 else AGAINST)
        for step in link.steps
    ]
    bars.append(_Bar("Somebody in the same household?", _household(link), link.household, HOUSEHOLD))
    if link.further:
        bars.append(_Bar("Could it be a relative?", "perhaps, so less sure", link.further, START))
    return bars


def _household(link: Evidence) -> str:
    if link.probability_household is None:
        return "how well that would explain it"
    return f"how likely: {_likely(link.probability_household)}"


def _height(link: Evidence) -> int:
    return 96 + ROW * (len(_bars(link)) + 1) + 44


def _waterfall(link: Evidence, top: int) -> Iterator[str]:
    """One link: each field's bar starts where the one above it ended."""
    bars = _bars(link)
    ends = [0.0]
    for bar in bars:
        ends.append(ends[-1] + bar.bits)
    low, high = min(*ends, -2.0), max(*ends, 6.0)
    per_bit = (BARS_END - LABELS_END - 96) / (high - low)

    def at(bits: float) -> float:
        return LABELS_END + 48 + (bits - low) * per_bit

    height = _height(link) - 24
    yield _box(MARGIN - 12, top, WIDTH - 2 * MARGIN + 24, height, SHEET, corner=10)
    yield _text(MARGIN + 6, top + 34, f"{_name(link.left)}  and  {_name(link.right)}", size=17, weight="bold")
    yield _text(
        WIDTH - MARGIN - 6,
        top + 34,
        f"one person: {_likely(link.probability)}",
        size=17,
        weight="bold",
        anchor="end",
    )
    first, bottom = top + 84, top + 84 + ROW * (len(bars) + 1)
    for bits, said in ((0.0, "even chance"), (LINKED, "linked from 0.95")):
        yield _upright(at(bits), first - 14, bottom - 8, RULE)
        anchor = "end" if bits == 0 else "start"
        yield _text(
            at(bits) + (-3 if bits == 0 else 3), first - 20, said, size=12, colour=SOFT, anchor=anchor
        )
    for place, bar in enumerate(bars):
        y = first + ROW * place
        yield _text(MARGIN + 6, y + 10, bar.title, size=14, weight="bold")
        yield _text(MARGIN + 6, y + 27, bar.found, size=13, colour=SOFT)
        begin, end = at(ends[place]), at(ends[place + 1])
        left, wide = min(begin, end), abs(end - begin)
        yield _box(left, y, wide, 22, bar.colour, corner=2)
        yield _upright(end, y + 22, y + ROW, SOFT, dashes="3 3")
        beyond = end >= begin
        yield _text(
            end + (6 if beyond else -6),
            y + 16,
            signed(bar.bits),
            size=13,
            anchor="start" if beyond else "end",
            over_lines=True,
        )
    y = first + ROW * len(bars)
    yield _text(MARGIN + 6, y + 16, "Together", size=14, weight="bold")
    yield f'<circle cx="{at(ends[-1]):.1f}" cy="{y + 11}" r="7" fill="{INK}"/>'
    yield _text(
        at(ends[-1]) + 14, y + 16, f"{signed(ends[-1])} bits", size=14, weight="bold", over_lines=True
    )
    yield _text(
        MARGIN + 6,
        bottom + 22,
        "Bits: each one doubles the odds that the two records are about one person.",
        size=12,
        colour=SOFT,
    )


def _name(record: Record) -> str:
    return f"{record[0].replace('_', ' ')} {record[1]}"


def _likely(probability: float) -> str:
    return (
        "over 0.9999"
        if probability > 0.9999
        else "under 0.0001"
        if probability < 0.0001
        else f"{probability:.4f}"
    )


def signed(bits: float) -> str:
    """Write bits with their sign: ``+6.2``, ``-1.0``, ``0``."""
    return f"{bits:+.1f}".replace("-", "\u2212") if abs(bits) >= 0.05 else "0"


def _box(x: float, y: float, wide: float, high: float, colour: str, *, corner: int) -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect {where} rx="{corner}" fill="{colour}"/>'


def _upright(x: float, top: float, bottom: float, colour: str, *, dashes: str = "none") -> str:
    where = f'x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}"'
    return f'<line {where} stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dashes}"/>'


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int,
    weight: str = "normal",
    colour: str = INK,
    anchor: str = "start",
    over_lines: bool = False,
) -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    look = f'font-size="{size}" font-weight="{weight}" fill="{colour}"'
    halo = f' stroke="{SHEET}" stroke-width="4" paint-order="stroke"' if over_lines else ""
    return f"<text {where} {look}{halo}>{escape(text)}</text>"
