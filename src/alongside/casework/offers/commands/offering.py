"""Writing down what a person was offered and what came of it. Nothing written is ever changed."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.directory.models import Service
from alongside.casework.kernel.errors import CaseworkError, NotFoundError, StaleError
from alongside.casework.offers import events, permissions
from alongside.casework.offers.models import Offer, Reply
from alongside.casework.offers.queries.pages import everywhere, newest_reply, offer_of
from alongside.casework.offers.rules.offering import Kind, Made, Told, wrong_with_offer, wrong_with_reply
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person


class WrongOfferError(CaseworkError):
    """Something is missing that an offer, or what came of it, cannot be saved without: it says what."""


@command
def record_offer(*, actor: Actor, at: datetime, person_id: UUID, made: Made) -> Offer:
    """Write down an offer of help that the actor's organisation made to a person.

    Raises:
        NotFoundError: there is no such person, service or earlier offer, or they are not the actor's to see.
        WrongOfferError: something is missing, or the day is still to come.
    """
    require(permissions.may_record_offers(actor))
    person = lock_person(actor=actor, person_id=person_id)
    _must_be_whole(wrong_with_offer(made, today=timezone.localdate(at)))
    instead_of = None
    if made.instead_of_id is not None:
        instead_of = offer_of(everywhere(person), made.instead_of_id)
    if made.service_id and not Service.objects.offered().filter(id=made.service_id).exists():
        raise NotFoundError(_("The directory has no such service, or it cannot be offered now."))
    offer = Offer.make(
        person=person, made=made, instead_of=instead_of, organisation_id=actor.member_of, by=actor.name, at=at
    )
    record(events.OFFERED, actor=actor, person_id=person.id, sort=made.kind.value, about=("offer", offer.id))
    return offer


@command
def record_reply(
    *, actor: Actor, at: datetime, person_id: UUID, offer_id: UUID, opened_after: UUID | None, told: Told
) -> Reply:
    """Write down what came of an offer. Earlier replies are kept: people may change their minds.

    Anybody with reach may hear the answer: it need not be given to the organisation that made the offer.

    Args:
        actor: who heard it.
        at: when it is written down.
        person_id: whose offer.
        offer_id: which offer.
        opened_after: the newest reply that the actor had seen; None if there was none.
        told: what came of it.

    Raises:
        NotFoundError: there is no such person or offer, or they are not the actor's to see.
        StaleError: somebody wrote down another reply since the actor opened the form.
        WrongOfferError: something is missing. For a declined needs assessment that includes what section
            11(2) of the Care Act 2014 asks, since such a refusal is never taken on its own.
    """
    require(permissions.may_record_offers(actor))
    person = lock_person(actor=actor, person_id=person_id)
    offer = offer_of(everywhere(person), offer_id)
    newest = newest_reply(offer)
    if opened_after != (newest.id if newest else None):
        raise StaleError(_("Somebody wrote down what came of this offer while you had it open."))
    kind = Kind(offer.kind)
    today = timezone.localdate(at)
    _must_be_whole(wrong_with_reply(told, kind=kind, offered_on=offer.offered_on, today=today))
    reply = Reply.hear(
        offer=offer,
        follows=newest,
        told=told.without_what_is_not_asked(kind),
        organisation_id=actor.member_of,
        by=actor.name,
        at=at,
    )
    record(
        events.REPLIED, actor=actor, person_id=person.id, answer=told.answer.value, about=("offer", offer.id)
    )
    return reply


def _must_be_whole(wrong: dict[str, str]) -> None:
    if wrong:
        raise WrongOfferError(f"{next(iter(wrong.values()))}.")
