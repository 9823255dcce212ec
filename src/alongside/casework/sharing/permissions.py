"""Who may do what about sharing."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.sharing.models import InformationRequest


def may_read_agreements(actor: Actor) -> Decision:
    """Whoever works in the partnership may read what its organisations agreed about sharing."""
    return actor.may(Permission.AGREEMENT_READ)


def may_keep_agreements(actor: Actor) -> Decision:
    """Whoever watches over information enters agreements, renews them and changes what they say."""
    return actor.may(Permission.AGREEMENT_KEEP)


def may_ask_for_information(actor: Actor) -> Decision:
    """Say whether the actor may ask another agency for information about a person they see."""
    return actor.may(Permission.REQUEST_MAKE)


def may_read_requests(actor: Actor) -> Decision:
    """Say whether the actor may read requests from and to their organisation: who asks and who answers."""
    return actor.may(Permission.REQUEST_ANSWER)


def may_answer_request(actor: Actor, request: InformationRequest) -> Decision:
    """Say whether the actor may answer a request: it must be one to their own organisation."""
    own = (
        ALLOWED
        if request.asked_of_id == actor.organisation_id
        else refused("not_asked_of_you", _("This was asked of another organisation; it is theirs to answer."))
    )
    return actor.may(Permission.REQUEST_ANSWER) & own


def may_follow_up_request(actor: Actor, request: InformationRequest) -> Decision:
    """Say whether the actor may chase or withdraw a request: their own organisation's; at night any."""
    own = (
        ALLOWED
        if request.asked_by_id == actor.organisation_id or actor.reach == EVERYBODY
        else refused("not_asked_by_you", _("Another organisation asked this; it is theirs to follow up."))
    )
    return actor.may(Permission.REQUEST_MAKE) & own


def may_count_requests(actor: Actor) -> Decision:
    """Say whether the actor may see how each agency answers. It shows no person."""
    return actor.may(Permission.REQUEST_COUNT)
