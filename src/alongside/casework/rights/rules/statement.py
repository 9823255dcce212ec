"""What goes into the statement a person reads, and what is held back from it.

A line is held back only on a ground that somebody recorded (UK GDPR Article 23; Data Protection Act 2018
Schedules 2 and 3). What is held back leaves no trace: not a bar, not a number, nor another line from which it
could be guessed, because somebody who controls the person may read over their shoulder.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from alongside.casework.rights.rules.withholding import stands_in


class Part(StrEnum):
    """A part of the statement, in the order in which it is read."""

    SEES = "sees"
    IN_TOUCH = "in_touch"
    HOLDS = "holds"
    TOLD = "told"
    NOT_TOLD = "not_told"
    ASKED = "asked"
    CHOSE = "chose"
    LISTS = "lists"


class Held(StrEnum):
    """Why a line is held back."""

    NOT_SAFE = "not_safe"
    COERCION = "coercion"
    WITHHELD = "withheld"
    FOLLOWS = "follows"
    """It would give away another line that is held back."""


@dataclass(frozen=True)
class Line:
    """One thing that the statement could say.

    Attributes:
        part: the part of the statement it belongs to.
        row: what it is made from; the rules do not look at it.
        on: the day it happened or began.
        keys: table and row of everything it is made from, such as ``sharing.Disclosure:3b0c…``.
        texts: free text that it would show.
        names: ids of the organisations that it names as telling, told, asked or able to see.
        towards: ids of the organisations that learned something through it, or came to know the person by it.
        by: id of the organisation that recorded it; its members are told why it is held back.
        known: whether the person has already been told of it, so that it gives nothing away.
        ground: the ground recorded with it, on which it is held back.
        again: when somebody is to look again at whether it must be held back.
    """

    part: Part
    row: Any
    on: date
    keys: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    names: frozenset[UUID] = frozenset()
    towards: frozenset[UUID] = frozenset()
    by: UUID | None = None
    known: bool = False
    ground: Held | None = None
    again: date | None = None


@dataclass(frozen=True)
class Parted:
    """What the statement says, and what is held back from it."""

    given: tuple[Line, ...]
    held: tuple[Line, ...]


def part(lines: Iterable[Line], withheld: Mapping[str, Iterable[str]]) -> Parted:
    """Divide lines into those the person is given and those held back.

    Args:
        lines: all of them.
        withheld: by table and row, the words that somebody withheld on a recorded ground; empty where the
            whole row is withheld. A line is held back whole even if only some of its words are withheld: a
            bar in it would be a trace.
    """
    looked = with_grounds(lines, withheld)
    first = first_held_back(looked)
    followed = [_follows(each, first) for each in looked]
    return Parted(
        given=tuple(each for each in followed if each.ground is None),
        held=tuple(each for each in followed if each.ground is not None),
    )


def with_grounds(lines: Iterable[Line], withheld: Mapping[str, Iterable[str]]) -> list[Line]:
    """Return lines, each with the ground on which it is held back in its own right, if any.

    Args:
        lines: all of them.
        withheld: what somebody withheld from them, as for ``part``.
    """
    return [_withheld(each, withheld) for each in lines]


def first_held_back(lines: Iterable[Line]) -> dict[UUID, Line]:
    """Return, by id of an organisation, the first held-back line through which it learned something."""
    first: dict[UUID, Line] = {}
    for each in sorted((one for one in lines if one.ground), key=lambda one: one.on):
        for name in each.towards:
            first.setdefault(name, each)
    return first


def betrayed_by(names: Iterable[UUID], on: date, first: Mapping[UUID, Line]) -> list[Line]:
    """Return the held-back lines that could be guessed because some organisations are named on a day.

    Once an organisation has been told something the person may not see, anything that names it could be a
    result of that. Anything from before that day could not.

    Args:
        names: ids of the organisations.
        on: the day.
        first: by organisation, the first line that is held back, as returned by ``first_held_back``.
    """
    return [first[name] for name in names if name in first and on >= first[name].on]


def _withheld(line: Line, withheld: Mapping[str, Iterable[str]]) -> Line:
    if line.ground is not None:
        return line
    for key in line.keys:
        for words in withheld.get(key, ()):
            if not words or stands_in(words, line.texts):
                return replace(line, ground=Held.WITHHELD)
    return line


def _follows(line: Line, first: Mapping[UUID, Line]) -> Line:
    """Hold a line back if another that is held back could be guessed from it.

    A line that the person has been told of gives nothing away. It stays, even where it led to what is held
    back: they may have read it before, and its absence would say more.
    """
    if line.ground is not None or line.known:
        return line
    causes = betrayed_by(line.names, line.on, first)
    if not causes:
        return line
    dates = [each.again for each in causes if each.again]
    return replace(line, ground=Held.FOLLOWS, again=min(dates) if dates else None)


def may_be_explained_to(line: Line, *, organisation: UUID | None) -> bool:
    """Say whether a member may know that a line is held back, and why: it must concern their organisation.

    The very fact that something is held back must not get around.
    """
    return organisation is not None and (line.by == organisation or organisation in line.towards)


_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\u201d\"'])\s+|\n+")


def sentence_by_sentence(quote: str) -> tuple[str, ...]:
    """Return what somebody said, one sentence a line, for an Easy Read page.

    It splits only where one of their sentences ends, and changes nothing, however long a sentence is.
    """
    return tuple(each for each in map(str.strip, _ENDS.split(quote)) if each)
