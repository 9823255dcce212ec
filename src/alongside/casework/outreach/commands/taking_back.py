"""Take back a referral that nobody has answered: it went to the wrong organisation, or the person said no."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.audit.recorder import record
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.referring import ReferralNeedsWordsError
from alongside.casework.outreach.models import Referral
from alongside.casework.outreach.queries.doors import lock_referral
from alongside.casework.outreach.queries.taking_back import item_it_was_made_from, must_be_unanswered
from alongside.casework.people.queries.telling import must_be_free_to_answer


@command
def take_referral_back(
    *, actor: Actor, at: datetime, referral_id: UUID, why: str = "", cannot_say: bool = False
) -> Referral:
    """Take back a referral that was not answered, and say why. Whoever was asked is told, and reads that.

    They were told who is meant, and that stays on record; but they can no longer accept it. The same
    organisation can be asked again.

    If the actor ``cannot_say`` more, perhaps because the person has since asked that they are told nothing,
    only that it is no longer asked for is sent.

    Raises:
        NotFoundError: there is no such referral.
        NotAllowedError: another organisation made it, or the item it was made from is not the actor's.
        ReferralTakenBackError: it was taken back already.
        ReferralNotOpenError: it was answered.
        ReferralNeedsWordsError: no reason is given.
        AnsweredAgainstTheirWishError: words would go there, and the person asked that they are told nothing.
    """
    referral = lock_referral(actor=actor, referral_id=referral_id)
    require(permissions.may_take_back(actor, referral, item_it_was_made_from(actor, referral)))
    must_be_unanswered(referral)
    asked = referral.to_organisation
    if cannot_say:
        why = _("We no longer ask for this. Talk to us.")
    elif not why.strip():
        raise ReferralNeedsWordsError(
            _("Say why you are taking it back. The organisation you asked reads it.")
        )
    else:
        must_be_free_to_answer(
            actor=actor,
            asker_id=asked.id,
            asker=asked.name,
            person_id=referral.person_id,
            at=at,
            instead=_(
                "Tick “We cannot say more; talk to us” and leave the rest empty, "
                "or decide about sharing first."
            ),
        )
    referral.take_back(why=why.strip(), by=actor.name, at=at)
    tell_those_who_may(Permission.REFERRAL_ANSWER, organisation_id=asked.id, actor=actor, at=at)
    record(
        events.REFERRAL_TAKEN_BACK,
        actor=actor,
        person_id=referral.person_id,
        about=("referral", referral.id),
        organisation=asked.name,
    )
    return referral
