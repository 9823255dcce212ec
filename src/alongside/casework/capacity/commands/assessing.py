"""Recording whether a person can make one decision, what others think of it, and legal advice."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.models import AdviceNote, CapacityRecord, CapacityView
from alongside.casework.capacity.models.records import last_written
from alongside.casework.capacity.queries import chain_with, everywhere_of, record_of
from alongside.casework.capacity.rules.assessing import (
    Assessment,
    Pressure,
    asks_for_advice,
    same_decision,
    what_is_wrong,
)
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, StaleError
from alongside.casework.operations import command
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person


class UnsoundError(CaseworkError):
    """Something cannot be saved as it is; ``wrong`` has the sentences by field name."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(". ".join(wrong.values()) + ".")
        self.wrong = wrong


class NoPressureError(CaseworkError):
    """Nobody was said to stand in the way of a free decision."""


class NotYetError(CaseworkError):
    """Something is said to have happened in the future."""


class NoWordsError(CaseworkError):
    """A view or a note without a reason helps nobody."""


@command
def record_capacity(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    given: Assessment,
    follows_id: UUID | None = None,
) -> CapacityRecord:
    """Record what was found about one decision. Nobody changes it afterwards; a newer record follows it.

    Args:
        actor: who assessed.
        at: when it is written down.
        person_id: whose decision.
        given: what was found.
        follows_id: the record of the same decision that was written down last, if there is one.

    Raises:
        NotAllowedError: the actor's role does not record capacity.
        NotFoundError: there is no such person or record, or the actor may not see them.
        UnsoundError: it does not hold together (Mental Capacity Act 2005 s.1 to 3).
        AlreadyDoneError: this decision has a record, which a new one must follow.
        StaleError: somebody has recorded the same decision since the actor opened the record to follow.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if wrong := what_is_wrong(given, timezone.localdate(at)):
        raise UnsoundError(wrong)
    follows = None
    if follows_id is not None:
        follows = _to_follow(person, follows_id, given.decision)
    else:
        _must_be_new(person, given.decision)
    made = CapacityRecord.write_down(
        person=person,
        given=given,
        follows=follows,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.RECORDED, actor=actor, person_id=person.id, about=("capacity_record", made.id))
    return made


@command
def give_view(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    record_id: UUID,
    stance: str,
    name: str,
    agency: str,
    why: str,
) -> CapacityView:
    """Add to a record who agrees or disagrees with it, and why. The record stays as it is.

    Raises:
        NotAllowedError: the actor's role does not record capacity.
        NotFoundError: there is no such person or record, or the actor may not see them.
        NoWordsError: no reason is given.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    about = record_of(person, record_id)
    if not why.strip():
        raise NoWordsError(_("Enter why they agree or disagree."))
    made = CapacityView.keep(
        person_id=about.person_id,
        record=about,
        stance=stance,
        name=name,
        agency=agency,
        why=why,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.VIEW_GIVEN, actor=actor, person_id=person.id, about=("capacity_record", about.id))
    return made


@command
def note_advice(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    record_id: UUID,
    what: str,
    of_whom: str,
    on: date,
    words: str,
) -> AdviceNote:
    """Note that legal advice was asked for about pressure on a person, or what it was.

    Raises:
        NotAllowedError: the actor's role does not record capacity.
        NotFoundError: there is no such person or record, or the actor may not see them.
        NoPressureError: the record does not say that anybody stands in the way.
        NotYetError: the day is in the future.
        NoWordsError: it does not say what was asked or answered.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    about = record_of(person, record_id)
    if not asks_for_advice(Pressure(about.pressure)):
        raise NoPressureError(
            _("This record does not say that anybody stands in the way of a free decision.")
        )
    if on > timezone.localdate(at):
        raise NotYetError(_("The day must be today or an earlier one."))
    if not words.strip():
        raise NoWordsError(_("Enter what was asked, or what the advice was."))
    made = AdviceNote.keep(
        person_id=about.person_id,
        record=about,
        what=what,
        of_whom=of_whom,
        on=on,
        words=words,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.ADVICE_NOTED, actor=actor, person_id=person.id, about=("capacity_record", about.id))
    return made


def _to_follow(person: Person, follows_id: UUID, decision: str) -> CapacityRecord:
    """Return the record a new one follows: of the same decision, the one written down last."""
    follows = record_of(person, follows_id)
    if last_written(chain_with(person, follows)) != follows:
        raise StaleError(_("Somebody recorded this decision again while you had it open."))
    if not same_decision(follows.decision, decision):
        raise UnsoundError({"decision": _("That is a different decision: start a separate record for it")})
    return follows


def _must_be_new(person: Person, decision: str) -> None:
    recorded = CapacityRecord.objects.filter(person__in=everywhere_of(person))
    if any(same_decision(each, decision) for each in recorded.values_list("decision", flat=True)):
        raise AlreadyDoneError(
            _(
                "This decision already has a record. Open it and look again, so that the two are read "
                "together."
            )
        )
