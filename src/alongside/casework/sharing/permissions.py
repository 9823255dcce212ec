"""Who may do what about sharing."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.access.permissions import Permission


def may_read_agreements(actor: Actor) -> Decision:
    """Whoever works in the partnership may read what its organisations agreed about sharing."""
    return actor.may(Permission.AGREEMENT_READ)


def may_keep_agreements(actor: Actor) -> Decision:
    """Whoever watches over information enters agreements, renews them and changes what they say."""
    return actor.may(Permission.AGREEMENT_KEEP)
