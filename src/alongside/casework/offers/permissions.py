"""Who may do what with offers. Reach decides for which people; this is about roles."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.offers.models import NotOffered


def may_read_offers(actor: Actor) -> Decision:
    """Whether the actor may see what the people within their reach were offered."""
    return actor.may(Permission.PERSON_READ)


def may_record_offers(actor: Actor) -> Decision:
    """Whether the actor may write down offers, what came of them, and what was not offered."""
    return actor.may(Permission.OFFER_RECORD)


def may_look_again(actor: Actor) -> Decision:
    """Whether the actor may take second looks at all."""
    return actor.may(Permission.OFFER_REVIEW)


def may_look_again_at(actor: Actor, noted: NotOffered) -> Decision:
    """Whether the actor may look again at this: it is their organisation's decision, but not their own."""
    ours = (
        ALLOWED
        if noted.organisation_id == actor.organisation_id
        else refused(
            "not_your_organisation", _("Another organisation decided this, and will look at it again.")
        )
    )
    another = (
        ALLOWED
        if noted.recorded_by_id != actor.user_id
        else refused("own_decision", _("You wrote this down yourself: somebody else must look at it."))
    )
    return may_look_again(actor) & ours & another


def may_read_report(actor: Actor) -> Decision:
    """Whether the actor may read, in numbers, who is offered help and who is not."""
    of_all = may_read_report_of_all(actor)
    return of_all if of_all.allowed else actor.may(Permission.OFFER_REPORT)


def may_read_report_of_all(actor: Actor) -> Decision:
    """Whether that covers the whole partnership rather than their organisation; never both.

    Somebody with both could work out what is held back, by taking one from the other.
    """
    return actor.may(Permission.OFFER_REPORT_ALL)
