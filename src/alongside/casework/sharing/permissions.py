"""Who may do what about sharing."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.sharing.models import Advice, InformationRequest, ShareDecision


def may_read_agreements(actor: Actor) -> Decision:
    """Anybody who works in the partnership may read what its organisations agreed about sharing."""
    return actor.may(Permission.AGREEMENT_READ)


def may_keep_agreements(actor: Actor) -> Decision:
    """Those who oversee information enter agreements, renew them and change what they say."""
    return actor.may(Permission.AGREEMENT_KEEP)


def may_read_choices(actor: Actor) -> Decision:
    """Anybody who may see a person may see what they chose about sharing."""
    return actor.may(Permission.PERSON_READ)


def may_record_choices(actor: Actor) -> Decision:
    """Those who talk with people write down what they choose about sharing, and that they took it back."""
    return actor.may(Permission.CHOICE_RECORD)


def may_read_decisions(actor: Actor) -> Decision:
    """Those who work with people read what their organisation decided to share, and what it was told."""
    return actor.may(Permission.PERSON_READ)


def may_decide(actor: Actor) -> Decision:
    """Practitioners and managers decide about sharing, and are responsible for it."""
    return actor.may(Permission.SHARE_DECIDE)


def may_look_second(actor: Actor) -> Decision:
    """A manager gives a second view on what is shared against a person's wishes."""
    return actor.may(Permission.SHARE_AUTHORISE)


def may_look_second_at(actor: Actor, decision: ShareDecision) -> Decision:
    """Never at one's own decision: it takes two people."""
    another = (
        ALLOWED
        if decision.decided_by_id != actor.user_id
        else refused("own_decision", _("You decided this. Somebody else must look at it."))
    )
    return may_look_second(actor) & another


def may_chase_looks(actor: Actor) -> Decision:
    """Only the nightly job sends reminders of late looks: nobody presses a button for it."""
    by_night = (
        ALLOWED
        if actor.reach == EVERYBODY
        else refused("not_the_night", _("This runs automatically at night."))
    )
    return may_look_second(actor) & by_night


def may_see_late_looks(actor: Actor) -> Decision:
    """Those who review emergencies see in how many nobody looked at what was shared, and where."""
    return actor.may(Permission.BREAK_GLASS_REVIEW)


def may_give_advice(actor: Actor) -> Decision:
    """A manager advises anybody who is unsure whether something may be shared."""
    return actor.may(Permission.SHARE_AUTHORISE)


def may_answer_advice(actor: Actor, advice: Advice) -> Decision:
    """Never one's own question."""
    another = (
        ALLOWED
        if advice.asked_by_id != actor.user_id
        else refused("own_question", _("You asked this. Somebody else must answer it."))
    )
    return may_give_advice(actor) & another


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
        else refused(
            "not_asked_of_you", _("Another organisation was asked this, and only they can answer it.")
        )
    )
    return actor.may(Permission.REQUEST_ANSWER) & own


def may_follow_up_request(actor: Actor, request: InformationRequest) -> Decision:
    """Say whether the actor may chase or withdraw a request: their organisation's own, or at night any."""
    own = (
        ALLOWED
        if request.asked_by_id == actor.organisation_id or actor.reach == EVERYBODY
        else refused("not_asked_by_you", _("Another organisation asked this; it is theirs to follow up."))
    )
    return actor.may(Permission.REQUEST_MAKE) & own


def may_count_requests(actor: Actor) -> Decision:
    """Say whether the actor may see how each agency answers. It shows no person."""
    return actor.may(Permission.REQUEST_COUNT)
