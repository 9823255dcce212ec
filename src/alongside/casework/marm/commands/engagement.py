"""Writing down what was tried to get in touch with the person a case is about."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import EngagementTry
from alongside.casework.marm.queries.doors import lock_case, must_stand
from alongside.casework.marm.rules.engagement import Engagement, wrong_with_engagement
from alongside.casework.operations import command


@command
def note_engagement(*, actor: Actor, at: datetime, case_id: UUID, said: Engagement) -> EngagementTry:
    """Write down one try at getting in touch, what came of it and what worked, for all who take part.

    Raises:
        NotAllowedError: the actor does not take part in cases.
        NotFoundError: there is no such case that the actor's organisation takes part in.
        AlreadyDoneError: the case is over.
        UnsaidError: it does not say what was tried, or the day is still to come.
    """
    require(permissions.may_take_part(actor))
    case = lock_case(actor=actor, case_id=case_id)
    must_stand(case)
    if wrong := wrong_with_engagement(said, timezone.localdate(at)):
        raise UnsaidError(f"{next(iter(wrong.values()))}.")
    noted = EngagementTry.note(case=case, organisation_id=actor.member_of, said=said, by=actor.name, at=at)
    record(events.ENGAGEMENT_NOTED, actor=actor, person_id=case.person_id, about=("case", case.id))
    return noted
