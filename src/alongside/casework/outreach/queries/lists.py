"""Lists: one's own, a team's, and what a manager looks at."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.access.roles import permissions_of
from alongside.casework.accounts.models import Absence, Membership, Organisation, Team
from alongside.casework.accounts.queries import organisations_but
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import within
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach import events, permissions
from alongside.casework.outreach.models import HandOver, Judgement, WorkItem
from alongside.casework.outreach.models.items import WorkItemQuerySet
from alongside.casework.outreach.queries.doors import items_visible_to, with_people_as_they_are_now
from alongside.casework.outreach.rules import (
    CONTACT_TEAM,
    State,
)
from alongside.casework.outreach.rules.agreement import Rate, agreement_of

ITEMS_AT_ONCE = 25
"""So many items are on one page."""
EXPIRED_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class MyList:
    """What is the actor's to do, the first first; and what they may take over, the longest asked first.

    ``items`` are some of ``count`` in all, after ``passed_over``.
    """

    items: list[WorkItem]
    count: int
    passed_over: int
    offered: list[WorkItem]


@dataclass(frozen=True)
class TeamList:
    """Some of a team's open items, the first first, of ``count`` in all, after ``passed_over``.

    ``room`` is how many it manages in a week, if it said so.
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
    """What a manager looks at: teams, who has how much, what nobody runs, and what expired."""

    teams: list[Team]
    colleagues: list[Colleague]
    without_team: list[WorkItem]
    """The first of them, of ``count_without_team`` in all."""
    count_without_team: int
    expired: list[tuple[str, int]]
    """Team to how many items nobody took up in time. Whom they were about is nobody's to see any more."""


@dataclass(frozen=True)
class Agreement:
    """How flags were judged: teams by name, and members with theirs."""

    teams: list[tuple[str, Rate]]
    members: list[tuple[str, Rate]]


@query(records=True)
def my_list(*, actor: Actor, at: datetime, items_from: int = 0) -> MyList:
    """Return the actor's own open items in the order of the day, ``ITEMS_AT_ONCE`` at the most.

    What is to be tried later comes later, however pressing it was.
    """
    require(permissions.may_read_list(actor))
    today = timezone.localdate(at)
    count = _own(actor.account, actor.member_of, today).count()
    begins = within(items_from, count)
    some = (begins, begins + ITEMS_AT_ONCE)
    mine = _in_this_order(
        [each for each, _of in _first(some, user=actor.account, organisation=actor.member_of, today=today)]
    )
    asked = HandOver.objects.filter(
        to__user_id=actor.account, to__organisation_id=actor.member_of, answered_at=None
    )
    offered = _in_this_order(list(asked.order_by("at").values_list("item_id", flat=True)))
    record(events.LIST_SEEN, actor=actor, items=len(mine) + len(offered))
    return MyList(mine, count, begins, offered)


@query(shows_people=True)
def first_of_my_list(*, actor: Actor, at: datetime, most: int) -> tuple[list[WorkItem], int]:
    """Return the first of the actor's own open items, and how many there are in all.

    For the page of the day, which asks on every visit and records what it shows (``accounts.day_of``): how
    many there are comes with the first of them.
    """
    require(permissions.may_read_list(actor))
    first = _first((0, most), user=actor.account, organisation=actor.member_of, today=timezone.localdate(at))
    return _in_this_order([each for each, _of in first]), first[0][1] if first else 0


@composed_once
def _first(
    some: tuple[int, int], /, *, user: UUID, organisation: UUID, today: date
) -> QuerySet[Any, tuple[UUID, int]]:
    own = _own(user, organisation, today).annotate(of=Window(Count("*")))
    return own.values_list("id", "of")[slice(*some)]


def _own(user: UUID, organisation: UUID, today: date) -> WorkItemQuerySet:
    """A member's own open items in the order of the day."""
    own = WorkItem.objects.filter(organisation_id=organisation, assigned_to__user_id=user)
    return own.open().in_order(today=today)


@query(records=True)
def team_list(*, actor: Actor, team_id: UUID, items_from: int = 0) -> TeamList:
    """Return a team's open items, ``ITEMS_AT_ONCE`` at the most, passing some over.

    Raises:
        NotFoundError: there is no such team, or it is not the actor's to see.
    """
    require(permissions.may_read_list(actor))
    team = next((each for each in teams_of(actor=actor) if each.id == team_id), None)
    if team is None:
        raise NotFoundError(_("There is no such team that is yours to see."))
    of_team = items_visible_to(actor).open().filter(team=team)
    count = of_team.count()
    begins = within(items_from, count)
    items = _some(of_team.in_order(), begins, ITEMS_AT_ONCE)
    record(events.LIST_SEEN, actor=actor, about=("team", team.id), items=len(items))
    return TeamList(team, items, count, begins, team.capacity_per_week)


def teams_of(*, actor: Actor) -> list[Team]:
    """Return the teams whose lists the actor may see."""
    teams = Team.objects.filter(organisation_id=actor.member_of).order_by("name")
    if not actor.may(Permission.WORKLIST_MANAGE).allowed:
        teams = teams.filter(id__in=actor.team_ids)
    return list(teams)


def colleagues(*, actor: Actor, at: datetime) -> list[tuple[UUID, str, str | None]]:
    """Return who of the actor's organisation is at work and takes items: membership, name and team's name."""
    present = (
        Membership.objects.present_on(timezone.localdate(at))
        .filter(organisation_id=actor.member_of)
        .order_by("user__name", "id")
        .values_list("id", "user__name", "team__name", "roles")
    )
    return [(each, name, team) for each, name, team, roles in present if _takes_items(roles)]


def other_organisations(*, actor: Actor) -> list[Organisation]:
    """Return the organisations one can refer to."""
    return organisations_but(own=actor.member_of)


def who_contacts(*, actor: Actor) -> list[Organisation]:
    """Return the others with a team that contacts people nobody holds; none if one's own has it."""
    able = Organisation.objects.filter(teams__services__contains=[CONTACT_TEAM]).distinct().order_by("name")
    found = list(able)
    return [] if any(each.id == actor.member_of for each in found) else found


@query(records=True)
def manager_page(*, actor: Actor, at: datetime) -> ManagerPage:
    """Return what a manager of the organisation looks at."""
    require(permissions.may_manage(actor))
    own = WorkItem.objects.filter(organisation_id=actor.member_of)
    load = dict(
        own.open().exclude(assigned_to=None).values_list("assigned_to").annotate(Count("id")).order_by()
    )
    away = set(Absence.objects.on(timezone.localdate(at)).values_list("membership_id", flat=True))
    present = set(Membership.objects.on(timezone.localdate(at)).values_list("id", flat=True))
    members = (
        Membership.objects.filter(organisation_id=actor.member_of)
        .order_by("user__name", "id")
        .values_list("id", "user__name", "roles")
    )
    people = [
        Colleague(each, name, load.get(each, 0), each in away or each not in present)
        for each, name, roles in members
        if (each in present and _takes_items(roles)) or load.get(each)
    ]
    without = own.open().filter(team=None)
    count_without = without.count()
    shown = _some(without.in_order(), 0, ITEMS_AT_ONCE)
    with beyond_reach(actor):
        expired = list(
            own.filter(state=State.EXPIRED, state_at__gt=at - EXPIRED_SHOWN)
            .values_list("team__name")
            .annotate(Count("id"))
            .order_by("team__name")
        )
    record(events.LIST_SEEN, actor=actor, items=len(shown))
    return ManagerPage(teams_of(actor=actor), people, shown, count_without, expired)


@query()
def agreement_rates(*, actor: Actor) -> Agreement:
    """Return how the organisation's flags were judged, by team and by member; small numbers are held back."""
    require(permissions.may_read_agreement(actor))
    # of those nobody sees any more too: they are the ones that were disagreed with
    with beyond_reach(actor):
        judged = list(
            Judgement.objects.filter(item__organisation_id=actor.member_of).values_list(
                "item__team__name", "by", "by_name", "verdict"
            )
        )
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


def _takes_items(roles: list[str]) -> bool:
    return Permission.WORKLIST_WORK in permissions_of(frozenset(roles))


def _some(ordered: WorkItemQuerySet, begins: int, most: int) -> list[WorkItem]:
    """Return so many items from a place on; their ids first, so that no more people and flags are joined."""
    return _in_this_order(list(ordered.values_list("id", flat=True)[begins : begins + most]))


def _in_this_order(ids: list[UUID]) -> list[WorkItem]:
    """Return these items with what a card says of each; one that ceased to be seen meanwhile is left out."""
    if not ids:
        return []
    found = {each.id: each for each in _cards(ids=ids)}
    return with_people_as_they_are_now(found[each] for each in ids if each in found)


@composed_once
def _cards(*, ids: list[UUID]) -> QuerySet[WorkItem]:
    return WorkItem.objects.for_cards().filter(among("id", ids))
