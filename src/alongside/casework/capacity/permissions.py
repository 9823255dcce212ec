"""Who may do what about capacity. Which people is a matter of reach."""

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import Decision
from alongside.casework.access.permissions import Permission
from alongside.casework.people.permissions import may_read_people


def may_read_capacity(actor: Actor) -> Decision:
    """Anybody who may see a person may read what was found about their decisions: all must go by it."""
    return may_read_people(actor)


def may_record_capacity(actor: Actor) -> Decision:
    """Members whose role is to work with people may record capacity, best interests, wishes and advocacy."""
    return actor.may(Permission.CAPACITY_RECORD)
