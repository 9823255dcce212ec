"""The page "today": each app that has something for a member's day adds a section when it is ready.

And what such apps put on the page of a person.
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
        href: where it leads.
        hint: why it is there.
        due: until when it is to be done, the last day or a moment; None for what has no such time.
        begins: when it takes place, or what it has to be done before.
        tag: that it is late or for today; the page of the day says so, nobody else.
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
        lines: what is to be done.
        empty: the sentence where there is nothing.
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
"""Each is asked on every visit, and answers None where it has nothing to do with whoever asks.

One answers with several where a single question to the database tells all of them.
"""


ABOUT_A_PERSON: list[Callable[[HttpRequest, UUID], list[Line]]] = []
"""Each is asked on every visit to the page of a person, and answers what stands about them now."""


def now_about(request: HttpRequest, person_id: UUID) -> list[Line]:
    """Return what stands about a person now, for whoever asks: it comes right below what warns of them."""
    return [line for told in ABOUT_A_PERSON for line in told(request, person_id)]


def sections_for(request: HttpRequest) -> list[Section]:
    """Return the sections for whoever asks, in order."""
    made: list[Section] = []
    for make in SECTIONS:
        answered = make(request) or ()
        made.extend([answered] if isinstance(answered, Section) else answered)
    return by_time(sorted(made, key=lambda section: section.order), timezone.now())


def by_time(sections: list[Section], now: datetime) -> list[Section]:
    """Return the sections with their lines in the order in which they are due, those without a day last.

    What takes place today, is due today or late stands together at the head of the page, whichever section
    it comes from: nobody looks through five of them for the call that is in an hour.
    """
    pressing: list[Line] = []
    later: list[Section] = []
    people = 0
    for section in sections:
        marked = [replace(line, tag=_tag(line, now)) for line in section.lines]
        pressing += [line for line in marked if line.tag]
        rest = sorted((line for line in marked if not line.tag), key=_time)
        if rest or section.more or not section.lines:
            # that nothing waits is not so of a section whose lines stand at the head
            later.append(replace(section, lines=rest, empty="" if section.lines else section.empty))
        else:
            people += section.people
    if not pressing:
        return later
    head = Section(_("For today, and late"), 0, sorted(pressing, key=_time), people=people)
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
        return Tag(ngettext("Late by %(days)s day", "Late by %(days)s days", days) % {"days": days}, "red")
    if isinstance(line.due, datetime) and line.due <= now:
        return Tag(_("Late"), "red")
    return Tag(_("Today"), "blue") if days == 0 else None


def _time(line: Line) -> tuple[bool, bool, date, str]:
    """What has a time of the clock today comes first, what has no day last."""
    if line.begins is not None:
        return (False, line.tag is None, _day(line.begins), line.begins.isoformat())
    return (line.due is None, True, _day(line.due) if line.due else date.max, "")


def _day(day: date) -> date:
    return timezone.localdate(day) if isinstance(day, datetime) else day
