"""The agency report: what each agency said before a meeting, with room for the reader's own."""

from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.design.papers import Block, Fields, Paper, Section, Table, Words, filled, words_if
from alongside.casework.marm.presenters.minutes import ReportShown, reports_shown
from alongside.casework.marm.presenters.papers.heads import about_meeting, head_of
from alongside.casework.marm.presenters.papers.titles import TITLES
from alongside.casework.marm.presenters.words import REPORT, TOPIC
from alongside.casework.marm.queries.minutes import ReportsPage
from alongside.casework.marm.queries.papers import Reporting
from alongside.casework.marm.rules.papers import Paper as Code
from alongside.casework.marm.rules.reports import Topic


def agency_report(found: Reporting) -> Paper:
    """Return what agencies know: as it was sent, with room for the reader's agency if it sent nothing."""
    page, shown = found.page, reports_shown(found.page)
    sections = [head_of(page.meeting)]
    if found.organisation in page.waiting:
        wanted = Words(_("Due by %(day)s.") % {"day": shown.due})
        sections.append(Section(found.organisation, (wanted, *_room(found.organisation, _in_touch(found)))))
    sections += [Section(each.agency, _report(each)) for each in shown.reports]
    others = [each for each in page.waiting if each != found.organisation]
    if others:
        sections.append(Section(_("Nothing sent yet"), (Words(", ".join(others)),)))
    if page.reports:
        sections.append(Section(_("Who knows what"), (_grid(page),)))
    return Paper(
        title=str(TITLES[Code.AGENCY_REPORT]),
        about=about_meeting(page.meeting),
        lead=(_lead(),),
        sections=tuple(sections),
    )


def blank_report() -> Paper:
    """Return a report to be filled in by hand."""
    return Paper(
        title=str(TITLES[Code.AGENCY_REPORT]),
        about="",
        lead=(_lead(),),
        sections=(head_of(None), Section(_("Our agency"), _room("", ""))),
    )


def _lead() -> str:
    return _(
        "What an agency knows before a meeting: facts kept separate from what it makes of them, and what is "
        "strong beside what it worries about. “We know nothing” is a complete answer."
    )


def _report(shown: ReportShown) -> tuple[Block, ...]:
    source = Words(_("Sent by %(source)s.") % {"source": shown.source})
    disputed = words_if(shown.disputed)
    if shown.nothing_known:
        said = tuple(row for row in shown.rows if row[1])
        return (
            *disputed,
            Words(_("It knows nothing about the person.")),
            *([Fields(said)] if said else []),
            source,
        )
    return (*disputed, Fields(filled(tuple(shown.rows), otherwise=_("Nothing was written."))), source)


def _in_touch(found: Reporting) -> str:
    """What the involvement register says about the reader's own agency, so it need not write that again."""
    return "\n".join(
        _("%(service)s, since %(day)s") % {"service": each.service, "day": day_in_words(each.since)}
        for each in found.page.around
        if each.organisation.name == found.organisation and each.service and each.since
    )


def _room(agency: str, in_touch: str) -> tuple[Block, ...]:
    return (
        Fields(
            (
                (_("Agency"), agency),
                (_("Written by"), ""),
                (_("In touch"), in_touch),
                (_("Last seen"), ""),
            ),
            room=1,
        ),
        Fields(tuple((str(title), "") for title in REPORT.values())),
        Table(
            _("What we know about"),
            (_("About"), _("Yes or no")),
            tuple((str(each), "") for each in TOPIC.values()),
            to_fill_in=True,
        ),
    )


def _grid(page: ReportsPage) -> Table:
    """A line for each topic; a column for each agency would not fit on a sheet."""
    names = [each.organisation.name for each in page.reports]
    rows = []
    for row in page.grid:
        holders = [name for name, holds in zip(names, row.holds, strict=True) if holds]
        only = _("Only %(agency)s knows about this.") % {"agency": row.only} if row.only else "—"
        rows.append((str(TOPIC[Topic(row.topic)]), ", ".join(holders) or _("Nobody"), only))
    return Table(
        _("Who knows about what"),
        (_("About"), _("Who knows about it"), _("What only one agency knows")),
        tuple(rows),
    )
