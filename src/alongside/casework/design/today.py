"""The "today" page: each app that has something for a member's day adds a section when it is ready.

And what such apps put on a person's page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.casework.design.components import Tag


@dataclass(frozen=True)
class Line:
    """One line of a section: a link, and a few words that say why it is there.

    Attributes:
        text: of the link.
        href: where it leads; empty if there is no page of it that the member may see.
        hint: why it is there.
        due: when it must be done by, the last day or a moment; None if there is no such time.
        begins: when it takes place, or what it must be done before.
        tag: that it is late or due today; only the "today" page sets this.
    """

    text: str
    href: str
    hint: str = ""
    due: date | datetime | None = None
    begins: datetime | None = None
    tag: Tag | None = None


@dataclass(frozen=True)
class Section:
    """Part of the page.

    Attributes:
        title: its heading.
        order: smaller comes first; ten lie between neighbours.
        lines: what there is to do.
        empty: the sentence if there is nothing.
        more: a link to all of it.
        people: how many of the lines name a person; the page records one look at all of them together.
    """

    title: str
    order: int
    lines: list[Line] = field(default_factory=list)
    empty: str = ""
    more: Line | None = None
    people: int = 0


SECTIONS: list[Callable[[HttpRequest], Section | Sequence[Section] | None]] = []
"""Each is asked on every visit, and answers None if it has nothing for the member.

One may answer with several sections, if a single question to the database gives all of them.
"""


ABOUT_A_PERSON: list[Callable[[HttpRequest, UUID], list[Line]]] = []
"""Each is asked on every visit to a person's page, and answers what is current about them."""


def now_about(request: HttpRequest, person_id: UUID) -> list[Line]:
    """Return what is current about a person, for the member: shown right below any warnings."""
    return [line for told in ABOUT_A_PERSON for line in told(request, person_id)]


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the sections for the member who asks, in order."""
    made: list[Section] = []
    for make in SECTIONS:
        answered = make(request) or ()
        made.extend([answered] if isinstance(answered, Section) else answered)
    return by_time(sorted(made, key=lambda section: section.order), timezone.now())


def by_time(sections: list[Section], now: datetime) -> list[Section]:
    """Return the sections with their lines in the order in which they are due, those without a day last.

    Whatever takes place today, is due today or is late comes together at the top of the page, whichever
    section it is from: nobody looks through five of them for the call that is in an hour.
    """
    pressing: list[Line] = []
    later: list[Section] = []
    people = 0
    for section in sections:
        marked = [replace(line, tag=_tag(line, now)) for line in section.lines]
        pressing += [line for line in marked if line.tag]
        rest = sorted((line for line in marked if not line.tag), key=_time)
        if rest or section.more or not section.lines:
            # "nothing is waiting" would be untrue of a section whose lines are at the top
            later.append(replace(section, lines=rest, empty="" if section.lines else section.empty))
        else:
            people += section.people
    if not pressing:
        return later
    head = Section(_("Due today or late"), 0, sorted(pressing, key=_time), people=people)
    return [head, *later]


def _tag(line: Line, now: datetime) -> Tag | None:
    today = timezone.localdate(now)
    if line.begins is not None:
        here = timezone.localtime(line.begins)
        return (
            Tag(_("Today at %(time)s") % {"time": f"{here:%H:%M}"}, "blue") if here.date() == today else None
        )
    if line.due is None:
        return None
    days = (today - _day(line.due)).days
    if days > 0:
        return Tag(ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}, "red")
    if isinstance(line.due, datetime) and line.due <= now:
        return Tag(_("Late"), "red")
    return Tag(_("Today"), "blue") if days == 0 else None


def _time(line: Line) -> tuple[bool, bool, date, str]:
    """Whatever has a time today comes first, whatever has no day last."""
    if line.begins is not None:
        return (False, line.tag is None, _day(line.begins), line.begins.isoformat())
    return (line.due is None, True, _day(line.due) if line.due else date.max, "")


def _day(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day
