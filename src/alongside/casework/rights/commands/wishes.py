"""Objections, and requests to erase everything held about a person: noted, and answered with reasons."""

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
from alongside.casework.rights.queries.in_the_way import kept_against, kept_in_words
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
    """Note that a person objects to something, or wants everything held about them erased.

    A person may say so to any member of staff, in any words: members who work with people note it for those
    they can see, members who answer such requests for anybody. While an objection is open, runs leave the
    person out and nothing about them is released (UK GDPR Article 18(1)(d)).

    Args:
        actor: the member who was told.
        at: when.
        person_id: the person it is about.
        wish: one of ``Wish``.
        words: in the words of whoever says so.
        said_by: one of ``Dispute.SaidBy``.
        received_on: the day it was said; the month counts from then.
        how: how it arrived.
        said_by_name: who says so, where it is not the person.

    Raises:
        NotAllowedError: the actor neither works with people nor answers requests.
        NotFoundError: there is no such person, or the actor may not see them.
        WrongDisputeError: no words, or a day in the future.
        AlreadyDoneError: they have already asked for this, and are waiting for an answer.
    """
    require(permissions.may_note_wish(actor))
    handles = permissions.may_handle(actor)
    asked = Wish(wish)
    if not words.strip():
        raise WrongDisputeError(_("Enter what they want, in their words."))
    must_have_been_said(received_on, at)
    known = None if handles.allowed else get_person(actor=actor, person_id=person_id)
    with beyond_reach(actor):
        key = known.id if known else person_id
        records = locked_records([key])
        person = records.get(key)
        if person is None or person.merged_into_id is not None:
            raise NotFoundError(_("There is no such person."))
        if Dispute.objects.filter(person__in=records, says=asked, outcome="").exists():
            raise AlreadyDoneError(_("They have already asked for this, and are waiting for an answer."))
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

    Upholding an objection withdraws the person's current flags, with the reason, and every later run and
    release leaves the person out. An erasure that is agreed goes onto the disposal list, where somebody
    confirms it; all whom a decision told something about the person are told so first (UK GDPR Article 19).
    Others who were told are named on the page, for whoever answers to tell.

    Args:
        actor: who answers.
        at: when.
        dispute_id: which dispute.
        outcome: one of ``outcomes_of`` the wish.
        why: the reasons; where it is refused, the person was also told how to complain (Article 12(4)).
        told_on: the day the person was told.
        told_how: how.
        ground: the ground for refusing it, one of ``Ground``.
        changed: the message to those who were told anything about the person.

    Returns:
        How many organisations were told, or how many flags were withdrawn.

    Raises:
        NotFoundError: there is no such wish.
        AlreadyDoneError: it has already been answered.
        NoAnswerError: the answer lacks something.
    """
    require(permissions.may_handle(actor))
    end = Outcome(outcome)
    with beyond_reach(actor):
        dispute = handled_dispute(actor, dispute_id, lock=True)
        wish = dispute.wish
        if wish is None:
            raise NotFoundError(_("There is no such request."))
        if dispute.outcome:
            raise AlreadyDoneError(_("This has already been answered."))
        records = records_held(dispute.person_id)
        speaks = speaks_for_a_ground(records, open_holds(records))
        told = everybody_told(actor, dispute.person_id) if end is Outcome.ERASED else []
        kept = kept_against(dispute, records, timezone.localdate(at))
        wrong = {
            **lacks(
                wish, end, ground=ground, why=why, in_touch=speaks.in_touch, holds=speaks.holds,
                kept=[kept_in_words(each) for each in kept],
            ),
            **lacks_telling(told_on, told_how, since=dispute.received_on, today=timezone.localdate(at)),
        }  # fmt: skip
        if told and not changed.strip():
            wrong["changed"] = _("Enter what is erased, for those who were told anything about the person")
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
    """Note that a person withdraws an objection that was upheld: lists may name them again.

    Like the objection, it is noted by members who work with the person or who answer requests. Flags that
    were withdrawn stay so; the next run may or may not find the person again.

    Args:
        actor: the member who was told.
        at: when.
        dispute_id: the objection.
        words: what the person said.
        said_on: the day they said it.
        how: how it arrived.

    Raises:
        NotAllowedError: the actor neither works with people nor answers requests.
        NotFoundError: there is no such upheld objection, or the actor may not see its person.
        WrongDisputeError: no words, or a day that is in the future or before they objected.
        AlreadyDoneError: it has already been withdrawn.
    """
    require(permissions.may_note_wish(actor))
    handles = permissions.may_handle(actor).allowed
    with beyond_reach(actor) if handles else nullcontext():
        dispute = upheld_objection(actor=actor, dispute_id=dispute_id, lock=True)
        if not words.strip():
            raise WrongDisputeError(_("Enter what they say, in their words."))
        must_have_been_said(said_on, at)
        if said_on < dispute.received_on:
            raise WrongDisputeError(_("They had not yet objected on this day."))
        if dispute.taken_back_on is not None:
            raise AlreadyDoneError(_("They have already withdrawn this."))
        dispute.take_back(on=said_on, words=words.strip(), how=how, by=actor.name, at=at)
        with beyond_reach(actor):
            forget_left_out(records_held(dispute.person_id))
    note_said(
        events.WISH_TAKEN_BACK, actor=actor, person_id=dispute.person_id, about=(ABOUT, dispute.id),
        wish=dispute.says,
    )  # fmt: skip
    return dispute
