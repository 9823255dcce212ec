"""Who may see what runs by itself."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.access.permissions import Permission


def may_read_schedule(actor: Actor) -> Decision:
    """Whether they may see what runs by itself, when it last ran and how it went."""
    return actor.may(Permission.SCHEDULE_READ)
