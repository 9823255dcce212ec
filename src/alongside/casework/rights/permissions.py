"""Who may do what about what people ask of us."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.rights.rules.states import may_be_released_by


def may_take_for_known(actor: Actor) -> Decision:
    """Whoever works with people takes a request from somebody they see; they need not call it by its name."""
    return actor.may(Permission.PERSON_READ)


def may_handle(actor: Actor) -> Decision:
    """Whoever watches over information answers requests, and sees for that what is held about the person."""
    return actor.may(Permission.RIGHTS_HANDLE)


def may_note_wish(actor: Actor) -> Decision:
    """Whoever works with people notes what somebody they see wants; who answers that, for anybody."""
    handles = may_handle(actor)
    return handles if handles.allowed else may_take_for_known(actor)


def may_say_who_asks(actor: Actor, taker: UUID) -> Decision:
    """Another than whoever noted a request says how it is known who asks: one alone could make one up."""
    another = (
        ALLOWED
        if actor.user_id != taker
        else refused(
            "noted_it_oneself",
            _("You noted this request yourself. Somebody else must confirm who is asking."),
        )
    )
    return may_handle(actor) & another


def may_release(actor: Actor, worked_on_it: Collection[UUID]) -> Decision:
    """Another than those who decided what is withheld releases a bundle."""
    another = (
        ALLOWED
        if may_be_released_by(actor.user_id, worked_on_it)
        else refused(
            "worked_on_it_oneself",
            _("You worked on this bundle yourself. Somebody else must check it and release it."),
        )
    )
    return may_handle(actor) & another


def may_read_statement(actor: Actor) -> Decision:
    """Whoever works with a person prepares what they may read about themself, and reads it with them."""
    return actor.may(Permission.PERSON_READ)


def may_give_statement(actor: Actor) -> Decision:
    """Whoever writes down what is done with a person hands them their statement and notes that."""
    return may_read_statement(actor) & actor.may(Permission.CHRONOLOGY_ADD)


def may_see_its_words(actor: Actor, *organisations: UUID) -> bool:
    """Say whether a member sees the words of what was told: their organisation told or heard them."""
    return actor.organisation_id in organisations
