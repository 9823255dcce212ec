"""Actions: added, accepted, updated and handed over; and who is told that one is late."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.marm import events, permissions
from alongside.casework.marm.commands.concerning import UnsaidError
from alongside.casework.marm.models import Action, Case
from alongside.casework.marm.queries.actions import late_actions, lock_action
from alongside.casework.marm.queries.doors import lock_case
from alongside.casework.marm.queries.leading import leading_now, who_may_work
from alongside.casework.marm.queries.pack import marm_pack
from alongside.casework.marm.rules.actions import (
    OPEN,
    Planned,
    Stands,
    Status,
    done_on,
    wrong_with_action,
    wrong_with_where_it_stands,
)
from alongside.casework.marm.rules.nudging import DISPUTE_ROUTE, LEAD, OWNER, OWNER_MANAGER, to_be_told
from alongside.casework.marm.rules.stages import Stage
from alongside.casework.notices.commands import tell_holders, tell_members, tell_those_who_may
from alongside.casework.operations import command

SENT_TWICE = timedelta(minutes=1)
"""The same words from the same member within this time are one action, sent twice."""


class NothingLateError(AlreadyDoneError):
    """There is nobody left to tell of an action today."""


@command
def plan_action(
    *, actor: Actor, at: datetime, case_id: UUID, planned: Planned, membership_id: UUID
) -> Action:
    """Write an action down. Its owner is told, and accepts it where they did not write it themselves.

    Raises:
        NotFoundError: there is no such case, or no such member of an agency that takes part.
        AlreadyDoneError: the case is not open, or it was sent twice.
        UnsaidError: something is missing, a day is over, or all it says is that somebody monitors.
    """
    require(permissions.may_work_on_cases(actor))
    case = lock_case(actor=actor, case_id=case_id)
    _must_be_open(case)
    if wrong := wrong_with_action(planned, timezone.localdate(at)):
        raise UnsaidError(f"{next(iter(wrong.values())).removesuffix('.')}.")
    owner = _owner(case, membership_id, at)
    if Action.objects.filter(
        case=case, words=planned.words.strip(), owner=owner, due=planned.due, written_by_id=actor.account,
        written_at__gt=at - SENT_TWICE,
    ).exists():  # fmt: skip
        raise AlreadyDoneError(_("You added this a moment ago, and it has been saved."))
    action = Action.plan(
        case=case, planned=planned, owner=owner, accepted=owner.user_id == actor.user_id, by=actor.name,
        by_id=actor.account, at=at,
    )  # fmt: skip
    record(
        events.ACTION_PLANNED, actor=actor, person_id=case.person_id, about=("action", action.id),
        due=action.due.isoformat(), status=str(action.status),
    )  # fmt: skip
    tell_members([owner.id], actor=actor, at=at)
    return action


@command
def accept_action(*, actor: Actor, at: datetime, action_id: UUID) -> Action:
    """Accept an action that somebody else wrote down.

    Raises:
        NotFoundError: there is no such action of a case that the actor's organisation takes part in.
        NotAllowedError: it is somebody else's.
        AlreadyDoneError: it was accepted, or is over.
    """
    action = lock_action(actor=actor, action_id=action_id)
    require(permissions.may_accept_action(actor, action))
    _must_be_open(action.case)
    if action.status != Status.PROPOSED:
        raise AlreadyDoneError(_("This action has already been accepted, or is closed."))
    action.accept(by=actor.name, by_id=actor.account, at=at)
    record(events.ACTION_ACCEPTED, actor=actor, person_id=action.case.person_id, about=("action", action.id))
    return action


@command
def note_where_it_stands(
    *, actor: Actor, at: datetime, action_id: UUID, stands: Stands, opened_version: int
) -> Action:
    """Note how an action is going, or that it is closed; what is done after its due date is done late.

    Raises:
        NotFoundError: there is no such action of a case that the actor's organisation takes part in.
        NotAllowedError: it belongs neither to the actor nor to their agency, and they do not lead.
        AlreadyDoneError: it is over, or it waits for its owner to accept it.
        StaleError: somebody noted something since the actor opened it.
        UnsaidError: a reason is missing, or what was offered instead.
    """
    require(permissions.may_work_on_cases(actor))
    action = lock_action(actor=actor, action_id=action_id)
    now = leading_now(action.case)
    require(permissions.may_update_action(actor, action, now.now))
    if action.case.stage != Stage.ENDED:  # what goes on after the end can still be reported
        _must_be_open(action.case)
    if action.status not in OPEN:
        raise AlreadyDoneError(_("This action is closed. Add a new one."))
    if action.version != opened_version:
        raise StaleError(_("Somebody updated this action while you had it open."))
    if stands.status in (Status.PROPOSED, Status.AGREED):
        raise UnsaidError(_("Say that it is in progress, or how it ended."))
    day = timezone.localdate(at)
    if wrong := wrong_with_where_it_stands(stands, day=day):
        raise UnsaidError(f"{next(iter(wrong.values())).removesuffix('.')}.")
    if stands.status in (Status.DONE, Status.DONE_LATE):
        stands = Stands(done_on(day, action.due), stands.words, stands.agrees, stands.review, stands.instead)
    action.go_on(stands, by=actor.name, by_id=actor.account, at=at)
    record(
        events.ACTION_UPDATED, actor=actor, person_id=action.case.person_id, about=("action", action.id),
        status=stands.status.value,
    )  # fmt: skip
    return action


@command
def hand_action_over(*, actor: Actor, at: datetime, action_id: UUID, membership_id: UUID, why: str) -> Action:
    """Hand an action to somebody else, such as when its owner has left. The new owner then accepts it.

    Raises:
        NotFoundError: there is no such action, or no such member of an agency that takes part.
        NotAllowedError: it belongs neither to the actor nor to their agency, and they do not lead.
        AlreadyDoneError: it is over, or theirs already.
        UnsaidError: there is no reason.
    """
    require(permissions.may_work_on_cases(actor))
    action = lock_action(actor=actor, action_id=action_id)
    now = leading_now(action.case)
    require(permissions.may_update_action(actor, action, now.now))
    _must_be_open(action.case)
    if action.status not in OPEN:
        raise AlreadyDoneError(_("This action is closed. Add a new one."))
    if not why.strip():
        raise UnsaidError(_("Say why somebody else should do it."))
    owner = _owner(action.case, membership_id, at)
    if owner.id == action.owner_id:
        raise AlreadyDoneError(_("%(name)s already has this action.") % {"name": owner.user.name})
    action.hand_over(
        owner, accepted=owner.user_id == actor.user_id, words=why, by=actor.name, by_id=actor.account, at=at
    )
    record(
        events.ACTION_HANDED_OVER, actor=actor, person_id=action.case.person_id,
        about=("action", action.id), status=str(action.status),
    )  # fmt: skip
    tell_members([owner.id], actor=actor, at=at)
    return action


@command
def tell_of_late_actions(*, actor: Actor, at: datetime) -> int:
    """Tell each member whose turn it is that an action is due or late, once; return the number of actions.

    The notices say that something waits and not what, nor about whom.

    Raises:
        NotAllowedError: the actor is not the night's work.
        NothingLateError: the clock has reached nobody.
    """
    require(permissions.may_chase_actions(actor))
    day, clock, told = timezone.localdate(at), marm_pack().clocks.action_overdue, 0
    for action in late_actions(day=day):
        already = [each.to for each in action.nudges.all()]
        if reached := to_be_told(action.due, day, clock=clock, told=already):
            _tell(action, reached, actor=actor, at=at)
            told += 1
    if not told:
        raise NothingLateError(_("There is no late action that somebody has not been told about."))
    return told


def _tell(action: Action, reached: Collection[str], *, actor: Actor, at: datetime) -> None:
    case = action.case
    for to in reached:
        action.nudge(to, at=at)
        if to == OWNER:
            tell_members([action.owner_id], actor=actor, at=at)
        elif to == OWNER_MANAGER:
            _tell_who_manages(action.owner, actor=actor, at=at)
        if to in (LEAD, DISPUTE_ROUTE):
            now = leading_now(case)
            leader = now.now
            tell_holders([leader.member_id if leader else None], actor=actor, at=at)
        if to == DISPUTE_ROUTE:
            tell_those_who_may(
                Permission.CASE_COORDINATE, organisation_id=case.coordinating_id, actor=actor, at=at
            )
        record(
            events.ACTION_CHASED, actor=actor, person_id=case.person_id, about=("action", action.id), to=to
        )


def _tell_who_manages(owner: Membership, *, actor: Actor, at: datetime) -> None:
    """Tell the owner's manager; if none is recorded, or theirs has left or is away, those who may act."""
    there = Membership.objects.present_on(timezone.localdate(at))
    if owner.manager_id and there.filter(id=owner.manager_id).exists():
        tell_members([owner.manager_id], actor=actor, at=at)
    else:
        tell_those_who_may(Permission.CASE_WORK, organisation_id=owner.organisation_id, actor=actor, at=at)


def _must_be_open(case: Case) -> None:
    if case.stage != Stage.OPEN:
        raise AlreadyDoneError(_("You can only do this while the case is open."))


def _owner(case: Case, membership_id: UUID, at: datetime) -> Membership:
    found = who_may_work(case, timezone.localdate(at)).filter(id=membership_id).first()
    if found is None:
        raise NotFoundError(
            _("Choose somebody who works for an agency in this case and can take on actions.")
        )
    return found
