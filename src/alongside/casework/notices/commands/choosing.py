"""Whether a member wants notices."""

from datetime import datetime

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.notices import events, permissions
from alongside.casework.notices.models import Notice
from alongside.casework.notices.queries import gets_notices
from alongside.casework.operations import command


@command
def choose_notices(*, actor: Actor, at: datetime, wanted: bool) -> None:
    """Note whether the actor wants an e-mail when something is waiting for them.

    Raises:
        AlreadyDoneError: it is so already.
    """
    require(permissions.may_choose(actor))
    if gets_notices(actor=actor) == wanted:
        raise AlreadyDoneError(_("Nothing has changed: you had already chosen this."))
    Notice.choose(actor.account, wanted=wanted)
    record(events.NOTICES_CHOSEN, actor=actor, wanted="yes" if wanted else "no")
