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


def may_read_choices(actor: Actor) -> Decision:
    """Whoever may see a person may see what they chose about sharing."""
    return actor.may(Permission.PERSON_READ)


def may_record_choices(actor: Actor) -> Decision:
    """Whoever talks with people writes down what they choose about sharing, and that they took it back."""
    return actor.may(Permission.CHOICE_RECORD)
