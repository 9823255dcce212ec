"""Who may do what with the requests people make about their data."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission
from alongside.casework.rights.rules.states import may_be_released_by


def may_take_for_known(actor: Actor) -> Decision:
    """Members who work with people may take a request from somebody they can see, however it is worded."""
    return actor.may(Permission.PERSON_READ)


def may_handle(actor: Actor) -> Decision:
    """Members who handle rights answer requests, and for that may see what is held about the person."""
    return actor.may(Permission.RIGHTS_HANDLE)


def may_note_wish(actor: Actor) -> Decision:
    """Members who work with people note wishes of people they can see; those who handle rights, anybody's."""
    handles = may_handle(actor)
    return handles if handles.allowed else may_take_for_known(actor)


def may_say_who_asks(actor: Actor, taker: UUID) -> Decision:
    """Only somebody other than its taker may say who is asking: one member alone could invent a request."""
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
    """Only somebody who did not decide what is withheld may release a bundle."""
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
    """Members who work with a person prepare their statement and read it with them."""
    return actor.may(Permission.PERSON_READ)


def may_give_statement(actor: Actor) -> Decision:
    """Members who may write in the chronology may also give a person their statement and note that."""
    return may_read_statement(actor) & actor.may(Permission.CHRONOLOGY_ADD)


def may_see_its_words(actor: Actor, *organisations: UUID) -> bool:
    """Say whether a member may see the words that were shared: their organisation told or was told them."""
    return actor.organisation_id in organisations
