"""Those who were told something hear that it was wrong, may be, or stands, and confirm that they know."""

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
from alongside.casework.sharing.models import Disclosure, LookedAgain, RecipientTold, ShareDecision
from alongside.casework.sharing.queries.corrections import told_what_it_corrects, was_in_doubt
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


def tell_it_may_be_wrong(decision: ShareDecision, *, actor: Actor, at: datetime) -> None:
    """Warn those who were told what a decision corrects, while it waits for a second person.

    Not only once that person agrees: what was told would be relied on until then. Part of a command that
    checked.
    """
    words = _(
        "%(organisation)s has found that something may be wrong with this, and is deciding again. Until you "
        "hear, ask them before you rely on it."
    )
    _tell(decision, told_what_it_corrects(decision), actor=actor, at=at, because_of=decision.id, words=words)


def tell_it_was_wrong(decision: ShareDecision, *, actor: Actor, at: datetime, because_of: UUID) -> None:
    """Tell those who were told what a decision corrects, and are not told by it at once what is right.

    Part of a command that checked.
    """
    words = _(
        "%(organisation)s has made a new decision about this, because something was wrong with it. Do not "
        "rely on what you were told here: if you need it, ask them what is right."
    )
    _tell(decision, told_what_it_corrects(decision), actor=actor, at=at, because_of=because_of, words=words)


def tell_it_was_not_agreed(decision: ShareDecision, *, actor: Actor, at: datetime, because_of: UUID) -> None:
    """Tell those who were warned that nobody agreed to what would have corrected what they were told.

    Not that it stands: nobody has said so. Part of a command that checked.
    """
    words = _(
        "%(organisation)s was deciding again about this. The new decision was not agreed, so nothing "
        "replaces what you were told here. Ask them before you rely on it."
    )
    _tell(decision, told_what_it_corrects(decision), actor=actor, at=at, because_of=because_of, words=words)


def tell_it_stands(decision: ShareDecision, look: LookedAgain, *, actor: Actor, at: datetime) -> None:
    """Tell those who were warned of a decision that it was reviewed and stands; nobody who was not warned.

    Part of a command that checked; ``decision`` as it was before this review.
    """
    before = list(decision.looked_again.all())
    if not was_in_doubt(decision, since=before[-1].at if before else None):
        return
    told = set(Disclosure.objects.filter(decision=decision).values_list("id", flat=True))
    words = _("%(organisation)s has looked at this again. What you were told here stands.")
    _tell(decision, told, actor=actor, at=at, because_of=look.id, words=words)


def _tell(
    decision: ShareDecision,
    told: Collection[UUID],
    *,
    actor: Actor,
    at: datetime,
    because_of: UUID,
    words: str,
) -> None:
    if told:
        tell_recipients(
            actor=actor, at=at, person_id=decision.person_id, disclosures=told, because_of=because_of,
            words=words % {"organisation": actor.organisation_name},
        )  # fmt: skip


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
