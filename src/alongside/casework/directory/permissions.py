"""Who may read and keep the directory."""

from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused
from alongside.casework.access.permissions import Permission


def may_search(actor: Actor) -> Decision:
    """Everybody who works in the partnership may look for services."""
    return actor.may(Permission.DIRECTORY_READ)


def may_publish(actor: Actor) -> Decision:
    """A directory editor may add an entry for the organisation they are acting for."""
    if actor.organisation_id is None:
        return refused(
            "no_organisation", _("An entry belongs to an organisation, and you are not acting for one.")
        )
    return actor.may(Permission.DIRECTORY_EDIT)


def may_keep(actor: Actor, *, owner_id: UUID | None) -> Decision:
    """A directory editor may change only the entries of their own organisation.

    Args:
        actor: who is asking.
        owner_id: the member of the partnership whose entry it is; None if it comes from a feed.
    """
    if owner_id is None:
        return refused("from_a_feed", _("This entry comes from another directory. It must be changed there."))
    if owner_id != actor.organisation_id:
        return refused(
            "not_own_entry", _("Another organisation keeps this entry. Tell them what is wrong with it.")
        )
    return may_publish(actor)


def may_import(actor: Actor) -> Decision:
    """Those who look after data may add feeds and needs, and import feeds."""
    return actor.may(Permission.DIRECTORY_IMPORT)


def may_read_published(_: Actor) -> Decision:
    """Anybody at all: what is published holds no personal data and needs no key."""
    return ALLOWED
