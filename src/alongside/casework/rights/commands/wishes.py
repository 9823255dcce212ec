"""That a person objects, or wants all that is held about them erased: noted, and answered with reasons."""

from contextlib import nullcontext
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.queries import get_person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.commands.disputes import NoAnswerError, WrongDisputeError, must_have_been_said
from alongside.casework.rights.commands.keeping import mark_by_request
from alongside.casework.rights.models import Dispute
from alongside.casework.rights.queries.disputes import (
    ABOUT,
    PERSON,
    everybody_told,
    handled_dispute,
    upheld_objection,
)
from alongside.casework.rights.queries.keeping import locked_records, records_held
from alongside.casework.rights.queries.left_out import forget_left_out
from alongside.casework.rights.queries.noting import note_answering, note_said
from alongside.casework.rights.queries.wishes import open_holds, speaks_for_a_ground
from alongside.casework.rights.rules.disputes import Outcome, lacks_telling
from alongside.casework.rights.rules.retention import Kind
from alongside.casework.rights.rules.wishes import OBJECTIONS, Wish, lacks
from alongside.casework.sharing.commands.corrections import tell_recipients
from alongside.casework.sources.commands.flags import take_back_flags


@command
def note_wish(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    wish: str,
    words: str,
    said_by: str,
    received_on: date,
    how: str,
    said_by_name: str = "",
) -> Dispute:
    """Note that a person objects to something, or wants all that is held about them erased.

    It may be said in any words to anybody at work: who works with the person notes it for somebody they see,
    who answers it notes it for anybody. While an objection is open, the next runs leave the person out and
    nothing of them is released (UK GDPR Article 18(1)(d)).

    Args:
        actor: who was told.
        at: when.
        person_id: about whom.
        wish: of ``Wish``.
        words: in the words of whoever says so.
        said_by: of ``Dispute.SaidBy``.
        received_on: the day it was said; the month counts from it.
        how: by which way it came.
        said_by_name: who, where it is not the person.

    Raises:
        NotAllowedError: the actor neither works with people nor answers what they ask.
        NotFoundError: there is no such person, or they are not the actor's to see.
        WrongDisputeError: no words, or a day that is still to come.
        AlreadyDoneError: they asked for this already, and wait for an answer.
    """
    require(permissions.may_note_wish(actor))
    handles = permissions.may_handle(actor)
    asked = Wish(wish)
    if not words.strip():
        raise WrongDisputeError(_("Write down what they want, in their words."))
    must_have_been_said(received_on, at)
    known = None if handles.allowed else get_person(actor=actor, person_id=person_id)
    with beyond_reach(actor):
        key = known.id if known else person_id
        records = locked_records([key])
        person = records.get(key)
        if person is None or person.merged_into_id is not None:
            raise NotFoundError(_("There is no such person."))
        if Dispute.objects.filter(person__in=records, says=asked, outcome="").exists():
            raise AlreadyDoneError(_("They asked for this already, and wait for an answer."))
        made = Dispute.note(
            person=person,
            table=PERSON,
            row=str(person.id),
            says=asked,
            words=words,
            said_by=said_by,
            said_by_name=said_by_name,
            received_on=received_on,
            how=how,
            by=actor.name,
            organisation_id=actor.member_of,
            at=at,
        )
    note_said(
        events.WISH_NOTED, actor=actor, person_id=made.person_id, about=(ABOUT, made.id), wish=asked.value
    )
    return made


@command
def answer_wish(
    *,
    actor: Actor,
    at: datetime,
    dispute_id: UUID,
    outcome: str,
    why: str,
    told_on: date,
    told_how: str,
    ground: str = "",
    changed: str = "",
) -> int:
    """Answer an objection or a request for erasure, with reasons, and say how the person was told.

    An objection that is upheld takes back the flags that stand, with the reason, and every later run and
    release leaves the person out. An erasure that is agreed goes onto the disposal list, where somebody
    confirms it, and whoever was told anything of the person is told so first (UK GDPR Article 19).

    Args:
        actor: who answers.
        at: when.
        dispute_id: which.
        outcome: of ``outcomes_of`` the wish.
        why: the reasons; where it is refused, the person was also told how to complain (Article 12(4)).
        told_on: the day the person was told.
        told_how: how.
        ground: on which it is refused, of ``Ground``.
        changed: what those are told who were told anything of the person.

    Returns:
        How many organisations were told, or how many flags were taken back.

    Raises:
        NotFoundError: there is none.
        AlreadyDoneError: it was answered.
        NoAnswerError: it lacks something.
    """
    require(permissions.may_handle(actor))
    end = Outcome(outcome)
    with beyond_reach(actor):
        dispute = handled_dispute(actor, dispute_id, lock=True)
        wish = dispute.wish
        if wish is None:
            raise NotFoundError(_("There is no such request."))
        if dispute.outcome:
            raise AlreadyDoneError(_("This was answered already."))
        records = records_held(dispute.person_id)
        speaks = speaks_for_a_ground(records, open_holds(records))
        told = everybody_told(actor, dispute.person_id) if end is Outcome.ERASED else []
        wrong = {
            **lacks(wish, end, ground=ground, why=why, in_touch=speaks.in_touch, holds=speaks.holds),
            **lacks_telling(told_on, told_how, since=dispute.received_on, today=timezone.localdate(at)),
        }
        if told and not changed.strip():
            wrong["changed"] = _("Say what is erased, for whoever was told anything of the person")
        if wrong:
            raise NoAnswerError(wrong)
        dispute.end(
            outcome=end, why=why.strip(), changed=changed.strip(), ground=ground, told_on=told_on,
            told_how=told_how.strip(), by=actor.name, at=at,
        )  # fmt: skip
        if end is Outcome.ERASED:
            mark_by_request(
                kind=Kind.PERSON, record_id=dispute.person_id, table=PERSON, row=dispute.row, why=why.strip(),
                by=actor.name, at=at,
            )  # fmt: skip
    count = tell_recipients(
        actor=actor,
        at=at,
        person_id=dispute.person_id,
        disclosures={each.id for each in told},
        because_of=dispute.id,
        words=changed.strip(),
    )
    if wish in OBJECTIONS and end is Outcome.UPHELD:
        count += take_back_flags(
            actor=actor,
            at=at,
            person_id=dispute.person_id,
            why=_("The person objected, and that was upheld."),
        )
    note_answering(
        events.WISH_ANSWERED,
        actor=actor,
        person_id=dispute.person_id,
        about=(ABOUT, dispute.id),
        wish=wish.value,
        outcome=end.value,
    )
    return count


@command
def take_back_wish(
    *, actor: Actor, at: datetime, dispute_id: UUID, words: str, said_on: date, how: str
) -> Dispute:
    """Note that a person takes back what they objected to and was upheld: lists may name them again.

    It is noted as the objection was: by whoever works with them, or answers what they ask. Flags that were
    taken back stay so; the next run finds them or does not.

    Args:
        actor: who was told.
        at: when.
        dispute_id: the objection.
        words: what the person said.
        said_on: the day they said it.
        how: by which way it came.

    Raises:
        NotAllowedError: the actor neither works with people nor answers what they ask.
        NotFoundError: there is none that was upheld, or its person is not the actor's to see.
        WrongDisputeError: no words, or a day that is still to come, or before they objected.
        AlreadyDoneError: it was taken back.
    """
    require(permissions.may_note_wish(actor))
    handles = permissions.may_handle(actor).allowed
    with beyond_reach(actor) if handles else nullcontext():
        dispute = upheld_objection(actor=actor, dispute_id=dispute_id, lock=True)
        if not words.strip():
            raise WrongDisputeError(_("Write down what they say, in their words."))
        must_have_been_said(said_on, at)
        if said_on < dispute.received_on:
            raise WrongDisputeError(_("They had not objected yet on this day."))
        if dispute.taken_back_on is not None:
            raise AlreadyDoneError(_("They have already taken this back."))
        dispute.take_back(on=said_on, words=words.strip(), how=how, by=actor.name, at=at)
        with beyond_reach(actor):
            forget_left_out(records_held(dispute.person_id))
    note_said(
        events.WISH_TAKEN_BACK, actor=actor, person_id=dispute.person_id, about=(ABOUT, dispute.id),
        wish=dispute.says,
    )  # fmt: skip
    return dispute
