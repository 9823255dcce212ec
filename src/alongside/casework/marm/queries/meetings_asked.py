"""Requests for a meeting: a single one, and when its answer is due."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import MeetingAsked
from alongside.casework.marm.queries.doors import get_case, row_of_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.meetings_asked import WAIT, AskedState, answer_due
from alongside.casework.marm.rules.stages import Urgency
from alongside.casework.operations import query


@dataclass(frozen=True)
class AskedPage:
    """A request for a meeting: what was asked, and when its answer is due."""

    asked: MeetingAsked
    answer_by: datetime


@query(records=True)
def asked_to_answer(*, actor: Actor, asked_id: UUID) -> AskedPage:
    """Return a request for a meeting, for the form that answers it, and record that the actor looked.

    Raises:
        NotFoundError: there is no such request in a case that the actor's organisation takes part in.
        NotAllowedError: the answer would not be accepted.
        AlreadyDoneError: it was answered.
    """
    require(permissions.may_read_cases(actor))
    asked = get_asked(actor=actor, asked_id=asked_id)
    case = get_case(actor=actor, case_id=asked.case_id)
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if asked.state not in WAIT:
        raise AlreadyDoneError(_("The worker who asked already has an answer."))
    if asked.state is AskedState.TO_COORDINATOR:
        require(permissions.may_coordinate_case(actor, case))
    record(events.CASE_SEEN, actor=actor, person_id=case.person_id, about=("case", case.id))
    return AskedPage(asked, asked_due(asked))


def asked_due(asked: MeetingAsked) -> datetime:
    """Return when the answer to a request for a meeting is due."""
    return answer_due(asked.asked_at, Urgency(asked.urgency), marm_pack().clocks.meeting_answered)


def get_asked(*, actor: Actor, asked_id: UUID) -> MeetingAsked:
    """Return a request for a meeting, with the meeting that answers it.

    Raises:
        NotFoundError: there is none, or the actor's organisation takes no part in its case.
    """
    found = row_of_case(MeetingAsked, asked_id, "case__person", "organisation", "meeting", actor=actor)
    if found is None:
        raise NotFoundError(_("There is no such request in a case that your organisation takes part in."))
    return found
