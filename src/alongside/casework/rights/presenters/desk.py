"""The desk where somebody decides what is withheld: all kinds of lines, the lines of one kind, one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote
from uuid import UUID

from django.urls import get_script_prefix
from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.rights.models import Withheld
from alongside.casework.rights.presenters.bundle import (
    LineGiven,
    about_table,
    heading,
    line_given,
    title_of_table,
)
from alongside.casework.rights.queries.desk import Desk, OfLine
from alongside.casework.rights.rules.marking import KINDS
from alongside.casework.rights.rules.states import State
from alongside.casework.rights.rules.withholding import GROUNDS, Ground, Piece, marked


@dataclass(frozen=True)
class Card:
    """A line in a list; its number tells lines of the same day apart for people who hear only the links."""

    href: str
    number: int
    heading: str
    words: str
    tag: Tag


@dataclass(frozen=True)
class KindShown:
    """A table with lines: how many there are, to look at, and with something withheld."""

    href: str
    title: str
    lines: int
    waiting: int
    withheld: int


@dataclass(frozen=True)
class DeskShown:
    """Every table with lines, the next line to look at, the progress, and whether more was written since."""

    kinds: list[KindShown]
    next_href: str
    progress: str
    later: str
    may_be_ready: bool
    being_worked_on: bool


@dataclass(frozen=True)
class TableShown:
    """The lines of one table that are on this page."""

    title: str
    about: str
    cards: list[Card]
    next_href: str


@dataclass(frozen=True)
class WithheldShown:
    """Something that is withheld from a line, with its reason, for whoever decides."""

    id: UUID
    what: str
    ground: str
    why: str


@dataclass(frozen=True)
class LineShown:
    """One line at the desk.

    Attributes:
        table: what it is.
        heading: its day and organisation.
        by: who wrote it.
        said: labels, each with its words, in which what is marked is in pieces of its own.
        marks: what is marked, in words.
        withheld: what is withheld from it.
        lost: words that were withheld and are no longer there.
        given: the line as it would be given.
        looked: who looked at it; empty where nobody has.
        waits: whether somebody must look at it.
        being_worked_on: whether anything can be decided about it now.
    """

    table: str
    heading: str
    by: str
    said: list[tuple[str, list[Piece]]]
    marks: list[str]
    withheld: list[WithheldShown]
    lost: list[str]
    given: LineGiven
    looked: str
    waits: bool
    being_worked_on: bool


def desk_shown(desk: Desk) -> DeskShown:
    """Return what kinds of things are held, and the progress with each."""
    waiting = desk.waiting
    looked_at = sum(1 for each in desk.lines if each.marks and not each.waits)
    return DeskShown(
        kinds=[_kind(desk, label, lines) for label, lines in desk.tables.items() if lines],
        next_href=_href(desk, waiting[0]) if waiting else "",
        progress=_("%(lines)s lines. %(waiting)s to look at, %(done)s looked at.")
        % {"lines": len(desk.lines), "waiting": len(waiting), "done": looked_at},
        later=_later(desk),
        may_be_ready=not waiting and desk.request.state == State.OPEN,
        being_worked_on=desk.request.state == State.OPEN,
    )


def table_shown(desk: Desk, label: str, *, begins: int, at_once: int) -> TableShown:
    """Return one page of the lines of a table, from ``begins`` and at most ``at_once`` of them."""
    waiting = desk.waiting if desk.request.state == State.OPEN else []
    return TableShown(
        title=title_of_table(label),
        about=about_table(label),
        cards=[
            _card(desk, each, number)
            for number, each in enumerate(desk.lines[begins : begins + at_once], begins + 1)
        ],
        next_href=_href(desk, waiting[0]) if waiting else "",
    )


def line_shown(desk: Desk, each: OfLine) -> LineShown:
    """Return one line, for whoever decides what is withheld from it."""
    stretches = [mark.words for mark in each.marks if mark.words]
    return LineShown(
        table=title_of_table(each.line.table),
        heading=heading(each.line.on, each.line.organisation),
        by=", ".join(each.line.by),
        said=[
            (part.label, marked(part.words, stretches) if part.free else [Piece(part.words)])
            for part in each.line.parts
        ],
        marks=[
            str(KINDS[mark.kind]) if not mark.words else f"{mark.words}: {KINDS[mark.kind]}"
            for mark in each.marks
        ],
        withheld=[
            WithheldShown(
                one.id,
                one.words or _("The whole line"),
                str(GROUNDS[Ground(one.ground)]) + ("" if one.named else f" ({_('not named')})"),
                _reason(one),
            )
            for one in each.withheld
        ],
        lost=list(each.lost),
        given=line_given(each),
        looked=_("%(name)s looked at it on %(day)s. %(note)s")
        % {"name": each.look.by_name, "day": day_in_words(each.look.at), "note": each.look.note}
        if each.look
        else "",
        waits=each.waits,
        being_worked_on=desk.request.state == State.OPEN,
    )


def href_of(request_id: UUID, key: str) -> str:
    """Return the URL of a line."""
    table, _colon, row = key.partition(":")
    return f"{_lines_below(get_script_prefix(), request_id)}{table}/{quote(quote(row, safe=''))}/"


@lru_cache(maxsize=64)
def _lines_below(prefix: str, request_id: UUID) -> str:  # noqa: ARG001 - it is in it
    """The URL with which those of all lines begin: Django would resolve each one again."""
    return address_of("rights:line", args=[request_id, "table", "row"]).removesuffix("table/row/")


def _later(desk: Desk) -> str:
    if not desk.later:
        return ""
    said = (
        _("Something has been written since %(until)s: bring it up to date.")
        if desk.request.state == State.OPEN
        else _("Something has been written since %(until)s, and is not in this answer.")
    )
    return said % {"until": moment_in_words(desk.until)}


def _kind(desk: Desk, label: str, lines: Sequence[OfLine]) -> KindShown:
    return KindShown(
        href=address_of("rights:table", args=[desk.request.id, label]),
        title=title_of_table(label),
        lines=len(lines),
        waiting=sum(each.waits for each in lines),
        withheld=sum(bool(each.withheld) for each in lines),
    )


def _card(desk: Desk, each: OfLine, number: int) -> Card:
    return Card(
        href=_href(desk, each),
        number=number,
        heading=heading(each.line.on, each.line.organisation) or _("No date"),
        words=" · ".join(part.words for part in each.line.parts),
        tag=_tag(each),
    )


def _tag(each: OfLine) -> Tag:
    if each.waits:
        return Tag(_("To look at"), "yellow")
    if each.wholly:
        return Tag(_("Withheld"), "red")
    if each.withheld:
        return Tag(_("Partly withheld"), "orange")
    return Tag(_("Looked at"), "green") if each.marks else Tag(_("Given"), "grey")


def _href(desk: Desk, each: OfLine) -> str:
    return href_of(desk.request.id, each.line.key)


def _reason(each: Withheld) -> str:
    opinion = _("opinion dated %(day)s") % {"day": day_in_words(each.opinion_on)} if each.opinion_on else ""
    return ". ".join(filter(None, [each.why.rstrip("."), each.professional, opinion, each.by_name]))
