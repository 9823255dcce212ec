"""Tell the next run who to leave out."""

from collections.abc import Callable
from datetime import datetime

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.sources import events, permissions
from alongside.casework.sources.queries.objecting import Objector, objectors


@command
def hand_over_objections(*, actor: Actor, at: datetime, write: Callable[[list[Objector]], None]) -> int:
    """Tell the next run who objects, as an extract of Alongside's own; return how many people that is.

    Args:
        actor: a part of the system, usually the job before a run.
        at: when.
        write: writes the file (``jobs.write_objections_file``), whole or not at all.

    Raises:
        NotAllowedError: the actor is not a part of the system.
    """
    require(permissions.may_hand_over_objections(actor))
    people = objectors()
    write(people)
    record(events.OBJECTIONS_WRITTEN, actor=actor, people=len(people))
    return len(people)
