"""Meetings in finished words, on pages and in a calendar."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.design.addresses import address_of
from alongside.casework.design.components import Tag
from alongside.casework.design.dates import day_in_words, moment_in_words
from alongside.casework.marm.models import Invited, Meeting, MeetingAsked
from alongside.casework.marm.presenters.words import COMING, URGENCY
from alongside.casework.marm.presenters.words_of_waiting import ASKED_STATE
from alongside.casework.marm.queries.meetings import CouldCome, MeetingPage, MeetingsPage, ToSet
from alongside.casework.marm.queries.meetings_asked import asked_due
from alongside.casework.marm.rules.calendar import Entry
from alongside.casework.marm.rules.clocks import last_day
from alongside.casework.marm.rules.diary import Clash
from alongside.casework.marm.rules.invitations import WHY_NOT, WhyNot
from alongside.casework.marm.rules.meetings import Coming, in_time
from alongside.casework.marm.rules.meetings_asked import WAIT, AskedState
from alongside.casework.marm.rules.papers import reference_of
from alongside.casework.marm.rules.stages import Urgency
from alongside.casework.people.presenters.whole import in_words
from alongside.casework.people.presenters.words import offered

Row = tuple[str, str]


@dataclass(frozen=True)
class MeetingLine:
    """One meeting of a list."""

    title: str
    href: str
    state: Tag | None
    source: str


@dataclass(frozen=True)
class AskedShown:
    """A request for a meeting: why, who by, where it stands, and what was answered."""

    why: str
    source: str
    state: Tag
    late: str
    answers: list[str]
    meeting_href: str
    decline_href: str


@dataclass(frozen=True)
class MeetingsShown:
    """The meetings of a case."""

    case_id: UUID
    known_as: str
    clock: str
    late: bool
    asked: list[AskedShown]
    meetings: list[MeetingLine]
    may_ask: bool
    may_set: bool


@dataclass(frozen=True)
class InvitedLine:
    """Who is invited, why, and what they answered; ``off_href`` takes off who would not be invited today."""

    name: str
    why: str
    state: Tag
    words: str
    off_href: str
    before: str
    """Why they could not come before it was moved."""


@dataclass(frozen=True)
class MeetingShown:
    """The page of a meeting."""

    id: UUID
    case_id: UUID
    known_as: str
    title: str
    when: str
    cancelled: str
    priority: bool
    rows: list[Row]
    online: str
    takes_part: str
    adjustments: str
    warnings: list[str]
    invited: list[InvitedLine]
    reports_by: str
    may_answer: bool
    may_set: bool


def meetings_shown(page: MeetingsPage, now: datetime) -> MeetingsShown:
    """Return the list, with the clock to the first meeting."""
    late = not in_time(page.first.begins_at if page.first else None, page.first_due, now)
    day = day_in_words(last_day(page.first_due))
    if page.first is None:
        clock = (
            _("The first meeting was due by %(day)s, and none has been set.")
            if late
            else _("The first meeting is due by %(day)s.")
        )
    else:
        clock = (
            _("The first meeting was due by %(day)s, but it is later than that.")
            if late
            else _("The first meeting was due by %(day)s, and it is in time.")
        )
    return MeetingsShown(
        case_id=page.case.id,
        known_as=page.case.person.goes_by,
        clock=clock % {"day": day},
        late=late,
        asked=[asked_shown(each, page, now) for each in page.asked],
        meetings=[
            MeetingLine(
                title=meeting_title(each),
                href=address_of("marm:meeting", args=[each.id]),
                state=Tag(_("Cancelled"), "grey") if each.cancelled_at else None,
                source=_("%(when)s. Chair: %(name)s.")
                % {"when": moment_in_words(each.begins_at), "name": each.chair.user.name},
            )
            for each in page.meetings
        ],
        may_ask=page.may_ask,
        may_set=page.may_set,
    )


def meeting_title(meeting: Meeting) -> str:
    """Say which meeting."""
    return _("%(kind)s %(number)s") % {"kind": meeting.kind, "number": meeting.number}


def meeting_shown(page: MeetingPage) -> MeetingShown:
    """Return the page of a meeting."""
    meeting = page.meeting
    warnings = [_clash(each) for each in page.clashes]
    if page.chair_leads:
        warnings.append(_("The chair now leads the case. Choose somebody else to chair."))
    if page.chair_gone:
        warnings.append(_("By then the chair no longer works in this case. Choose somebody else to chair."))
    warnings += [_not_to_come(each, meeting) for each in sorted(page.not_to_come)]
    return MeetingShown(
        id=meeting.id,
        case_id=meeting.case_id,
        known_as=meeting.case.person.goes_by,
        title=meeting_title(meeting),
        when=moment_in_words(meeting.begins_at),
        cancelled=_("Cancelled by %(name)s on %(day)s: %(why)s")
        % {"name": meeting.set_by, "day": day_in_words(meeting.cancelled_at), "why": meeting.cancelled_why}
        if meeting.cancelled_at
        else "",
        priority=meeting.priority,
        rows=[
            (_("How long"), _("%(count)s minutes") % {"count": meeting.minutes}),
            (_("Where"), meeting.place),
            (_("Chair"), f"{meeting.chair.user.name}, {meeting.chair.organisation.name}"),
            (
                _("Set by") if meeting.version == 1 else _("Last changed by"),
                _("%(name)s, %(day)s") % {"name": meeting.set_by, "day": day_in_words(meeting.set_at)},
            ),
        ],
        online=meeting.online,
        takes_part=meeting.takes_part,
        adjustments=meeting.adjustments,
        warnings=warnings,
        invited=[_invited(each, page) for each in page.invited],
        reports_by=day_in_words(page.reports_by),
        may_answer=page.ours is not None and page.stands,
        may_set=page.may_set,
    )


def could_come_choices(found: ToSet) -> list[tuple[str, str]]:
    """Return who could be invited, each with why; people in the person's life with what the person said."""
    return [(each.key, _could_come(each)) for each in found.could_come]


def _could_come(each: CouldCome) -> str:
    who = f"{each.name} ({each.why})" if each.why else each.name
    return offered(who, each.permission, each.permission_words) if each.permission else who


def needs_of(found: ToSet) -> str:
    """Return what the person's records say they need to take part."""
    told = partial(in_words, found.person)
    interpreter = [_("Interpreter: %(which)s") % {"which": each} for each in told("interpreter")]
    return "\n".join([*told("adjustments"), *told("how_to_communicate"), *interpreter])


def calendar_entry(meeting: Meeting, address: str) -> Entry:
    """Return a meeting for a calendar, which others may see: nothing about the person or where they are."""
    reference = reference_of(meeting.case_id)
    return Entry(
        uid=f"{meeting.id}@alongside",
        sequence=meeting.version - 1,
        title=_("%(title)s, case %(reference)s") % {"title": _("Meeting"), "reference": reference},
        description=_("Where it is and what it is about: %(address)s") % {"address": address},
        begins_at=meeting.begins_at,
        minutes=meeting.minutes,
        changed_at=meeting.set_at,
        cancelled=meeting.cancelled_at is not None,
        urgent=meeting.priority,
    )


def asked_source(asked: MeetingAsked) -> str:
    """Say who asked for a meeting, when and how soon."""
    return _("%(name)s, %(organisation)s, %(day)s. %(urgency)s.") % {
        "name": asked.asked_by,
        "organisation": asked.organisation.name,
        "day": day_in_words(asked.asked_at),
        "urgency": URGENCY[Urgency(asked.urgency)],
    }


def asked_shown(asked: MeetingAsked, page: MeetingsPage, now: datetime) -> AskedShown:
    """Return a request for a meeting, with its answer; late if there was none in time."""
    words, colour = ASKED_STATE[asked.state]
    by = asked_due(asked)
    late = asked.state in WAIT and now >= by
    answered = page.answers_urgent if asked.state is AskedState.TO_COORDINATOR else page.may_set
    return AskedShown(
        why=asked.why,
        source=asked_source(asked),
        state=Tag(str(words), colour),
        late=_("An answer was due by %(day)s.") % {"day": day_in_words(last_day(by))} if late else "",
        answers=_answers(asked),
        meeting_href=address_of("marm:meeting", args=[asked.meeting_id]) if asked.meeting_id else "",
        decline_href=address_of("marm:decline_meeting", args=[asked.id])
        if answered and page.may_set and asked.state in WAIT
        else "",
    )


def _clash(clash: Clash) -> str:
    if not clash.away:
        said = _("%(name)s is in another meeting at that time.")
    elif clash.cover:
        said = _("%(name)s is away that day; %(cover)s is covering.")
    else:
        said = _("%(name)s is away that day, and nobody is covering.")
    return said % {"name": clash.name, "cover": clash.cover}


def _answers(asked: MeetingAsked) -> list[str]:
    """Why no meeting was set; a single answer if the co-ordinator declined it themself."""
    given = [(asked.declined_by, asked.declined_at, asked.declined_why)]
    if (asked.stands_by, asked.stands_at) != (asked.declined_by, asked.declined_at):
        given.append((asked.stands_by, asked.stands_at, asked.stands_why))
    return [
        _("No meeting, %(name)s said on %(day)s: %(why)s")
        % {"name": name, "day": day_in_words(at), "why": why}
        for name, at, why in given
        if at
    ]


def _not_to_come(name: str, meeting: Meeting) -> str:
    """Say so, but not for which reason: a reader may not be let in to the case in which a risk was noted."""
    return _(
        "%(name)s is invited, but should not be: a risk from them has been noted, %(person)s does not let "
        "you speak with them, or they are no longer in the network. Whoever leads or co-ordinates can take "
        "them off the invitation."
    ) % {"name": name, "person": meeting.case.person.goes_by}


def _invited(invited: Invited, page: MeetingPage) -> InvitedLine:
    may_go = page.may_set and invited.organisation_id is None and invited.name in page.not_to_come
    words, colour = COMING[Coming(invited.coming)]
    said = f"{WHY_NOT[WhyNot(invited.why_not)]}. {invited.words}" if invited.why_not else ""
    before = (
        _("Before it was moved, they said:\n%(words)s") % {"words": invited.before_words}
        if invited.before_words
        else ""
    )
    return InvitedLine(
        name=invited.name,
        why=invited.why,
        state=Tag(str(words), colour),
        words=said,
        off_href=address_of("marm:take_off_invitation", args=[page.meeting.id, invited.id]) if may_go else "",
        before=before,
    )
