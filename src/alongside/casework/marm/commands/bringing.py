"""What each agency brings to a case, in its own words: no agency says it for another."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import CaseAgency
from alongside.casework.marm.queries.doors import lock_case, must_stand
from alongside.casework.operations import command


@command
def say_what_we_bring(*, actor: Actor, at: datetime, case_id: UUID, brings: str, opened: str) -> CaseAgency:
    """Write down what the actor's own agency brings to a case and will do in it.

    Args:
        actor: a worker of that agency.
        at: when.
        case_id: which case.
        brings: what it brings.
        opened: what it said when they opened it.

    Raises:
        NotFoundError: there is no such case that the actor's organisation takes part in.
        AlreadyDoneError: it already says that, or the case is over.
        StaleError: a colleague wrote something else meanwhile.
        UnsaidError: it says nothing.
    """
    require(permissions.may_work_on_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    ours = CaseAgency.objects.filter(case=case, organisation_id=actor.member_of, until=None).first()
    if ours is None:
        raise NotFoundError(_("There is no such case that your organisation takes part in."))
    must_stand(case)
    if not brings.strip():
        raise UnsaidError(_("Say what your organisation brings."))
    if ours.brings.split() != opened.split():  # browsers send line endings in their own way
        raise StaleError(_("A colleague changed this while you had it open."))
    if ours.brings == brings.strip():
        raise AlreadyDoneError(_("That is already written down."))
    ours.say_what_it_brings(brings)
    record(events.BRINGS_SAID, actor=actor, person_id=case.person_id, about=("case", case.id))
    return ours
