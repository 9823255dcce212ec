"""What the page of automatic jobs says, in finished words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.background.models import LastRun
from alongside.casework.background.queries import WhatRuns
from alongside.casework.background.rules import Went, worker_is_there
from alongside.casework.background.schedule import Scheduled
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import moment_in_words


@dataclass(frozen=True)
class Line:
    """One line of the schedule: what it is, and what there is to say about it, by name."""

    title: str
    what: str
    tag: Tag
    told: list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The page: whether a background worker is there, and every line."""

    worker: str
    worker_is_there: bool
    lines: list[Line]


def page(found: WhatRuns, *, at: datetime) -> Page:
    """Return the page."""
    there = worker_is_there(found.worker_heard_at, at=at)
    if there:
        worker = _("The background worker is running.")
    elif found.worker_heard_at:
        worker = _(
            "The background worker has not been heard from since %(when)s. No automatic jobs run until it is "
            "started."
        ) % {"when": moment_in_words(found.worker_heard_at)}
    else:
        worker = _("No background worker is running. No automatic jobs run until one is started.")
    return Page(worker, there, [_line(each, found, at, there=there) for each in found.lines])


def _line(listed: tuple[Scheduled, LastRun | None], found: WhatRuns, at: datetime, *, there: bool) -> Line:
    line, last = listed
    told = [(_("How often"), _begun(line.rhythm.words))]
    if last is None:
        told.append((_("Last ran"), _("Not yet")))
    else:
        told.append((_("Last ran"), moment_in_words(last.began_at)))
        if last.words:
            told.append((_("Result"), last.words))
        if last.went != Went.WELL and last.well_at:
            told.append((_("Last succeeded"), moment_in_words(last.well_at)))
    told.append((_("Next run"), moment_in_words(line.rhythm.next_after(at))))
    return Line(line.title(), line.what(), _tag(line, last, found, at, there=there), told)


def _begun(words: str) -> str:
    """With a capital letter, as it begins a line."""
    return words[:1].upper() + words[1:]


def _tag(line: Scheduled, last: LastRun | None, found: WhatRuns, at: datetime, *, there: bool) -> Tag:
    if last is None:
        if line.rhythm.overdue(found.in_use_since, at=at):
            return Tag(_("Overdue"), "red")
        return Tag(_("Has not run yet"), "grey")
    if last.ended_at is None:
        running = there and line.code in found.being_done
        return Tag(_("Running"), "blue") if running else Tag(_("Interrupted"), "red")
    if line.rhythm.overdue(last.began_at, at=at):
        return Tag(_("Overdue"), "red")
    match last.went:
        case Went.WELL:
            return Tag(_("Succeeded"), "green")
        case Went.PARTLY:
            return Tag(_("Partly done"), "yellow")
        case _unused:
            return Tag(_("Failed"), "red")
