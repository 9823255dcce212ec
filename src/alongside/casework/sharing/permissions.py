"""Who may do what about sharing."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.sharing.models import Advice, ShareDecision


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


def may_read_decisions(actor: Actor) -> Decision:
    """Whoever works with people reads what their organisation decided to share, and what it was told."""
    return actor.may(Permission.PERSON_READ)


def may_decide(actor: Actor) -> Decision:
    """Practitioners and managers decide about sharing, and answer for it."""
    return actor.may(Permission.SHARE_DECIDE)


def may_look_second(actor: Actor) -> Decision:
    """A manager looks second at what is shared against what a person asked."""
    return actor.may(Permission.SHARE_AUTHORISE)


def may_look_second_at(actor: Actor, decision: ShareDecision) -> Decision:
    """Never at one's own: two people are two people."""
    another = (
        ALLOWED
        if decision.decided_by_id != actor.user_id
        else refused("own_decision", _("You decided this. Somebody else must look at it."))
    )
    return may_look_second(actor) & another


def may_give_advice(actor: Actor) -> Decision:
    """A manager advises whoever is unsure whether something may be shared."""
    return actor.may(Permission.SHARE_AUTHORISE)


def may_answer_advice(actor: Actor, advice: Advice) -> Decision:
    """Never one's own question."""
    another = (
        ALLOWED
        if advice.asked_by_id != actor.user_id
        else refused("own_question", _("You asked this. Somebody else must answer it."))
    )
    return may_give_advice(actor) & another
