"""Telling whoever asked for a meeting that none will be set, and why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import MeetingAsked
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now
from alongside.casework.marm.queries.meetings_asked import get_asked
from alongside.casework.marm.rules.meetings_asked import WAIT, AskedState
from alongside.casework.notices.commands import tell_named, tell_those_who_may
from alongside.casework.operations import command


@command
def decline_meeting(*, actor: Actor, at: datetime, asked_id: UUID, why: str) -> MeetingAsked:
    """Tell whoever asked for a meeting that none will be set, and why.

    If it is urgent and the actor does not co-ordinate, it goes to the co-ordinator, who sets one or lets
    the answer stand.

    Raises:
        NotFoundError: no meeting with this id was asked for in a case the actor's organisation takes part in.
        NotAllowedError: the actor neither leads, nor acts, nor co-ordinates; or it is waiting for the
            co-ordinator, and the actor is not one.
        AlreadyDoneError: it was answered.
        UnsaidError: there is no reason.
    """
    require(permissions.may_read_cases(actor))
    case = lock_case(actor=actor, case_id=get_asked(actor=actor, asked_id=asked_id).case_id)
    asked = get_asked(actor=actor, asked_id=asked_id)  # read again, once the case is locked
    require(permissions.may_steer(actor, case, leading_now(case).now))
    if asked.state not in WAIT:
        raise AlreadyDoneError(_("The worker who asked already has an answer."))
    co_ordinates = permissions.may_coordinate_case(actor, case)
    if asked.state is AskedState.TO_COORDINATOR:
        require(co_ordinates)
    if not why.strip():
        raise UnsaidError(_("Say why no meeting is set."))
    if asked.declined_at is None:
        asked.decline(why=why, by=actor.name, at=at)
    if co_ordinates.allowed:
        asked.let_stand(why=why, by=actor.name, at=at)
    record(
        events.MEETING_NOT_SET, actor=actor, person_id=case.person_id, about=("case", case.id),
        stands=asked.state is AskedState.DECLINED,
    )  # fmt: skip
    tell_named(asked.asked_by, asked.organisation_id, actor=actor, at=at)
    if asked.state is AskedState.TO_COORDINATOR:
        tell_those_who_may(
            Permission.CASE_COORDINATE, actor=actor, at=at, organisation_id=case.coordinating_id
        )
    return asked
