"""What lists and referrals have for a member's day, found with one query."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, JSONObject, RowNumber
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import composed_once
from alongside.casework.operations import query
from alongside.casework.outreach import permissions
from alongside.casework.outreach.models import HandOver, Referral, WorkItem
from alongside.casework.outreach.queries.deaths import died_since
from alongside.casework.outreach.queries.doors import items_of
from alongside.casework.outreach.queries.handing import asked_of, nobody_answers
from alongside.casework.outreach.queries.lists import cards_of
from alongside.casework.outreach.queries.unfinished import FINISH, ended_half_way
from alongside.casework.outreach.rules import Priority, ReferralState
from alongside.casework.people.models import Person

SHOWN = 5
"""How many of each the page of the day shows; the list and the page of referrals have them all."""
ANSWERED_SHOWN = timedelta(days=7)
"""How long an answer stays on the page of the day of whoever asked."""
ITEM, ASKED, ANSWERED, TAKEN_BACK, ALSO = "item", "asked", "answered", "taken_back", "also"
TO_TAKE, TAKEN, NO_TEAM, UNANSWERED = "to_take", "taken", "no_team", "unanswered"
KINDS = (ITEM, ASKED, ANSWERED, TAKEN_BACK, ALSO, TO_TAKE, TAKEN, NO_TEAM, UNANSWERED)


@dataclass(frozen=True)
class ReferralOfDay:
    """A referral in a line: who is meant, the other organisation, its state, and since when."""

    id: UUID
    who: str
    organisation: str
    state: ReferralState
    priority: Priority
    since: datetime
    died: bool = False
    """Whether the person has died; asked of what nobody has answered."""


@dataclass(frozen=True)
class HandOverOfDay:
    """The answer to a hand-over that the actor offered: about whom, by whom, when, and whether it is yes."""

    who: str
    by: str
    at: datetime
    accepted: bool


@dataclass(frozen=True)
class Day:
    """The first few of the actor's items and of whom they cover for, out of ``count``; and referrals.

    ``asked`` are the first few of ``count_asked`` unanswered ones to their organisation, the soonest first;
    ``answered`` are those they made that were recently answered, the newest first; ``taken_back`` those asked
    of their organisation that whoever asked has recently taken back. ``also`` are items, for whoever manages,
    of people whom a new list names for another purpose: they can come on that list only once these end.

    ``to_take`` are items that others ask the actor to take over, each with who asks, and whom, if the actor
    covers for them: the longest asked first; ``unanswered`` those offered to somebody away for whom nobody
    can answer, each with their name, for who offered it and for a manager;
    ``taken`` what was recently answered to what they asked of others; ``no_team`` how many items nobody has
    and no team sees, for a manager to give.

    ``to_finish`` are items that ended while a conversation on them was written down, each with its id.
    """

    items: list[WorkItem]
    count: int
    asked: list[ReferralOfDay]
    count_asked: int
    answered: list[ReferralOfDay]
    taken_back: list[ReferralOfDay]
    also: list[WorkItem]
    to_take: list[tuple[WorkItem, str, str]]
    unanswered: list[tuple[WorkItem, str]]
    taken: list[HandOverOfDay]
    no_team: int
    to_finish: list[tuple[WorkItem, UUID]]


@query(shows_people=True)
def day_of_outreach(*, actor: Actor, at: datetime) -> Day:
    """Return what lists and referrals have for the actor's day; referrals only if they may answer them.

    For the page of the day, which asks on every visit and records what it shows (``accounts.day_of``).
    """
    require(permissions.may_read_list(actor))
    found: dict[str, list[Any]] = {kind: [] for kind in (*KINDS, FINISH)}
    rows = _first(
        permissions.may_see_referrals(actor).allowed,
        permissions.may_manage(actor).allowed,
        user=actor.account,
        organisation=actor.member_of,
        covers=list(actor.covers),
        name=actor.name,
        today=timezone.localdate(at),
        now=at,
        lately=at - ANSWERED_SHOWN,
    )
    for kind, row_id, since, facts in sorted(rows, key=lambda row: row[-1]["place"]):
        found[kind].append((row_id, since, facts))
    asked_by = {
        UUID(facts["item"]): (facts["by"], facts["whose"] if UUID(facts["to"]) in actor.covers else "")
        for _row_id, _since, facts in found[TO_TAKE]
    }
    away = {UUID(facts["item"]): facts["whose"] for _row_id, _since, facts in found[UNANSWERED]}
    own, others = ([row_id for row_id, *_ in found[kind]] for kind in (ITEM, ALSO))
    talks = {UUID(facts["item"]): row_id for row_id, _since, facts in found[FINISH]}
    items, also, to_take, unanswered, ended = cards_of(own, others, [*asked_by], [*away], [*talks])
    died = died_since(actor, [row_id for row_id, *_ in found[ASKED]])
    return Day(
        items,
        _of_all(found[ITEM]),
        [_referral(*each, died=each[0] in died) for each in found[ASKED]],
        _of_all(found[ASKED]),
        [_referral(*each) for each in found[ANSWERED]],
        [_referral(*each) for each in found[TAKEN_BACK]],
        also,
        [(each, *asked_by[each.id]) for each in to_take],
        [(each, away[each.id]) for each in unanswered],
        [
            HandOverOfDay(facts["who"], facts["by"], since, facts["accepted"])
            for _row_id, since, facts in found[TAKEN]
        ],
        _of_all(found[NO_TEAM]),
        to_finish=[(each, talks[each.id]) for each in ended],
    )


@composed_once
def _first(
    answers: bool,
    manages: bool,
    /,
    *,
    user: UUID,
    organisation: UUID,
    covers: list[UUID],
    name: str,
    today: date,
    now: datetime,
    lately: datetime,
) -> QuerySet[Any, Any]:
    """Kind, id, since when, and what else is shown: among it its place, and out of how many."""
    own = items_of(user, organisation, covers).open()
    items = _alike(own.in_order(today=today), ITEM, "made_at")
    more = _hand_overs(user, organisation, covers, name, lately)
    unanswered = nobody_answers(today).filter(item__organisation_id=organisation)
    unanswered = unanswered if manages else unanswered.filter(by_name=name)
    more.append(
        _alike(unanswered.order_by("at", "id"), UNANSWERED, "at", item="item_id", whose="to__user__name")
    )
    if manages:
        unseen = WorkItem.objects.open().filter(organisation_id=organisation, team=None, assigned_to=None)
        more.append(_alike(unseen.order_by("made_at", "id"), NO_TEAM, "made_at")[:1])
        more.append(_alike(_also(organisation, now, lately), ALSO, "later_flag__released_at"))
    more.append(_alike(ended_half_way(user, organisation, covers), FINISH, "begun_at", item="item_id"))
    if not answers:
        return items.union(*more, all=True)
    to_us = Referral.objects.filter(to_organisation_id=organisation, state=ReferralState.ASKED)
    told = Coalesce("done_at", "answered_at")
    by_them = Referral.objects.filter(from_organisation_id=organisation, made_by=name).annotate(told=told)
    words = {"who": "who", "state": "state", "priority": "priority"}
    asked = _alike(
        to_us.order_by("priority", "made_at", "id"), ASKED, "made_at",
        organisation="from_organisation__name", **words,
    )  # fmt: skip
    answered = _alike(
        by_them.filter(told__gte=lately).order_by("-told", "id"), ANSWERED, "told",
        organisation="to_organisation__name", **words,
    )  # fmt: skip
    no_longer = Referral.objects.filter(to_organisation_id=organisation, state=ReferralState.TAKEN_BACK)
    taken_back = _alike(
        no_longer.filter(taken_back_at__gte=lately).order_by("-taken_back_at", "id"), TAKEN_BACK,
        "taken_back_at", organisation="from_organisation__name", **words,
    )  # fmt: skip
    return items.union(asked, answered, taken_back, *more, all=True)


def _also(organisation: Any, now: Any, lately: Any) -> QuerySet[WorkItem]:
    theirs = WorkItem.objects.filter(organisation_id=organisation, flag__isnull=False).open()
    new = theirs.filter(
        later_flag__withdrawn_at=None, later_flag__expires_at__gt=now, later_flag__released_at__gte=lately
    )
    for_another = new.exclude(later_flag__release__purpose=F("flag__release__purpose"))
    return for_another.order_by("-later_flag__released_at", "id")


def _hand_overs(
    user: UUID, organisation: UUID, covers: list[UUID], name: str, lately: datetime
) -> list[QuerySet[Any, Any]]:
    """Those the actor is asked to accept, and recent answers to those they offered."""
    to_us = asked_of(user, organisation, covers, name)
    offered = HandOver.objects.filter(
        by_name=name, item__organisation_id=organisation, answered_at__gte=lately
    )
    return [
        _alike(
            to_us.order_by("at", "id"), TO_TAKE, "at", item="item_id", by="by_name", to="to_id",
            whose="to__user__name",
        ),
        _alike(
            offered.order_by("-answered_at", "id"), TAKEN, "answered_at", by="to__user__name",
            accepted="accepted", who=Person.objects.goes_by("item__person"),
        ),
    ]  # fmt: skip


def _alike(rows: QuerySet[Any], kind: str, since: str, **facts: Any) -> QuerySet[Any, Any]:
    in_order: Any = rows.query.order_by
    place = Window(RowNumber(), order_by=in_order)
    alike: QuerySet[Any] = rows.annotate(
        of_kind=Value(kind),
        row_id=F("id"),
        since=Cast(since, DateTimeField()),
        facts=JSONObject(place=place, of_all=Window(Count("*")), **facts),
    )
    return alike.values_list("of_kind", "row_id", "since", "facts")[:SHOWN]


def _of_all(rows: list[Any]) -> int:
    return rows[0][-1]["of_all"] if rows else 0


def _referral(row_id: UUID, since: datetime, facts: dict[str, Any], *, died: bool = False) -> ReferralOfDay:
    return ReferralOfDay(
        id=row_id,
        who=facts["who"],
        organisation=facts["organisation"],
        state=ReferralState(facts["state"]),
        priority=Priority(facts["priority"]),
        since=since,
        died=died,
    )
