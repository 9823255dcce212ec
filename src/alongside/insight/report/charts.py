"""Bars as inline SVG: no script, readable at any width, named and described for people who cannot see them.

Positions are percentages and text is sized in pixels, so that a chart narrows with the page and its words
do not shrink. Colour never carries a meaning of its own: every bar has its figure in words beside it.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from alongside.insight.disclosure import Shown

_LETTERS = 38
"""A label of this many letters fits a screen 320 pixels wide."""
_LINE, _BAR, _GAP = 18, 14, 14
_WIDEST = 68.0
"""Per cent of the width; the rest is for the figure after the bar."""


@dataclass(frozen=True)
class Bar:
    """One bar; ``places`` draws the line for the places there are each week."""

    label: str
    shown: Shown
    places: int | None = None


def bars(name: str, title: str, bars: Sequence[Bar]) -> Markup:
    """Draw horizontal bars, in the order given.

    Args:
        name: makes the ids of title and description unique on the page.
        title: what the chart is of.
        bars: a bar whose number is withheld is described in words and not drawn.
    """
    scale = max([bar.shown.number or 0 for bar in bars] + [bar.places or 0 for bar in bars] + [1])
    drawn, height = [], 0
    for bar in bars:
        piece, used = _bar(bar, top=height, scale=scale)
        drawn.append(piece)
        height += used + _GAP
    description = "; ".join(f"{bar.label}: {bar.shown.text}{_room(bar)}" for bar in bars) + "."
    return Markup(
        '<svg class="bars" role="img" width="100%" height="{height}" aria-labelledby="{name}-t {name}-d">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{description}</desc>{drawn}</svg>'
    ).format(
        height=max(height - _GAP, 1),
        name=name,
        title=title,
        description=description,
        drawn=Markup().join(drawn),
    )


def _bar(bar: Bar, *, top: int, scale: int) -> tuple[Markup, int]:
    lines = textwrap.wrap(bar.label, _LETTERS) or [""]
    words = Markup().join(
        Markup('<text class="label" x="0" y="{y}">{line}</text>').format(
            y=top + _LINE * place + 13, line=line
        )
        for place, line in enumerate(lines)
    )
    y = top + _LINE * len(lines) + 2
    width = _WIDEST * (bar.shown.number or 0) / scale
    room = Markup()
    after = width
    if bar.places is not None:
        at = _WIDEST * bar.places / scale
        after = max(width, at)
        room = Markup('<line class="places" x1="{at:.2f}%" x2="{at:.2f}%" y1="{top}" y2="{end}"/>').format(
            at=at, top=y - 1, end=y + _BAR + 3
        )
    body = Markup(
        '<rect class="track" x="0" y="{y}" width="{widest}%" height="{bar}"/>'
        '<rect class="bar" x="0" y="{y}" width="{width:.2f}%" height="{bar}"/>{room}'
        '<text class="figure" x="{after:.2f}%" dx="8" y="{base}">{figure}</text>'
    ).format(
        y=y, widest=_WIDEST, width=width, bar=_BAR, room=room, after=after, base=y + 12, figure=bar.shown.text
    )
    return Markup('<g aria-hidden="true">{}{}</g>').format(words, body), _LINE * len(lines) + 2 + _BAR


def _room(bar: Bar) -> str:
    return "" if bar.places is None else f" ({bar.places:,} places a week)"
