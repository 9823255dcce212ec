"""Who may oversee how information is used."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.access.permissions import Permission


def may_read_trail(actor: Actor) -> Decision:
    """Say whether the actor may read the audit trail of every organisation in the partnership."""
    return actor.may(Permission.AUDIT_READ)
