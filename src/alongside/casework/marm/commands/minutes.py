"""Saying what an agency knows; writing, closing and adding to minutes; and what the family says."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Addendum, AgencyReport, FamilyView, Meeting, Minutes
from alongside.casework.marm.queries.family import without_risk_from_them
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.meetings import lock_meeting
from alongside.casework.marm.rules.minutes import Written, keeps_from_closing
from alongside.casework.marm.rules.reports import Report, wrong_with
from alongside.casework.operations import command
from alongside.casework.people.models import Contact, Person


class NotToBeClosedError(CaseworkError):
    """Something keeps the minutes from being closed: the message says what."""


class AgainstTheirWishError(CaseworkError):
    """The person does not want somebody to be asked, or has not been asked whether they do."""


class RiskFromThemError(CaseworkError):
    """A risk was noted from the one whose words would be written down."""


@command
def send_report(*, actor: Actor, at: datetime, meeting_id: UUID, report: Report) -> AgencyReport:
    """Say what the actor's agency knows before a meeting. A later report replaces this one.

    Raises:
        NotFoundError: there is no such meeting to which the actor's organisation is invited.
        AlreadyDoneError: the meeting was cancelled, or its minutes are closed, or this was already sent.
        UnsaidError: something is missing, or nothing is known and something was written.
    """
    require(permissions.may_take_part(actor))
    meeting = _standing(lock_meeting(actor=actor, meeting_id=meeting_id))
    if not meeting.invited.filter(organisation_id=actor.member_of).exists():
        raise NotFoundError(_("Your organisation is not invited to this meeting."))
    if Minutes.objects.filter(meeting=meeting, closed_at__isnull=False).exists():
        raise AlreadyDoneError(_("The minutes of this meeting are closed. Add to them instead."))
    if wrong := wrong_with(report):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    newest = meeting.reports.filter(organisation_id=actor.member_of).order_by("-sent_at", "-id").first()
    if newest is not None and newest.says(report):
        raise AlreadyDoneError(_("Your agency has already sent exactly this."))
    sent = AgencyReport.send(
        meeting=meeting, organisation_id=actor.member_of, report=report, by=actor.name, at=at
    )
    record(events.REPORT_SENT, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    return sent


@command
def keep_minutes(
    *,
    actor: Actor,
    at: datetime,
    meeting_id: UUID,
    written: Written,
    opened_version: int,
    close: bool = False,
) -> Minutes:
    """Write minutes, and close them if asked to: after that they do not change.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
        NotAllowedError: the actor neither chairs, leads, acts nor co-ordinates.
        AlreadyDoneError: the meeting was cancelled.
        StaleError: somebody else wrote in them, or closed them, since they were opened.
        NotToBeClosedError: the person was not there and nobody wrote what they think and wish, or other
            parts are missing.
    """
    require(permissions.may_read_cases(actor))
    meeting = _standing(lock_meeting(actor=actor, meeting_id=meeting_id))
    require(permissions.may_minute(actor, meeting, leading_now(meeting.case).now))
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes.begin(meeting=meeting, at=at)
    if minutes.closed_at is not None:
        raise StaleError(
            _("%(name)s has closed these minutes since you opened them. What you wrote is below.")
            % {"name": minutes.closed_by}
        )
    if minutes.version != opened_version:
        raise StaleError(
            _(
                "%(name)s has written in these minutes since you opened them. Compare the two, "
                "then save again."
            )
            % {"name": minutes.saved_by}
        )
    invited = list(meeting.invited.all())
    given = {each.id: written.attendance.get(each.id, each.attendance) for each in invited}
    written = replace(written, attendance=given)
    if close and (wrong := keeps_from_closing(written, begins_at=meeting.begins_at, now=at)):
        raise NotToBeClosedError(f"{next(iter(wrong.values()))}.")
    for each in invited:
        each.note(given[each.id])
    minutes.write(written, by=actor.name, at=at)
    record(
        events.MINUTES_WRITTEN, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id)
    )
    if close:
        minutes.close(by=actor.name, at=at)
        record(
            events.MINUTES_CLOSED, actor=actor, person_id=meeting.case.person_id,
            took_part=written.took_part.value, about=("meeting", meeting.id),
        )  # fmt: skip
    return minutes


@command
def hear_family(*, actor: Actor, at: datetime, meeting_id: UUID, contact_id: UUID, words: str) -> FamilyView:
    """Write down what somebody in the person's life says, with what the person said about asking them.

    Raises:
        NotFoundError: there is no such meeting of a case of the actor's organisation, or nobody of this id.
        NotAllowedError: the actor neither chairs, leads, acts nor co-ordinates.
        AlreadyDoneError: the meeting was cancelled, or its minutes are closed.
        AgainstTheirWishError: the person does not want them to be asked, or has not said.
        RiskFromThemError: a risk from them was noted.
        UnsaidError: there are no words.
    """
    require(permissions.may_read_cases(actor))
    meeting = _standing(lock_meeting(actor=actor, meeting_id=meeting_id))
    require(permissions.may_minute(actor, meeting, leading_now(meeting.case).now))
    contact = Contact.objects.filter(
        id=contact_id, person__in=Person.objects.records_of(meeting.case.person_id), left_at=None
    ).first()
    if contact is None:
        raise NotFoundError(_("There is nobody with that id in their network."))
    if contact.permission not in (Contact.Permission.YES, Contact.Permission.ONLY_IF):
        raise AgainstTheirWishError(
            _("Ask the person first: they have not said that you may speak with %(name)s.")
            % {"name": contact.name}
        )
    if not without_risk_from_them(meeting.case, actor).filter(id=contact.id).exists():
        # not for which reason: the actor may not be let in to the case in which a risk was noted
        raise RiskFromThemError(
            _(
                "%(name)s should not be heard: a risk from them has been noted, %(person)s does not let you "
                "speak with them, or they are no longer in the network."
            )
            % {"name": contact.name, "person": meeting.case.person.goes_by}
        )
    if not words.strip():
        raise UnsaidError(_("Write what they say."))
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes.begin(meeting=meeting, at=at)
    if minutes.closed_at is not None:
        raise AlreadyDoneError(_("The minutes of this meeting are closed. Add to them instead."))
    heard = FamilyView.objects.create(
        minutes=minutes, name=f"{contact.name}, {contact.relationship}", wish=contact.permission,
        wish_words=contact.permission_words, words=words.strip(), by=actor.name, at=at,
    )  # fmt: skip
    record(events.FAMILY_HEARD, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id))
    return heard


@command
def add_to_minutes(*, actor: Actor, at: datetime, meeting_id: UUID, words: str) -> Addendum:
    """Add to closed minutes what is wrong or missing: any agency that takes part.

    Raises:
        NotFoundError: there is no such meeting of a case that the actor's organisation takes part in.
        AlreadyDoneError: they are still open: write in them instead.
        UnsaidError: there are no words.
    """
    require(permissions.may_take_part(actor))
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    minutes = Minutes.objects.filter(meeting=meeting, closed_at__isnull=False).first()
    if minutes is None:
        raise AlreadyDoneError(_("These minutes are still open: write in them whatever is missing."))
    if not words.strip():
        raise UnsaidError(_("Write what is wrong or missing."))
    added = Addendum.objects.create(
        minutes=minutes, organisation_id=actor.member_of, words=words.strip(), by=actor.name, at=at
    )
    record(
        events.MINUTES_ADDED_TO, actor=actor, person_id=meeting.case.person_id, about=("meeting", meeting.id)
    )
    return added


def _standing(meeting: Meeting) -> Meeting:
    if meeting.cancelled_at is not None:
        raise AlreadyDoneError(_("This meeting was cancelled."))
    return meeting
