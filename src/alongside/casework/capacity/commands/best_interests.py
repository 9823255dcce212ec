"""Recording what was decided for a person who could not decide it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.capacity import events, permissions
from alongside.casework.capacity.commands.assessing import UnsoundError
from alongside.casework.capacity.models import BestInterests
from alongside.casework.capacity.models.records import next_after
from alongside.casework.capacity.queries import chain_with, newest_best_interests, record_of
from alongside.casework.capacity.rules.assessing import State, holds_on
from alongside.casework.capacity.rules.best_interests import (
    Reasoning,
    what_is_wrong,
    why_theirs_to_decide,
)
from alongside.casework.kernel.errors import CaseworkError, StaleError
from alongside.casework.operations import command
from alongside.casework.people.queries import lock_person


class TheirsToDecideError(CaseworkError):
    """Nobody may decide for a person unless a recent record says that they cannot decide this."""


@command
def record_best_interests(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    record_id: UUID,
    given: Reasoning,
    opened_newest: UUID | None = None,
) -> BestInterests:
    """Record what was decided in a person's best interests (s.4). It is never changed.

    What counts is what had been found by the day it was decided, which may be written down days later.

    Args:
        actor: who writes it down.
        at: when.
        person_id: who it is for.
        record_id: the record that says they cannot decide it.
        given: what was considered and decided.
        opened_newest: the latest decision when the actor opened the form; None if there was none.

    Raises:
        NotAllowedError: the actor's role does not record it.
        NotFoundError: there is no such person or record, or the actor may not see them.
        TheirsToDecideError: the record does not say that they cannot; or on the day of the decision it was
            not the latest, or was out of date.
        UnsoundError: something the law requires was not considered.
        StaleError: somebody has recorded a decision since the actor opened the form.
    """
    require(permissions.may_record_capacity(actor))
    person = lock_person(actor=actor, person_id=person_id)
    about = record_of(person, record_id)
    newer = next_after(about, chain_with(person, about))
    if why := why_theirs_to_decide(
        lacks=about.outcome == State.LACKS,
        is_latest=newer is None or given.decided_on < newer.assessed_on,
        in_force=holds_on(about.next_check, given.decided_on),
    ):
        raise TheirsToDecideError(why)
    newest = newest_best_interests(about)
    if (newest.id if newest else None) != opened_newest:
        raise StaleError(_("Somebody recorded a decision for them while you had this open."))
    if wrong := what_is_wrong(given, assessed_on=about.assessed_on, day=timezone.localdate(at)):
        raise UnsoundError(wrong)
    made = BestInterests.keep(
        person_id=about.person_id,
        by=actor.name,
        organisation_id=actor.member_of,
        at=at,
        record=about,
        **asdict(given),
    )
    record(
        events.BEST_INTERESTS_RECORDED,
        actor=actor,
        person_id=person.id,
        about=("capacity_record", about.id),
    )
    return made
