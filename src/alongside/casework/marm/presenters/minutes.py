"""Reports before a meeting, who knows what, and minutes, in finished words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.marm.models import AgencyReport, FamilyView, Minutes
from alongside.casework.marm.presenters.meetings import meeting_title
from alongside.casework.marm.presenters.register import known_late
from alongside.casework.marm.presenters.words import ATTENDED, MINUTES, REPORT, TOOK_PART, TOPIC
from alongside.casework.marm.queries.minutes import MinutesPage, ReportsPage
from alongside.casework.marm.rules.minutes import Attended, TookPart
from alongside.casework.people.presenters.words import offered
from alongside.casework.people.queries.disputed import Marks, mark_of
from alongside.casework.people.rules import may_be_drawn

Row = tuple[str, str]


@dataclass(frozen=True)
class ReportShown:
    """What one agency says."""

    agency: str
    nothing_known: bool
    rows: list[Row]
    source: str
    disputed: str


@dataclass(frozen=True)
class GridLine:
    """One topic: whether each agency knows something, and what to say if only one does."""

    topic: str
    holds: list[str]
    only: str


@dataclass(frozen=True)
class ReportsShown:
    """What agencies say before a meeting."""

    meeting_id: UUID
    known_as: str
    title: str
    due: str
    reports: list[ReportShown]
    waiting: list[str]
    agencies: list[str]
    grid: list[GridLine]
    late: list[str]
    may_send: bool


@dataclass(frozen=True)
class MinutesShown:
    """Minutes."""

    meeting_id: UUID
    known_as: str
    title: str
    when: str
    begun: bool
    state: str
    took_part: str
    rows: list[Row]
    attendance: list[Row]
    family: list[tuple[str, str, str]]
    addenda: list[tuple[str, str]]
    previous_title: str
    previous: list[Row]
    may_write: bool
    may_add: bool
    may_hear: bool
    disputed: str
    previous_disputed: str


def reports_shown(page: ReportsPage) -> ReportsShown:
    """Return the reports, and who knows what."""
    yes, no = _("Yes"), _("No")
    return ReportsShown(
        meeting_id=page.meeting.id,
        known_as=page.meeting.case.person.goes_by,
        title=meeting_title(page.meeting),
        due=day_in_words(page.due),
        reports=[_report(each, page.disputed) for each in page.reports],
        waiting=page.waiting,
        agencies=[each.organisation.name for each in page.reports],
        grid=[
            GridLine(
                topic=str(TOPIC[row.topic]),
                holds=[yes if each else no for each in row.holds],
                only=_("Only %(agency)s knows about this.") % {"agency": row.only} if row.only else "",
            )
            for row in page.grid
        ],
        late=known_late(page.around),
        may_send=page.may_send,
    )


def minutes_shown(page: MinutesPage) -> MinutesShown:
    """Return the minutes, with the previous ones."""
    minutes, previous = page.minutes, page.previous
    return MinutesShown(
        meeting_id=page.meeting.id,
        known_as=page.meeting.case.person.goes_by,
        title=_("Minutes of %(meeting)s") % {"meeting": meeting_title(page.meeting)},
        when=moment_in_words(page.meeting.begins_at),
        begun=minutes is not None and minutes.version > 0,
        state=_state(minutes),
        took_part=str(TOOK_PART[TookPart(minutes.took_part)]) if minutes else "",
        rows=_rows(minutes) if minutes else [],
        attendance=[
            (each.name, ": ".join(filter(None, [str(ATTENDED[Attended(each.attended)]), each.attended_why])))
            for each in page.invited
        ],
        family=[_family(each) for each in page.family],
        addenda=[
            (
                each.words,
                _("%(name)s, %(organisation)s, %(day)s")
                % {"name": each.by, "organisation": each.organisation.name, "day": day_in_words(each.at)},
            )
            for each in page.addenda
        ],
        previous_title=_("The previous meeting: %(day)s") % {"day": day_in_words(previous.meeting.begins_at)}
        if previous
        else "",
        previous=_rows(previous) if previous else [],
        may_write=page.may_write,
        may_add=page.may_add,
        may_hear=page.may_write and bool(contact_choices(page)),
        disputed=mark_of(minutes, page.disputed) if minutes else "",
        previous_disputed=mark_of(previous, page.disputed) if previous else "",
    )


def contact_choices(page: MinutesPage) -> list[tuple[str, str]]:
    """Return who in the person's life we may speak with, and what the person said about it.

    Nobody a risk was noted from: what they hear about a meeting could be used against the person.
    """
    return [
        (
            str(each.id),
            offered(f"{each.name} ({each.relationship})", each.permission, each.permission_words),
        )
        for each in page.contacts
        if may_be_drawn(each.permission, poses_risk=each.poses_risk)
    ]


def standing_minutes(page: MinutesPage) -> dict[str, Any]:
    """Return what the minutes say, by the name of the field in their form."""
    minutes = page.minutes
    stands: dict[str, Any] = {
        "took_part": minutes.took_part if minutes else TookPart.NOT_YET.value,
        "opened_version": minutes.version if minutes else 0,
        **{name: getattr(minutes, name) if minutes else "" for name in MINUTES},
    }
    for each in page.invited:
        stands |= {f"attended_{each.id}": each.attended, f"why_{each.id}": each.attended_why}
    return stands


def _state(minutes: Minutes | None) -> str:
    if minutes is None or not minutes.version:
        return _("Nothing has been written yet.")
    if minutes.closed_at:
        return _("Closed by %(name)s on %(day)s. They cannot be changed; corrections are added to them.") % {
            "name": minutes.closed_by,
            "day": day_in_words(minutes.closed_at),
        }
    return _("Open. Saved by %(name)s on %(day)s.") % {
        "name": minutes.saved_by,
        "day": day_in_words(minutes.saved_at),
    }


def _rows(minutes: Minutes) -> list[Row]:
    return [(str(title), getattr(minutes, name)) for name, title in MINUTES.items()]


def _report(report: AgencyReport, disputed: Marks) -> ReportShown:
    return ReportShown(
        agency=report.organisation.name,
        nothing_known=report.nothing_known,
        rows=[(str(title), getattr(report, name)) for name, title in REPORT.items()],
        source=_("%(name)s, %(day)s") % {"name": report.sent_by, "day": day_in_words(report.sent_at)},
        disputed=mark_of(report, disputed),
    )


def _family(view: FamilyView) -> tuple[str, str, str]:
    wish = (
        _("The person lets us speak with them: %(words)s") % {"words": view.wish_words}
        if view.wish_words
        else _("The person lets us speak with them.")
    )
    return view.name, view.words, wish
