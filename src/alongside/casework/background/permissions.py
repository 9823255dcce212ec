"""Who may see the automatic jobs."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.access.permissions import Permission


def may_read_schedule(actor: Actor) -> Decision:
    """Whether they may see the automatic jobs, when each last ran and how it went."""
    return actor.may(Permission.SCHEDULE_READ)
