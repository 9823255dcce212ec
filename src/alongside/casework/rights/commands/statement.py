"""A person reads or is given their own statement."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import CaseworkError
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import StatementGiven
from alongside.casework.rights.queries.statement import gather


class NotYetError(CaseworkError):
    """The day on which it was given is in the future."""


@command
def note_statement_given(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    on: date,
    how: str,
    form: str,
    language: str,
    explained_by: str,
    interpreter: str = "",
    said: str = "",
) -> StatementGiven:
    """Note that a person was given their statement, as it is today.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
        OnlyInEmergencyError: the actor can see them only through emergency access.
        NotYetError: the day is in the future.
    """
    require(permissions.may_give_statement(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    if on > timezone.localdate(at):
        raise NotYetError(_("The day must be today or earlier"))
    given = StatementGiven.note(
        person=person, organisation_id=actor.member_of, on=on, how=how, form=form, language=language,
        interpreter=interpreter, explained_by=explained_by, said=said,
        fingerprint=gather(actor=actor, person=person).print,
        by_id=actor.account, by=actor.name, at=at,
    )  # fmt: skip
    record(events.STATEMENT_GIVEN, actor=actor, person_id=person.id, about=("statement_given", given.id))
    return given
