"""Writing down help that was not offered, and a manager's second look at it."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError
from alongside.casework.offers import events, permissions
from alongside.casework.offers.commands.offering import WrongOfferError
from alongside.casework.offers.models import NotOffered, SecondLook
from alongside.casework.offers.queries.pages import everywhere, not_offered_of
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, Verdict, wrong_with_not_offered
from alongside.casework.offers.rules.offering import Kind
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person


@command
def record_not_offered(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    kind: Kind,
    what: str,
    why: NotOfferedWhy,
    words: str,
    thought_by: str = "",
    decided_on: date,
) -> NotOffered:
    """Write down help that was not offered to a person, and why not.

    Raises:
        NotFoundError: there is no such person, or they are not the actor's to see.
        WrongOfferError: something is missing, or the day is still to come.
    """
    require(permissions.may_record_offers(actor))
    person = lock_person(actor=actor, person_id=person_id)
    wrong = wrong_with_not_offered(
        what=what, why=why, words=words, thought_by=thought_by, decided_on=decided_on,
        today=timezone.localdate(at),
    )  # fmt: skip
    if wrong:
        raise WrongOfferError(f"{next(iter(wrong.values()))}.")
    noted = NotOffered.note(
        person=person, kind=kind, what=what, why=why, words=words, thought_by=thought_by,
        decided_on=decided_on, organisation_id=actor.member_of, by=actor.name, by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.NOT_OFFERED, actor=actor, person_id=person.id, why=why.value, about=("not_offered", noted.id)
    )
    return noted


@command
def look_again(
    *, actor: Actor, at: datetime, person_id: UUID, not_offered_id: UUID, verdict: Verdict, words: str
) -> SecondLook:
    """Say, as a manager, what they think about help that was not offered. After *discuss* it stays open.

    Raises:
        NotAllowedError: the actor may not take second looks or wrote it down themself, or it is another
            organisation's.
        NotFoundError: there is no such person, or nothing with this id that was not offered to them.
        AlreadyDoneError: it was settled.
        WrongOfferError: no reason is given.
    """
    require(permissions.may_look_again(actor))
    person = lock_person(actor=actor, person_id=person_id)
    noted = not_offered_of(everywhere(person), not_offered_id)
    require(permissions.may_look_again_at(actor, noted))
    if SecondLook.objects.filter(not_offered=noted).exclude(verdict=Verdict.DISCUSS).exists():
        raise AlreadyDoneError(_("Somebody has already looked at this and settled it."))
    if not words.strip():
        raise WrongOfferError(_("Enter why you think so."))
    look = SecondLook.say(
        not_offered=noted, verdict=verdict, words=words, by=actor.name, by_id=actor.account, at=at
    )
    record(
        events.LOOKED_AGAIN, actor=actor, person_id=person.id, verdict=verdict.value,
        about=("not_offered", noted.id),
    )  # fmt: skip
    return look
