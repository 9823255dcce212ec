"""Disputes about something held: noted, and answered; those who were told it before are told the answer."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.people.models.parting import Going
from alongside.casework.people.queries import lock_person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.commands.keeping import mark_by_request
from alongside.casework.rights.models import Disposal, Dispute
from alongside.casework.rights.queries.disputes import (
    ABOUT,
    everybody_told,
    handled_dispute,
    line_of_row,
    told_of,
)
from alongside.casework.rights.queries.in_the_way import hanging_in_words, kept_against, kept_in_words
from alongside.casework.rights.queries.keeping import records_held
from alongside.casework.rights.queries.noting import note_answering
from alongside.casework.rights.queries.wishes import open_holds
from alongside.casework.rights.rules.disputes import Outcome, lacks, lacks_telling
from alongside.casework.rights.rules.retention import Kind, Standing
from alongside.casework.sharing.commands.corrections import tell_recipients


class WrongDisputeError(CaseworkError):
    """A dispute that is not valid; the sentence says why."""


class NoAnswerError(CaseworkError):
    """An answer to a dispute that lacks something.

    Attributes:
        fields: what is missing, by name of the field.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


@command
def note_dispute(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    table: str,
    row: str,
    says: str,
    words: str,
    said_by: str,
    received_on: date,
    how: str,
    said_by_name: str = "",
) -> Dispute:
    """Note that something held about a person is said to be wrong; from now on it is marked as disputed.

    UK GDPR Articles 16 and 18. The person may say so in any words, to any member of staff.

    Args:
        actor: the member who was told; they can see the person.
        at: when.
        person_id: the person it is about.
        table: model label of what is disputed.
        row: its key.
        says: what is said about it, one of ``Dispute.Says``.
        words: in the words of whoever says so.
        said_by: one of ``Dispute.SaidBy``.
        received_on: the day it was said; the month counts from then.
        how: how it arrived.
        said_by_name: who says so, where it is not the person.

    Raises:
        NotAllowedError: the actor does not work with people.
        NotFoundError: there is no such person or row, or the actor may not see them.
        WrongDisputeError: no words, or a day in the future.
        AlreadyDoneError: it is already disputed.
    """
    require(permissions.may_take_for_known(actor))
    person = lock_person(actor=actor, person_id=person_id)
    records = Person.objects.records_of(person.id)
    if line_of_row(records, table=table, row=row, at=at) is None:
        raise NotFoundError(_("There is nothing here that can be disputed."))
    if not words.strip():
        raise WrongDisputeError(_("Enter what is wrong with it, in their words."))
    must_have_been_said(received_on, at)
    if Dispute.objects.filter(table=table, row=row, outcome="").exists():
        raise AlreadyDoneError(_("This is already disputed, and is waiting for an answer."))
    made = Dispute.note(
        person=person,
        table=table,
        row=row,
        says=says,
        words=words,
        said_by=said_by,
        said_by_name=said_by_name,
        received_on=received_on,
        how=how,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.DISPUTED, actor=actor, person_id=person.id, about=(ABOUT, made.id))
    return made


def disputes_go_along(going: Going, at: datetime) -> list[str]:
    """Let disputes go with what they are about when two records are parted, or it would no longer be marked.

    What is said about everything that is held stays with the record it was said on. Part of a command that
    has checked who asks, sees all rows and parts records.

    Args:
        going: the records they are on, and whose they may be.
        at: when.

    Returns:
        which went, as the audit trail names rows.
    """
    theirs = records_held(going.to.id)
    went = [
        each
        for each in Dispute.objects.filter(person__in=going.staying)
        if not each.wish and line_of_row(theirs, table=each.table, row=each.row, at=at)
    ]
    for each in went:
        each.go_to(going.to)
        for line in Disposal.objects.filter(table=each.table, row=each.row):
            if line.standing != Standing.GONE:
                line.go_to(going.to.id)
    return [f"{each._meta.label} {each.id}" for each in went]


def must_have_been_said(received_on: date, at: datetime) -> None:
    """Check that a day is not in the future; part of a command that notes what somebody asks.

    Raises:
        WrongDisputeError: it is in the future.
    """
    if received_on > timezone.localdate(at):
        raise WrongDisputeError(_("This day is in the future: choose today or an earlier day."))


@command
def answer_dispute(
    *,
    actor: Actor,
    at: datetime,
    dispute_id: UUID,
    outcome: str,
    why: str,
    told_on: date,
    told_how: str,
    statement: str = "",
    changed: str = "",
    tell: Collection[UUID] = (),
) -> int:
    """Answer a dispute: its outcome, the reasons and how the person was told; and tell those told it before.

    What is wrong is first corrected in its own app, beside what was written originally. What is to be erased
    goes onto the disposal list, where somebody confirms it. Recipients of a shared item that was corrected or
    erased are always told so (UK GDPR Article 19); ``tell`` adds others.

    Args:
        actor: who answers.
        at: when.
        dispute_id: which dispute.
        outcome: one of ``Outcome``.
        why: the reasons; where it is refused, the person was also told how to complain (Article 12(4)).
        told_on: the day the person was told.
        told_how: how.
        statement: what the person wants shown beside it.
        changed: what changed, for those who were told it before.
        tell: ids of disclosures whose recipients are told as well.

    Returns:
        How many recipients were told.

    Raises:
        NotFoundError: there is no such dispute.
        AlreadyDoneError: it has already been answered.
        NoAnswerError: the answer lacks something.
    """
    require(permissions.may_handle(actor))
    end = Outcome(outcome)
    with beyond_reach(actor):
        dispute = handled_dispute(actor, dispute_id, lock=True)
        if dispute.wish:
            raise NotFoundError(_("There is no such dispute."))
        if dispute.outcome:
            raise AlreadyDoneError(_("This has already been answered."))
        told = everybody_told(actor, dispute.person_id)
        must = told_of(dispute, told) if end in (Outcome.CORRECTED, Outcome.ERASED) else frozenset()
        everyone = must | set(tell)
        records = records_held(dispute.person_id)
        holds = tuple(sorted({each.reason for each in open_holds(records)}))
        kept = kept_against(dispute, records, timezone.localdate(at))
        wrong = {
            **lacks(
                end,
                table=dispute.table,
                why=why,
                statement=statement,
                changed=changed,
                told=everyone,
                holds=holds,
                hanging=hanging_in_words(dispute.table, dispute.row) if end is Outcome.ERASED else (),
                kept=[kept_in_words(each) for each in kept],
            ),
            **lacks_telling(told_on, told_how, since=dispute.received_on, today=timezone.localdate(at)),
        }
        if wrong:
            raise NoAnswerError(wrong)
        dispute.end(
            outcome=end,
            why=why.strip(),
            statement=statement.strip(),
            changed=changed.strip(),
            told_on=told_on,
            told_how=told_how.strip(),
            by=actor.name,
            at=at,
        )
        if end is Outcome.ERASED:
            mark_by_request(
                kind=Kind.ROW, record_id=dispute.person_id, table=dispute.table, row=dispute.row,
                why=why.strip(), by=actor.name, at=at,
            )  # fmt: skip
    count = tell_recipients(
        actor=actor,
        at=at,
        person_id=dispute.person_id,
        disclosures=everyone,
        because_of=dispute.id,
        words=changed.strip(),
    )
    note_answering(
        events.DISPUTE_ANSWERED,
        actor=actor,
        person_id=dispute.person_id,
        about=(ABOUT, dispute.id),
        outcome=end.value,
        told=count,
    )
    return count
