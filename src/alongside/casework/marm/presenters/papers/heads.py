"""What is at the head of the papers of a case, and on each of their sheets."""

from dataclasses import replace

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.design.papers import Fields, Paper, Section
from alongside.casework.marm.models import Case, Meeting
from alongside.casework.marm.presenters.meetings import meeting_title
from alongside.casework.marm.rules.papers import reference_of

BLANK_ROWS = 6
"""How many actions, decisions or people a blank paper has room for."""


def numbers(*, columns: int) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table to be filled in: a number each, and room."""
    return tuple((str(number), *("" for _each in range(columns))) for number in range(1, BLANK_ROWS + 1))


def about_case(case: Case) -> str:
    """Say which case a paper is about, without a name, since it is on each sheet."""
    return _("Case %(reference)s") % {"reference": reference_of(case.id)}


def about_meeting(meeting: Meeting) -> str:
    """Say which meeting of which case."""
    return _("Case %(reference)s, %(meeting)s, %(day)s") % {
        "reference": reference_of(meeting.case_id), "meeting": meeting_title(meeting),
        "day": day_in_words(meeting.begins_at),
    }  # fmt: skip


def taken_by(paper: Paper, name: str) -> Paper:
    """Return a paper that says on each sheet who took it, so that one left lying can be traced."""
    about = _("%(about)s. Taken by %(name)s") % {"about": paper.about, "name": name}
    return replace(paper, about=about)


def head_of(meeting: Meeting | None) -> Section:
    """Return who a meeting is about, when, where and who chairs; space for these on a blank paper."""
    return Section(
        _("The meeting"),
        (
            Fields(
                (
                    (_("About"), meeting.case.person.goes_by if meeting else ""),
                    (_("Meeting"), meeting_title(meeting) if meeting else ""),
                    (_("When"), moment_in_words(meeting.begins_at) if meeting else ""),
                    (_("Where"), (meeting.place or _("Online")) if meeting else ""),
                    (
                        _("Chair"),
                        f"{meeting.chair.user.name}, {meeting.chair.organisation.name}" if meeting else "",
                    ),
                ),
                room=1,
            ),
        ),
    )
