"""Put people on lists: those a release flags, and those a professional raises."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import EVERYBODY, Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Absence, Membership, Team
from alongside.casework.accounts.rules import CONTACT_TEAM
from alongside.casework.audit.recorder import record
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError
from alongside.casework.notices.commands import tell_holders, tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.commands.later_flags import Changed, take_in
from alongside.casework.outreach.commands.living import must_be_living
from alongside.casework.outreach.models import Note, WorkItem
from alongside.casework.outreach.queries.able import who_can_open
from alongside.casework.outreach.queries.doors import items_visible_to, lock_item, own_membership
from alongside.casework.outreach.queries.lists import is_managed
from alongside.casework.outreach.rules import (
    OPEN,
    Priority,
    State,
    state_when_assigned,
)
from alongside.casework.outreach.rules.week import skills_lacking
from alongside.casework.people.models import Person
from alongside.casework.people.queries import lock_person, must_have_reach
from alongside.casework.sources.models import Flag
from alongside.casework.sources.models.releases import FlagQuerySet


class NothingToDistributeError(AlreadyDoneError):
    """All flags of the release are on lists already, or none is in force."""


class OnTheListAlreadyError(AlreadyDoneError):
    """The person is on the organisation's list."""


class NoReasonError(CaseworkError):
    """Somebody is put on a list, or moved up it, without a reason."""


class ItemClosedError(CaseworkError):
    """The item has ended, and takes no more work."""


@dataclass(frozen=True)
class Distributed:
    """What became of a release's flags.

    Attributes:
        made: new items.
        joined: flags that joined an item the organisation already had, or were noted on it.
        to_case_holders: of the new items, those given to the worker who holds the case, or their cover.
        without_team: of the new items, those for which no team of the organisation runs the service.
        in_hand_already: flags of people who are on the list already; no change, because the flag is not later
            than the one there, or was noted before.
    """

    made: int = 0
    joined: int = 0
    to_case_holders: int = 0
    without_team: int = 0
    in_hand_already: int = 0


@command
def distribute_flags(*, actor: Actor, at: datetime, release_id: UUID) -> Distributed:
    """Put the flags of a release on the right teams' lists, and on the case holder's where one is named.

    A manager distributes those of their own organisation; a part of the system all of them. What is on a list
    already stays there, so this can be repeated. Nobody who has died is put on one. Somebody who is on one
    because of an earlier release gets the later one's place and goes its way, or whoever has them is told; of
    one for another purpose, a manager is.

    Raises:
        NothingToDistributeError: nothing of it is left to put on a list.
    """
    require(permissions.may_manage(actor))
    done = _distribute(actor, at, _to_distribute(actor, at).filter(release_id=release_id)).get(release_id)
    if done is None or not (done.made or done.joined):
        raise NothingToDistributeError(
            _(
                "Nothing of this release is left to put on a list: each flag has expired, or is about "
                "somebody who has died or is already on a list."
            )
        )
    return done


@command
def distribute_released(*, actor: Actor, at: datetime) -> int:
    """Put every released flag that is on no list yet on one; return how many there were.

    A manager does so for their own organisation; a part of the system for all. This can be repeated.

    Raises:
        NothingToDistributeError: nothing released is left to put on a list.
    """
    require(permissions.may_manage(actor))
    done = _distribute(actor, at, _to_distribute(actor, at))
    flags = sum(each.made + each.joined for each in done.values())
    if not flags:
        raise NothingToDistributeError(
            _(
                "Nothing that was released is left to put on a list: each flag has expired, or is about "
                "somebody who has died or is already on a list."
            )
        )
    return flags


def _to_distribute(actor: Actor, at: datetime) -> FlagQuerySet:
    """Those in force on no list, but nobody's who has died: there is nobody to get in touch with."""
    flags = Flag.objects.filter(withdrawn_at=None, overtaken_at=None, expires_at__gt=at, work_item=None)
    flags = flags.filter(~Person.objects.has_died("person_id"))
    return flags if actor.reach == EVERYBODY else flags.filter(organisation_id=actor.member_of)


def _distribute(actor: Actor, at: datetime, wanted: FlagQuerySet) -> dict[UUID, Distributed]:
    """Put flags on lists, unless somebody else is doing so; return what became of them by release.

    Flags and then people are locked before anything is written, and what was done is recorded last: anybody
    who puts one of these people on a list meanwhile comes wholly before or wholly after.
    """
    free = wanted.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("id")
    locked = list(free.values_list("id", flat=True))
    flags = list(  # read again: another may have put one of them on a list just before it was locked
        _to_distribute(actor, at)
        .filter(id__in=locked)
        .select_related("release", "person")
        .order_by("release_id", "rank", "id")
    )
    main_record = Person.objects.who_is_read()
    Person.objects.locked(*{main_record(flag.person_id) for flag in flags})
    count: dict[UUID, Counter[str]] = defaultdict(Counter)
    changed = Changed()
    for flag in flags:
        counted = count[flag.release_id]
        put = _put_on_list(flag, actor, at, changed)
        counted[put] += 1
        item = WorkItem.objects.filter(flag=flag, made_at=at).first() if put == "made" else None
        counted["to_case_holders"] += item is not None and item.state == State.ASSIGNED
        counted["without_team"] += item is not None and item.team_id is None
    Flag.overtake(changed.overtaken, at=at)
    tell_holders(changed.have_it, actor=actor, at=at)
    for organisation_id in sorted(changed.for_another):
        tell_those_who_may(Permission.WORKLIST_MANAGE, organisation_id=organisation_id, actor=actor, at=at)
    done = {release_id: Distributed(**counted) for release_id, counted in count.items()}
    for release_id, made in done.items():
        if made.made or made.joined:
            holders = WorkItem.objects.filter(flag__release_id=release_id, made_at=at, state=State.ASSIGNED)
            tell_holders(holders.values_list("assigned_to_id", flat=True).distinct(), actor=actor, at=at)
            record(
                events.FLAGS_DISTRIBUTED,
                actor=actor,
                about=("release", release_id),
                made=made.made,
                joined=made.joined,
            )
    return done


@command
def raise_item(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    team_id: UUID | None,
    priority: Priority,
    why: str,
    skills: list[str] | None = None,
) -> WorkItem:
    """Put somebody on the list because a professional says so, with no flag behind it.

    Where no team is named, it is for the one the actor belongs to. Somebody must see it: without a team, it
    is a manager's to give, and on the actor's own list if their organisation has none. So is what was on the
    organisation's list already, but where nobody could see it.

    Raises:
        NotFoundError: the person is not the actor's to see, or there is no such team.
        OnlyInEmergencyError: the actor sees them only in an emergency: nobody could work on the item.
        PersonDiedError: one of their records says that they have died.
        NoReasonError: no reason is given.
        OnTheListAlreadyError: they are already on the organisation's list; say there how soon it should be.
    """
    require(permissions.may_raise(actor))
    person = lock_person(actor=actor, person_id=person_id)
    must_have_reach(actor=actor, people=[person])
    must_be_living(
        person,
        _(
            "It is recorded that this person has died, so they were not put on the list. What you wrote is "
            "still below. If that is wrong, correct their record first."
        ),
    )
    if not why.strip():
        raise NoReasonError(_("Say why, so that whoever gets it knows where to begin."))
    if team_id is None and len(actor.team_ids) == 1:
        team_id = next(iter(actor.team_ids))
    team = Team.objects.filter(id=team_id, organisation_id=actor.member_of).first() if team_id else None
    if team_id and team is None:
        raise NotFoundError(_("There is no such team in your organisation."))
    managed = is_managed(organisation=actor.member_of, day=timezone.localdate(at))
    if there := open_item_of(person, actor.member_of):
        unseen = None if managed else _lock_unseen(there)
        if unseen is None:
            raise OnTheListAlreadyError(_where_it_is(there, actor))
        soonest = Priority(min(priority, unseen.priority or priority))
        _say_how_soon(unseen, soonest, why.strip(), actor, at)
        _give_to_raiser(unseen, actor, at)
        return unseen
    item = WorkItem.raise_for(
        person=person,
        organisation_id=actor.member_of,
        team=team,
        priority=priority,
        why=why.strip(),
        skills=skills or [],
        by=actor.name,
        at=at,
    )
    record(events.ITEM_RAISED, actor=actor, person_id=person.id, about=("work_item", item.id))
    if team is None and managed:
        tell_those_who_may(Permission.WORKLIST_MANAGE, organisation_id=actor.member_of, actor=actor, at=at)
    elif team is None:
        _give_to_raiser(item, actor, at)
    return item


@command
def prioritise_item(*, actor: Actor, at: datetime, item_id: UUID, priority: Priority, why: str) -> WorkItem:
    """Say as a professional how soon an item should be; it then comes from both.

    Raises:
        NotFoundError: there is no such item.
        NoReasonError: no reason is given.
        ItemClosedError: it has ended.
    """
    item = lock_item(actor=actor, item_id=item_id)
    require(permissions.may_raise(actor))
    if item.state not in OPEN:
        raise ItemClosedError(_("This item has ended. Put the person on the list again if you are worried."))
    if not why.strip():
        raise NoReasonError(_("Say why, so that whoever gets it knows where to begin."))
    _say_how_soon(item, priority, why.strip(), actor, at)
    return item


def _say_how_soon(item: WorkItem, priority: Priority, why: str, actor: Actor, at: datetime) -> None:
    item.prioritise(priority, by=actor.name, why=why, today=timezone.localdate(at))
    if item.raised_why != why:  # the reason they were first put on the list for stays
        Note.add(item=item, words=why, by_name=actor.name, at=at)
    record(
        events.ITEM_PRIORITISED,
        actor=actor,
        person_id=item.person_id,
        about=("work_item", item.id),
        priority=priority.name.lower().replace("_", " "),
    )


def _lock_unseen(item: WorkItem) -> WorkItem | None:
    """Return an item, locked, if it is nobody's and no team's, and so on no list unless somebody manages."""
    lockable = WorkItem.objects.open().select_for_update(of=("self",), no_key=True)
    return lockable.filter(id=item.id, team=None, assigned_to=None).first()


def _give_to_raiser(item: WorkItem, actor: Actor, at: datetime) -> None:
    """Give what nobody else could see to whoever put the person on the list, even if they lack a skill."""
    own = own_membership(actor=actor, on=timezone.localdate(at))
    judged, tried = hasattr(item, "judgement"), item.attempts.exists()
    state = state_when_assigned(item.state, judged=judged, tried=tried)
    item.give(own, state=state, by=actor.name, at=at)
    record(events.ITEM_TAKEN, actor=actor, person_id=item.person_id, about=("work_item", item.id))


def _where_it_is(item: WorkItem, actor: Actor) -> str:
    """Say where a person is on the list already, and what the actor can do there."""
    if items_visible_to(actor).filter(id=item.id).exists():
        return _("This person is already on your organisation's list. Say how soon there.")
    if item.assigned_to is not None:
        return _(
            "This person is already on your organisation's list: %(name)s has it. Tell them what you know."
        ) % {"name": item.assigned_to.user.name}
    return _(
        "This person is already on your organisation's list, where you cannot open it. Ask a manager to give "
        "it to you."
    )


def _put_on_list(flag: Flag, actor: Actor, at: datetime, changed: Changed) -> str:
    """Put one flag on a list; return which count it belongs to, and add to what is done once for all."""
    tiers = flag.release.tiers
    tier_place = tiers.index(flag.tier) if flag.tier in tiers else len(tiers)
    there = open_item_of(flag.person, flag.organisation_id)
    if there is not None and there.flag_id is None:
        there.join_flag(flag, tier_place=tier_place)
        return "joined"
    if there is not None:
        if not take_in(there, flag, tier_place=tier_place, at=at, changed=changed):
            return "in_hand_already"
        for placed in WorkItem.objects.filter(flag=flag, state=State.WAITING):
            _let_go_its_way(placed, flag, actor, at, changed)
        return "joined"
    worker, team = _way(flag, at)
    item = WorkItem.from_flag(flag=flag, team=team, tier_place=tier_place, by=actor.name, at=at)
    if worker is not None:
        item.give(worker, state=State.ASSIGNED, by=actor.name, at=at)
    return "made"


def _way(flag: Flag, at: datetime) -> tuple[Membership | None, Team | None]:
    """Whose the work on a flag is, if somebody holds the case, and which team's."""
    worker = _case_holder(flag, at) if flag.route != CONTACT_TEAM else None
    return worker, worker.team if worker and worker.team else _team(flag)


def _let_go_its_way(item: WorkItem, flag: Flag, actor: Actor, at: datetime, changed: Changed) -> None:
    """Let an item go to whom a later flag names that took the place on it, and which nobody ever had.

    What was put back stays with its team: whose it is now, a manager says. If whom it names lacks a skill
    that was said to be needed meanwhile, it waits with their team for somebody who has it.
    """
    worker, team = _way(flag, at)
    if team is not None:
        item.go_to_team(team)
    if worker is not None and not skills_lacking(item.skills, worker.skills):
        item.give(worker, state=State.ASSIGNED, by=actor.name, at=at)
        changed.have_it.add(worker.id)


def open_item_of(person: Person, organisation_id: UUID) -> WorkItem | None:
    """Return the open item of a person at an organisation, under whichever of their records it stands."""
    everywhere = Person.objects.records_of(person.id) | {person.id}
    return (
        WorkItem.objects.open()
        .filter(person_id__in=everywhere, organisation_id=organisation_id)
        .order_by("made_at", "id")
        .first()
    )


def _team(flag: Flag) -> Team | None:
    service = CONTACT_TEAM if flag.route == CONTACT_TEAM else flag.service
    return (
        Team.objects.filter(organisation_id=flag.organisation_id, services__contains=[service])
        .order_by("name")
        .first()
    )


def _case_holder(flag: Flag, at: datetime) -> Membership | None:
    """The member the extract names, or their cover, if they could open it; None if two have the name."""
    members = list(
        Membership.objects.on(timezone.localdate(at))
        .select_related("user", "team")
        .filter(organisation_id=flag.organisation_id, user__name__iexact=flag.worker.strip())[:2]
    )
    if len(members) != 1:
        return None
    taker = present_or_cover(members[0], at)
    able = taker and who_can_open(timezone.localdate(at)).filter(id=taker.id).exists()
    return taker if able else None


def present_or_cover(member: Membership, at: datetime) -> Membership | None:
    """Return a member who is at work, or else their cover if at work and it is theirs to do; else None."""
    away = (
        Absence.objects.on(timezone.localdate(at)).filter(membership=member).order_by("-active_from").first()
    )
    if away is None:
        return member
    if away.cover_id is None:
        return None
    return (
        Membership.objects.present_on(timezone.localdate(at))
        .who_may(Permission.WORKLIST_WORK)
        .select_related("user", "team")
        .filter(id=away.cover_id)
        .first()
    )
