"""Who does the work: give out the week, give one item, hand over, and cover for somebody who is away."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership, Team
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_members, tell_named
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.distributing import ItemClosedError, present_or_cover
from alongside.casework.outreach.commands.working import SomethingOwedError
from alongside.casework.outreach.models import HandOver, WorkItem
from alongside.casework.outreach.queries.able import who_can_open
from alongside.casework.outreach.queries.doors import get_member, lock_item, own_membership
from alongside.casework.outreach.queries.handing import asked_away
from alongside.casework.outreach.rules import (
    OPEN,
    UNASSIGNED,
    state_when_assigned,
)
from alongside.casework.outreach.rules.week import (
    Plan,
    Present,
    Waiting,
    plan_week,
    skills_lacking,
)


class AwayError(CaseworkError):
    """The member it was meant for is not at work, and nobody covers for them."""


class CannotOpenError(CaseworkError):
    """The member it was meant for could not open it: their role or their training does not allow it."""


class LacksSkillError(CaseworkError):
    """The member it was meant for lacks a skill that it needs."""


class TheirsAlreadyError(AlreadyDoneError):
    """It is theirs already."""


class NothingToGiveError(AlreadyDoneError):
    """There is nothing to give out or move."""


class AskedAlreadyError(AlreadyDoneError):
    """Somebody has been asked to take it over, and has not answered."""


@command
def plan_team_week(*, actor: Actor, at: datetime, team_id: UUID) -> Plan:
    """Give a team's waiting items to its members at work, in list order, up to its capacity for the week.

    Returns:
        Who was given what, and what is left waiting and why.

    Raises:
        NotFoundError: the actor's organisation has no such team.
        NothingToGiveError: nothing is waiting.
    """
    require(permissions.may_manage(actor))
    team = (
        Team.objects.select_for_update(no_key=True)
        .filter(id=team_id, organisation_id=actor.member_of)
        .first()
    )
    if team is None:
        raise NotFoundError(_("There is no such team in your organisation."))
    waiting = {
        item.id: item
        for item in WorkItem.objects.unassigned()
        .select_for_update(of=("self",), no_key=True)
        .filter(team=team)
    }
    if not waiting:
        raise NothingToGiveError(_("There is nothing waiting to be given out."))
    members = {member.id: member for member in _at_work(team, timezone.localdate(at))}
    plan = plan_week(
        [_waiting(item) for item in waiting.values()],
        [_present(member) for member in members.values()],
        _room_this_week(team, timezone.localdate(at), actor),
    )
    for item_id, member_id in plan.given.items():
        _give(waiting[item_id], members[member_id], actor, at)
    record(
        events.WEEK_PLANNED, actor=actor, about=("team", team.id), given=len(plan.given), left=len(plan.left)
    )
    return plan


@command
def assign_item(*, actor: Actor, at: datetime, item_id: UUID, member_id: UUID) -> WorkItem:
    """Give an item to a member, or to whoever covers for them while they are away.

    Raises:
        NotFoundError: there is no such item; or no such member, or they left.
        ItemClosedError: it has ended.
        AwayError: they are away and nobody covers.
        CannotOpenError: their role does not work with lists, or their training is not valid.
        LacksSkillError: they lack a skill it needs.
        TheirsAlreadyError: it is theirs.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_manage(actor))
    _must_be_open(item)
    member = get_member(actor=actor, member_id=member_id, on=timezone.localdate(at))
    taker = present_or_cover(member, at)
    if taker is None:
        raise AwayError(
            _("%(name)s is away and nobody is covering for them. Choose somebody at work.")
            % {"name": member.user.name}
        )
    _must_be_able_to_open(taker, at)
    _must_fit(item, taker)
    _give(item, taker, actor, at)
    return item


@command
def take_item(*, actor: Actor, at: datetime, item_id: UUID) -> WorkItem:
    """Take an item that nobody has: it is then the actor's to work on.

    Raises:
        NotFoundError: there is no such item.
        NotAllowedError: somebody has it.
        ItemClosedError: it has ended.
        LacksSkillError: the actor lacks a skill it needs.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_take(actor, item))
    _must_be_open(item)
    give_to_themself(item, actor, at)
    return item


@command
def offer_item(*, actor: Actor, at: datetime, item_id: UUID, member_id: UUID, why: str) -> HandOver:
    """Ask another member to take an item over. It stays where it is until they say yes.

    Raises:
        NotFoundError: there is no such item; or no such member, or they left.
        ItemClosedError: it has ended.
        AwayError: they are not at work.
        CannotOpenError: their role does not work with lists, or their training is not valid.
        LacksSkillError: they lack a skill it needs.
        TheirsAlreadyError: it is theirs.
        AskedAlreadyError: somebody has been asked and has not answered.
        SomethingOwedError: no reason is given.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_work(actor, item))
    _must_be_open(item)
    if not why.strip():
        raise SomethingOwedError(_("Say why you are handing it over, and what they should know."))
    member = get_member(actor=actor, member_id=member_id, on=timezone.localdate(at))
    if present_or_cover(member, at) != member:
        raise AwayError(
            _("%(name)s is away and cannot answer. Choose somebody at work.") % {"name": member.user.name}
        )
    _must_be_able_to_open(member, at)
    _must_fit(item, member)
    if item.assigned_to_id == member.id:
        raise TheirsAlreadyError(_("%(name)s already has this item.") % {"name": member.user.name})
    if open_offer := _offered(item):
        if _can_be_answered(open_offer, at):
            raise AskedAlreadyError(
                _("%(name)s has already been asked and has not answered.") % {"name": open_offer.to.user.name}
            )
        open_offer.lapse(at=at)
    offered = HandOver.offer(item=item, to=member, why=why.strip(), by_name=actor.name, at=at)
    tell_members([member.id], actor=actor, at=at)
    record(
        events.HAND_OVER_OFFERED,
        actor=actor,
        person_id=item.person_id,
        about=("work_item", item.id),
        member=member.user.name,
    )
    return offered


@command
def answer_hand_over(*, actor: Actor, at: datetime, item_id: UUID, accepted: bool, why: str = "") -> HandOver:
    """Take an item over, or say why not; then it stays with whoever has it.

    Whoever covers for the member who was asked may answer: it is then the member's, and on the list of both.

    Raises:
        NotFoundError: there is no such item, or nobody is asked to take it over.
        ItemClosedError: it has ended meanwhile.
        SomethingOwedError: it is declined without a reason.
    """
    item = lock_item(actor=actor, item_id=item_id)
    offer = _offered(item)
    if offer is None:
        raise NotFoundError(_("Nobody has been asked to take this over, or it has already been answered."))
    require(permissions.may_answer_hand_over(actor, offer))
    if not accepted and not why.strip():
        raise SomethingOwedError(_("Say why not, so that somebody better placed can be asked."))
    offer.answer(accepted=accepted, why=why.strip(), at=at)
    if accepted:
        _must_be_open(item)
        _give(item, offer.to, actor, at)
    tell_named(offer.by_name, item.organisation_id, actor=actor, at=at)
    record(
        events.HAND_OVER_ANSWERED,
        actor=actor,
        person_id=item.person_id,
        about=("work_item", item.id),
        answer="taken over" if accepted else "declined",
    )
    return offer


@command
def cover_everything(*, actor: Actor, at: datetime, away_id: UUID, to_id: UUID) -> int:
    """Give all of one member's items to another who is at work: all of them, or none.

    It also works for a member who has left. One event is recorded for each item.

    Returns:
        How many items moved.

    Raises:
        NotFoundError: one of them is not a member of the actor's organisation, or the taker has left.
        AwayError: the taker is away.
        CannotOpenError: the taker's role does not work with lists, or their training is not valid.
        LacksSkillError: the taker lacks a skill that one of the items needs; ``queries.lists.unsuited_items``
            returns which.
        TheirsAlreadyError: both are the same member.
        NothingToGiveError: the member has no open items.
    """
    require(permissions.may_manage(actor))
    away = (
        Membership.objects.select_related("user").filter(id=away_id, organisation_id=actor.member_of).first()
    )
    if away is None:
        raise NotFoundError(_("There is no such member of your organisation, or they have left."))
    taker = get_member(actor=actor, member_id=to_id, on=timezone.localdate(at))
    if away.id == taker.id:
        raise TheirsAlreadyError(_("Choose two different members."))
    if present_or_cover(taker, at) != taker:
        raise AwayError(_("%(name)s is also away. Choose somebody at work.") % {"name": taker.user.name})
    _must_be_able_to_open(taker, at)
    theirs = list(
        WorkItem.objects.open()
        .select_for_update(of=("self",), no_key=True)
        .filter(assigned_to=away)
        .order_by("made_at", "id")
    )
    if not theirs:
        raise NothingToGiveError(_("%(name)s has no open items.") % {"name": away.user.name})
    for item in theirs:
        _must_fit(item, taker)
        _give(item, taker, actor, at, kind_of="cover", away=away.user.name)
    return len(theirs)


def give_to_themself(item: WorkItem, actor: Actor, at: datetime) -> None:
    """Give an item that nobody has, and that is locked, to the actor.

    Raises:
        LacksSkillError: they lack a skill it needs.
    """
    own = own_membership(actor=actor, on=timezone.localdate(at))
    _must_fit(item, own)
    _give(item, own, actor, at, kind_of="take")


def _give(
    item: WorkItem, member: Membership, actor: Actor, at: datetime, *, kind_of: str = "", away: str = ""
) -> None:
    if item.assigned_to_id == member.id:
        raise TheirsAlreadyError(_("%(name)s already has this item.") % {"name": member.user.name})
    if offered := _offered(item):  # otherwise a late yes would take it from them
        offered.lapse(at=at)
    judged = hasattr(item, "judgement")
    state = state_when_assigned(item.state, judged=judged, tried=item.attempts.exists())
    item.give(member, state=state, by=actor.name, at=at)
    tell_members([member.id], actor=actor, at=at)
    about = ("work_item", item.id)
    name = member.user.name
    if kind_of == "cover":
        record(
            events.ITEM_COVERED, actor=actor, person_id=item.person_id, about=about, member=name, away=away
        )
    elif kind_of == "take":
        record(events.ITEM_TAKEN, actor=actor, person_id=item.person_id, about=about)
    else:
        record(events.ITEM_ASSIGNED, actor=actor, person_id=item.person_id, about=about, member=name)


def _offered(item: WorkItem) -> HandOver | None:
    """The hand-over that waits for an answer, locked."""
    waits = HandOver.objects.open().select_for_update(of=("self",), no_key=True).select_related("to__user")
    return waits.filter(item=item).first()


def _can_be_answered(offered: HandOver, at: datetime) -> bool:
    """Whether whoever was asked is still a member, and there; or somebody else can answer for them."""
    day = timezone.localdate(at)
    if not Membership.objects.on(day).filter(id=offered.to_id).exists():
        return False
    away = asked_away(offered, day)
    return away is None or bool(away.cover)


def _must_be_open(item: WorkItem) -> None:
    if item.state not in OPEN:
        raise ItemClosedError(_("This item has ended. Put the person on the list again if you are worried."))


def _must_fit(item: WorkItem, member: Membership) -> None:
    if lacking := skills_lacking(item.skills, member.skills):
        raise LacksSkillError(
            _("This needs %(skills)s, which %(name)s does not have. Choose somebody who does.")
            % {"skills": ", ".join(lacking), "name": member.user.name}
        )


def _must_be_able_to_open(member: Membership, at: datetime) -> None:
    """Refuse to give work to who could not open it: nobody would do it, and it would no longer wait."""
    themself, day = Membership.objects.filter(id=member.id), timezone.localdate(at)
    if not themself.who_may(Permission.WORKLIST_WORK).exists():
        raise CannotOpenError(
            _("%(name)s could not open it: their role does not work with lists. Choose somebody else.")
            % {"name": member.user.name}
        )
    if not who_can_open(day).filter(id=member.id).exists():
        raise CannotOpenError(
            _(
                "%(name)s could not open it: their training in handling information is not recorded here or "
                "has expired. Choose somebody else, or record their training first."
            )
            % {"name": member.user.name}
        )


def _at_work(team: Team, day: date) -> list[Membership]:
    """Members at work who could open what they are given: everybody else would only keep it from others."""
    able = who_can_open(day).present_on(day)
    there = able.filter(team=team, user__is_active=True)
    return list(there.select_related("user"))


def _present(member: Membership) -> Present:
    load = WorkItem.objects.open().filter(assigned_to=member).count()
    return Present(member.id, frozenset(member.skills), load)


def _room_this_week(team: Team, day: date, actor: Actor) -> int | None:
    """How many more items the team takes this week, which begins on Monday: what was put back leaves room."""
    if team.capacity_per_week is None:
        return None
    monday = day - timedelta(days=day.weekday())
    with beyond_reach(actor):  # items since closed, and no longer seen, were begun too
        begun = WorkItem.objects.filter(team=team, assigned_at__date__gte=monday)
        taken_up = begun.exclude(state__in=UNASSIGNED).count()
    return max(0, team.capacity_per_week - taken_up)


def _waiting(item: WorkItem) -> Waiting:
    return Waiting(
        id=item.id,
        since=item.made_at,
        priority=item.priority,
        tier_place=item.tier_place,
        rank=item.rank,
        skills=frozenset(item.skills),
    )
