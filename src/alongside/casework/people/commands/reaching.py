"""Let an organisation see a person, by the id of what gave the reason, and end that again."""

from datetime import datetime
from uuid import UUID

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.commands.leaving import (
    keep_what_was_cut_off,
    must_leave_nothing_unfinished,
    seen_because_of,
)
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy


@command
def reach_by_referral(
    *, actor: Actor, at: datetime, person_id: UUID, referral_id: UUID, purpose: str
) -> None:
    """Let the actor's organisation see a person because it accepted a referral about them.

    The app that keeps referrals checks, before calling this, that there is one to this organisation for this
    purpose.

    Raises:
        NotAllowedError: the actor's role does not answer referrals.
    """
    require(permissions.may_gain_reach_by_referral(actor))
    Reach.give(
        person_id=person_id,
        organisation_id=actor.member_of,
        why=ReachWhy.REFERRED,
        at=at,
        about=referral_id,
        purpose=purpose,
    )
    record(events.REACH_GAINED, actor=actor, person_id=person_id, about=("referral", referral_id))


@command
def reach_by_case(
    *, actor: Actor, at: datetime, person_id: UUID, organisation_id: UUID, case_id: UUID
) -> None:
    """Let an organisation see a person because it takes part in a case about them.

    The app that keeps cases checks first that it does, and that nothing stands in the way of telling it.

    Raises:
        NotAllowedError: the actor's role neither works on cases nor co-ordinates them.
    """
    require(permissions.may_give_reach_by_case(actor))
    seen_by = Organisation.objects.get(id=organisation_id)
    with beyond_reach(actor):
        Reach.give(
            person_id=person_id, organisation_id=organisation_id, why=ReachWhy.CASE, at=at, about=case_id,
            purpose=actor.purpose,
        )  # fmt: skip
    record(
        events.REACH_BY_CASE, actor=actor, person_id=person_id, about=("case", case_id),
        organisation=seen_by.name,
    )  # fmt: skip


@command
def end_reach_by_case(*, actor: Actor, at: datetime, person_id: UUID, case_id: UUID) -> None:
    """End the reach a case gave the actor's organisation, to any record; any with another reason stays.

    The app that keeps cases checks first that it no longer takes part.

    Raises:
        NotAllowedError: the actor's role neither works on cases nor co-ordinates them.
        UnfinishedError: its organisation has something half written about the person.
    """
    require(permissions.may_give_reach_by_case(actor))
    must_leave_nothing_unfinished(actor=actor, at=at, about=case_id)
    seen = seen_because_of(actor, case_id)
    record(events.REACH_ENDED, actor=actor, person_id=person_id, about=("case", case_id))
    with beyond_reach(actor):
        Reach.end_all_of(organisation_id=actor.member_of, about=case_id, at=at)
    keep_what_was_cut_off(actor=actor, at=at, people=seen)


@command
def end_all_reach_by_case(*, actor: Actor, at: datetime, person_id: UUID, case_id: UUID) -> None:
    """End the reach that a case, now over, gave to every agency.

    Agencies that keep working with the person note their involvement first. What another has half written
    holds nothing up, and is kept; the actor's own finishes it first.

    Raises:
        NotAllowedError: the actor's role neither works on cases nor co-ordinates them.
        UnfinishedError: the actor's organisation has something half written about the person.
    """
    require(permissions.may_give_reach_by_case(actor))
    must_leave_nothing_unfinished(actor=actor, at=at, about=case_id)
    seen = seen_because_of(actor, case_id)
    record(events.REACH_BY_CASE_ENDED, actor=actor, person_id=person_id, about=("case", case_id))
    with beyond_reach(actor):
        Reach.end_all(about=case_id, at=at)
    keep_what_was_cut_off(actor=actor, at=at, people=seen)


@command
def let_reach_lapse(
    *, actor: Actor, at: datetime, person_id: UUID, organisation_id: UUID, release_id: UUID
) -> None:
    """End the reach a release gave one organisation to one person; any reach with another reason stays.

    The app that keeps worklists decides, before calling this, that nobody took the person up.

    Raises:
        NotAllowedError: it is another organisation's, or the actor's role does not work on lists.
    """
    require(permissions.may_let_reach_lapse(actor, organisation_id))
    seen_by = Organisation.objects.get(id=organisation_id)
    record(
        events.REACH_LAPSED,
        actor=actor,
        person_id=person_id,
        about=("release", release_id),
        organisation=seen_by.name,
    )
    Reach.end_one(person_id=person_id, organisation_id=organisation_id, about=release_id, at=at)


@command
def end_reach_by_referral(*, actor: Actor, at: datetime, person_id: UUID, referral_id: UUID) -> None:
    """End the reach a referral gave. Agencies that keep working with the person note their involvement first.

    Raises:
        NotAllowedError: the actor's role does not answer referrals.
        UnfinishedError: its organisation has something half written about the person.
    """
    require(permissions.may_gain_reach_by_referral(actor))
    must_leave_nothing_unfinished(actor=actor, at=at, about=referral_id)
    seen = seen_because_of(actor, referral_id)
    record(events.REACH_ENDED, actor=actor, person_id=person_id, about=("referral", referral_id))
    with beyond_reach(actor):
        Reach.end_all(about=referral_id, at=at)
    keep_what_was_cut_off(actor=actor, at=at, people=seen)
