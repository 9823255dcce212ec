"""Those who were told something about a person are told that it was wrong, and confirm that they know."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import RecipientTold
from alongside.casework.sharing.queries.decisions import disclosure_to, disclosures_about


def tell_recipients(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    disclosures: Collection[UUID],
    because_of: UUID,
    words: str,
) -> int:
    """Tell each organisation behind these disclosures what changed, once; part of a command that checked.

    UK GDPR Article 19. It appears on their page of what was shared with them, whether or not they can see
    the person.

    Args:
        actor: who.
        at: when.
        person_id: about whom; disclosures about anybody else are ignored.
        disclosures: the ids of what was told.
        because_of: what led to it.
        words: what changed, for whoever was told.

    Returns:
        How many were told.
    """
    theirs = [each for each in disclosures_about(actor=actor, person_id=person_id) if each.id in disclosures]
    return len(RecipientTold.tell(theirs, because_of=because_of, words=words, by=actor.name, at=at))


@command
def confirm_correction(*, actor: Actor, at: datetime, disclosure_id: UUID, notice_id: UUID) -> None:
    """Say that the actor's organisation has read that something it was told is wrong.

    Raises:
        NotAllowedError: the actor's role may not read what was shared.
        NotFoundError: nothing like this was shared with their organisation.
        AlreadyDoneError: somebody has already confirmed it.
    """
    require(permissions.may_read_decisions(actor))
    disclosure = disclosure_to(actor=actor, disclosure_id=disclosure_id)
    notice = disclosure.notices.select_for_update(no_key=True).filter(id=notice_id).first()
    if notice is None:
        raise NotFoundError(_("Nothing like this was shared with your organisation."))
    if notice.confirmed_at is not None:
        raise AlreadyDoneError(_("%(who)s has already confirmed this.") % {"who": notice.confirmed_by})
    notice.confirm(by=actor.name, at=at)
    person_id = disclosure.decision.person_id
    record(events.CORRECTION_CONFIRMED, actor=actor, person_id=person_id, about=("disclosure", disclosure.id))
