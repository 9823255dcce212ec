"""Recording what a person makes in advance, and that they take it back."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.commands.assessing import NotYetError, NoWordsError
from alongside.casework.capacity.models import AdvanceStatement, AdvanceWithdrawal
from alongside.casework.capacity.queries import statement_of
from alongside.casework.capacity.rules.advance import NEEDS_CAPACITY, Kind
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person


class CourtEndsError(CaseworkError):
    """Only the Court of Protection ends a deputyship."""


class DoubtedError(CaseworkError):
    """They could not decide to take it back, or that is in doubt: it still stands."""


@command
def keep_advance_statement(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    kind: str,
    words: str,
    held_by: str,
    made_on: date | None = None,
    seen_by: str = "",
) -> AdvanceStatement:
    """Record what a person wishes in case they cannot decide later, or that an instrument of theirs exists.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person, or the actor may not see them.
        NotYetError: it is said to have been made on a day in the future.
        NoWordsError: it does not say what is wished, or who has it.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    if made_on is not None and made_on > timezone.localdate(at):
        raise NotYetError(_("The day must be today or an earlier one."))
    if not words.strip() or not held_by.strip():
        raise NoWordsError(_("Enter what it says, and who has it."))
    made = AdvanceStatement.keep(
        person_id=person.id,
        kind=kind,
        words=words,
        made_on=made_on,
        held_by=held_by,
        seen_by=seen_by,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.ADVANCE_KEPT, actor=actor, person_id=person.id, about=("advance_statement", made.id))
    return made


@command
def withdraw_advance_statement(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    statement_id: UUID,
    words: str,
    said_on: date,
    could_decide: bool = False,
) -> AdvanceWithdrawal:
    """Record that a person took back what they had made in advance, at any time. It stays readable.

    Args:
        actor: who writes it down.
        at: when.
        person_id: whose it is.
        statement_id: what they took back.
        words: what they said.
        said_on: when they said it.
        could_decide: that they could decide to; asked of a refusal of treatment or a power of attorney.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person or statement, or the actor may not see them.
        AlreadyDoneError: it has already been taken back.
        NotYetError: the day is in the future.
        NoWordsError: it does not say what the person said.
        CourtEndsError: it is a deputyship.
        DoubtedError: they must be able to decide that, and it is not said that they could.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    statement = statement_of(person, statement_id)
    if hasattr(statement, "withdrawal"):
        raise AlreadyDoneError(_("They have already taken this back."))
    if said_on > timezone.localdate(at):
        raise NotYetError(_("The day must be today or an earlier one."))
    if not words.strip():
        raise NoWordsError(_("Enter what they said."))
    if statement.kind == Kind.DEPUTY:
        raise CourtEndsError(_("Only the Court of Protection ends a deputyship."))
    if statement.kind in NEEDS_CAPACITY and not could_decide:
        raise DoubtedError(
            _(
                "It still stands. Record their capacity to take it back as a separate decision, with what "
                "they said, and tell whoever holds the document. If they could decide it, come back to this "
                "page"
            )
        )
    made = AdvanceWithdrawal.keep(
        person_id=statement.person_id,
        statement=statement,
        words=words,
        said_on=said_on,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(
        events.ADVANCE_WITHDRAWN,
        actor=actor,
        person_id=person.id,
        about=("advance_statement", statement.id),
    )
    return made
