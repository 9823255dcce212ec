"""Lists: the actor's own, a team's, and what a manager looks at."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.models import Membership, Organisation, Team
from alongside.casework.accounts.queries import organisations_but
from alongside.casework.accounts.rules import CONTACT_TEAM
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import leaf, rows_between
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.models import HandOver, Judgement, WorkItem
from alongside.casework.outreach.queries.doors import items_of, with_people_as_they_are_now
from alongside.casework.outreach.queries.handing import asked_of
from alongside.casework.outreach.rules import (
    State,
)
from alongside.casework.outreach.rules.agreement import Rate, agreement_of
from alongside.casework.outreach.rules.week import skills_lacking

ITEMS_AT_ONCE = 25
"""How many items are on one page."""
EXPIRED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class MyList:
    """What the actor has to do, in order; and what they are asked to take over, the longest asked first.

    ``items`` are one page of ``count`` in all, after the first ``passed_over``.
    """

    items: list[WorkItem]
    count: int
    passed_over: int
    offered: list[WorkItem]


@dataclass(frozen=True)
class TeamList:
    """One page of a team's open items, in order, of ``count`` in all, after the first ``passed_over``.

    ``room`` is how many it can take on in a week, if it said so.
    """

    team: Team
    items: list[WorkItem]
    count: int
    passed_over: int
    room: int | None


@dataclass(frozen=True)
class Colleague:
    """A member, how much they have, and whether they are away."""

    membership_id: UUID
    name: str
    open_items: int
    away: bool


@dataclass(frozen=True)
class ManagerPage:
    """What a manager looks at: teams, who has how much, what has no team, and what expired."""

    teams: list[Team]
    colleagues: list[Colleague]
    without_team: list[WorkItem]
    """The first of them, of ``count_without_team`` in all."""
    count_without_team: int
    expired: list[tuple[str, int]]
    """Team to how many items nobody took up in time. Nobody can see any more who they were about."""


@dataclass(frozen=True)
class Agreement:
    """How flags were judged: teams by name, and members with theirs."""

    teams: list[tuple[str, Rate]]
    members: list[tuple[str, Rate]]


@query(records=True)
def my_list(*, actor: Actor, at: datetime, items_from: int = 0) -> MyList:
    """Return the actor's open items in the order of the day, ``ITEMS_AT_ONCE`` at the most.

    They are their own, and those of whom they cover for.

    What is to be tried on a later day comes later, however urgent it was.
    """
    require(permissions.may_read_list(actor))
    today = timezone.localdate(at)
    ask = partial(_own, actor.account, actor.member_of, list(actor.covers), today)
    shown = leaf(ask, items_from, ITEMS_AT_ONCE)
    asked = _asked_of(
        user=actor.account, organisation=actor.member_of, covers=list(actor.covers), name=actor.name
    )
    mine, offered = cards_of([each.id for each in shown.rows], asked)
    record(events.LIST_SEEN, actor=actor, items=len(mine) + len(offered))
    return MyList(mine, shown.count, shown.passed_over, offered)


@composed_once
def _asked_of(*, user: UUID, organisation: UUID, covers: list[UUID], name: str) -> QuerySet[HandOver, UUID]:
    return asked_of(user, organisation, covers, name).order_by("at").values_list("item_id", flat=True)


def _own(
    user: UUID, organisation: UUID, covers: list[UUID], today: date, after: int, until: int
) -> list[WorkItem]:
    return _some_own(
        user=user, organisation=organisation, covers=covers, today=today, after=after, until=until
    )


# ids first, so that people and flags are joined only for the items on the page
@composed_once
def _some_own(
    *, user: UUID, organisation: UUID, covers: list[UUID], today: date, after: int, until: int
) -> QuerySet[WorkItem]:
    """A member's open items in the order of the day."""
    own = items_of(user, organisation, covers).only("id")
    return rows_between(own.open().in_order(today=today), after=after, until=until)


@query(records=True)
def team_list(*, actor: Actor, team_id: UUID, items_from: int = 0) -> TeamList:
    """Return a team's open items, ``ITEMS_AT_ONCE`` at the most, after ``items_from``.

    Raises:
        NotFoundError: there is no such team, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    team = next((each for each in teams_of(actor=actor) if each.id == team_id), None)
    if team is None:
        raise NotFoundError(_("There is no such team that you can see."))
    ask = partial(_of_team, team.id)  # all of it: who may see the team sees its items
    shown = leaf(ask, items_from, ITEMS_AT_ONCE)
    (items,) = cards_of([each.id for each in shown.rows])
    record(events.LIST_SEEN, actor=actor, about=("team", team.id), items=len(items))
    return TeamList(team, items, shown.count, shown.passed_over, team.capacity_per_week)


def _of_team(team: UUID, after: int, until: int) -> list[WorkItem]:
    return _some_of_team(team=team, after=after, until=until)


@composed_once
def _some_of_team(*, team: UUID, after: int, until: int) -> QuerySet[WorkItem]:
    listed = WorkItem.objects.filter(team=team).only("id")
    return rows_between(listed.open().in_order(), after=after, until=until)


def teams_of(*, actor: Actor) -> list[Team]:
    """Return the teams whose lists the actor may see."""
    teams = _teams(organisation=actor.member_of)
    if actor.may(Permission.WORKLIST_MANAGE).allowed:
        return teams
    return [each for each in teams if each.id in actor.team_ids]


@composed_once
def _teams(*, organisation: UUID) -> QuerySet[Team]:
    return Team.objects.filter(organisation=organisation).order_by("name")


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str, str | None]]:
    """Return who in the actor's organisation is at work and takes items: membership, name and team's name."""
    present = _present(organisation=actor.member_of, day=timezone.localdate(at))
    return [(each, name, team) for each, name, team, roles in present if _takes_items(roles)]


@composed_once
def _present(*, organisation: UUID, day: date) -> QuerySet[Membership, Any]:
    present = Membership.objects.present_on(day).filter(organisation=organisation)
    return present.order_by("user__name", "id").values_list("id", "user__name", "team__name", "roles")


def is_managed(*, organisation: UUID, day: date) -> bool:
    """Return whether an organisation has a member who can give items to others."""
    return bool(_managers(organisation=organisation, day=day))


@composed_once
def _managers(*, organisation: UUID, day: date) -> QuerySet[Membership, UUID]:
    there = Membership.objects.on(day).who_may(Permission.WORKLIST_MANAGE).filter(organisation=organisation)
    return there.values_list("id", flat=True)[:1]


def other_organisations(*, actor: Actor) -> list[Organisation]:
    """Return the organisations the actor can refer to."""
    return organisations_but(own=actor.member_of)


def who_contacts(*, actor: Actor) -> list[Organisation]:
    """Return the others with a team that contacts people nobody works with; none if the actor's has one."""
    able = Organisation.objects.filter(teams__services__contains=[CONTACT_TEAM]).distinct().order_by("name")
    found = list(able)
    return [] if any(each.id == actor.member_of for each in found) else found


@query(records=True)
def manager_page(*, actor: Actor, at: datetime) -> ManagerPage:
    """Return what a manager of the organisation looks at."""
    require(permissions.may_manage(actor))
    ours = actor.member_of
    load = dict(_load(organisation=ours))
    people = [
        Colleague(each, name, load.get(each, 0), not at_work)
        for each, name, roles, member, at_work in _members(organisation=ours, day=timezone.localdate(at))
        if (member and _takes_items(roles)) or load.get(each)
    ]
    without = leaf(partial(_without_team, ours), 0, ITEMS_AT_ONCE)
    (shown,) = cards_of([each.id for each in without.rows])
    with beyond_reach(actor):
        expired = _expired(organisation=ours, since=at - EXPIRED_SHOWN)
    record(events.LIST_SEEN, actor=actor, items=len(shown))
    return ManagerPage(teams_of(actor=actor), people, shown, without.count, expired)


@query(records=True)
def unsuited_items(*, actor: Actor, away_id: UUID, to_id: UUID) -> list[tuple[str, list[str]]]:
    """Return which of one member's open items another lacks a skill for, in list order.

    Args:
        actor: who manages there.
        away_id: the membership of whoever has the items.
        to_id: the membership of whoever is to take them.

    Returns:
        What the person likes to be called, and the skills that are lacking, for each item.
    """
    require(permissions.may_manage(actor))
    ours = actor.member_of
    has = Membership.objects.filter(id=to_id, organisation=ours).values_list("skills", flat=True).first()
    theirs = WorkItem.objects.open().filter(organisation=ours, assigned_to=away_id)
    unsuited = with_people_as_they_are_now(
        item for item in theirs.in_order().select_related("person") if skills_lacking(item.skills, has or ())
    )
    record(events.LIST_SEEN, actor=actor, items=len(unsuited))
    return [(item.person_now.known_as, skills_lacking(item.skills, has or ())) for item in unsuited]


@composed_once
def _load(*, organisation: UUID) -> QuerySet[WorkItem, Any]:
    taken = WorkItem.objects.open().filter(organisation=organisation).exclude(assigned_to=None)
    return taken.values_list("assigned_to").annotate(Count("id")).order_by()


@composed_once
def _members(*, organisation: UUID, day: date) -> QuerySet[Membership, Any]:
    """Everybody who ever was a member: whether they are one that day, and at work."""
    this_one = Q(id=OuterRef("id"))
    everybody = Membership.objects.filter(organisation=organisation).annotate(
        member=Exists(Membership.objects.on(day).filter(this_one)),
        at_work=Exists(Membership.objects.present_on(day).filter(this_one)),
    )
    in_order = everybody.order_by("user__name", "id")
    return in_order.values_list("id", "user__name", "roles", "member", "at_work")


def _without_team(organisation: UUID, after: int, until: int) -> list[WorkItem]:
    return _some_without_team(organisation=organisation, after=after, until=until)


@composed_once
def _some_without_team(*, organisation: UUID, after: int, until: int) -> QuerySet[WorkItem]:
    without = WorkItem.objects.open().filter(organisation=organisation, team=None).only("id")
    return rows_between(without.in_order(), after=after, until=until)


@composed_once
def _expired(*, organisation: UUID, since: datetime) -> QuerySet[WorkItem, Any]:
    ours = WorkItem.objects.filter(organisation=organisation, state=State.EXPIRED, state_at__gt=since)
    return ours.values_list("team__name").annotate(Count("id")).order_by("team__name")


@query()
def agreement_rates(*, actor: Actor) -> Agreement:
    """Return how the organisation's flags were judged, by team and by member; small numbers are held back."""
    require(permissions.may_read_agreement(actor))
    # also of people nobody can see any more: those are the flags that were disagreed with
    with beyond_reach(actor):
        judged = _judged(organisation=actor.member_of)
    counts: dict[tuple[str, UUID], Counter[str]] = defaultdict(Counter)
    names: dict[UUID, str] = {}
    for team, by, name, verdict in judged:
        counts[team or "No team", by][verdict] += 1
        names[by] = name
    teams, members = agreement_of(counts)
    return Agreement(
        sorted(teams.items()),
        sorted(((names[by], rate) for by, rate in members.items()), key=lambda each: each[0]),
    )


@composed_once
def _judged(*, organisation: UUID) -> QuerySet[Judgement, Any]:
    judged = Judgement.objects.filter(item__organisation=organisation)
    return judged.values_list("item__team__name", "by", "by_name", "verdict")


def _takes_items(roles: list[str]) -> bool:
    return Permission.WORKLIST_WORK in permissions_of(frozenset(roles))


def cards_of(*lists: list[UUID]) -> list[list[WorkItem]]:
    """Return the items of each list with what a card shows; any that can no longer be seen is left out."""
    ids = list({each for ids in lists for each in ids})
    found = with_people_as_they_are_now(_cards(ids=ids)) if ids else []
    cards = {each.id: each for each in found}
    return [[cards[each] for each in ids if each in cards] for ids in lists]


@composed_once
def _cards(*, ids: list[UUID]) -> QuerySet[WorkItem]:
    return WorkItem.objects.for_cards().filter(among("id", ids))
