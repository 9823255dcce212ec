"""Who may choose what: everybody for themselves."""

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import ALLOWED, Decision, refused


def may_choose(actor: Actor) -> Decision:
    """Whether there is somebody to send notices to."""
    return ALLOWED if actor.user_id else refused("no_account", _("A part of the system cannot get e-mail."))
