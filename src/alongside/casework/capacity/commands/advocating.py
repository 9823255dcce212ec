"""Asking whether a person has a right to an advocate, and noting what came of it."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.commands.assessing import UnsoundError
from alongside.casework.capacity.models import Advocate, AdvocateStep
from alongside.casework.capacity.queries import advocacy_of, lacks_for, record_of
from alongside.casework.capacity.rules.advocacy import (
    Advocacy,
    Asked,
    Step,
    right_to_advocate,
    state_at_first,
    what_is_wrong_with_answers,
    what_is_wrong_with_step,
)
from alongside.casework.kernel.errors import StaleError
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person


@command
def ask_for_advocacy(
    *, actor: Actor, at: datetime, person_id: UUID, asked: Asked, record_id: UUID | None = None
) -> Advocate:
    """Record whether a person has a right to an independent advocate, from the answers given.

    Args:
        actor: who asks.
        at: when.
        person_id: who it is for.
        asked: the answers.
        record_id: the capacity record that prompted the question; before serious treatment or a long move,
            the record that they cannot decide about that.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person or record, or the actor may not see them.
        UnsoundError: the answers do not hold together.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    about = record_of(person, record_id) if record_id else None
    lacks = about in [each.record for each in lacks_for(person.id, day=timezone.localdate(at))]
    if wrong := what_is_wrong_with_answers(asked, lacks=lacks):
        raise UnsoundError(wrong)
    made = Advocate.ask(
        person=person,
        record=about,
        asked=asked,
        right=right_to_advocate(asked, lacks=lacks),
        state=state_at_first(asked, lacks=lacks),
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
    )
    record(events.ADVOCACY_ASKED, actor=actor, person_id=person.id, about=("advocacy", made.id))
    return made


@command
def note_advocacy(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    advocacy_id: UUID,
    opened_version: int,
    step: Step,
) -> AdvocateStep:
    """Note what came of a right to an advocate: instructed, refused by the person, or needed again.

    Any organisation that sees the person may do this: the one that instructs the advocate says so.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person, or no such question was asked about them.
        StaleError: somebody has noted something since the actor opened it.
        UnsoundError: it does not follow from where it stands, or lacks who, since when or what was said.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    advocacy = advocacy_of(person, advocacy_id)
    if advocacy.version != opened_version:
        raise StaleError(_("Somebody noted something about this advocate while you had it open."))
    if wrong := what_is_wrong_with_step(step, before=Advocacy(advocacy.state), day=timezone.localdate(at)):
        raise UnsoundError(wrong)
    made = advocacy.go_on(step=step, by=actor.name, organisation_id=actor.member_of, at=at)
    record(events.ADVOCACY_WENT_ON, actor=actor, person_id=person.id, about=("advocacy", advocacy.id))
    return made
