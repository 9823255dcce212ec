"""What is drifting, for those who co-ordinate cases."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.design.paging import rows_between
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm import events, permissions
from alongside.casework.marm.models import Case, DriftFound
from alongside.casework.marm.queries.own import about_themself
from alongside.casework.marm.rules.drift import Drift
from alongside.casework.marm.rules.stages import STANDING
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Involvement, Person, Reach

MOST_SHOWN = 200
"""How many of each list a page shows: those that have drifted longest."""


@query(records=True)
def drift_page(*, actor: Actor) -> list[tuple[DriftFound, Case | None]]:
    """Return what is drifting about people within the reach of the actor's organisation, longest first.

    Each with the current case about them, if the organisation takes part in it.
    """
    require(permissions.may_see_drift(actor))
    found = _found(account=actor.user_id, most=MOST_SHOWN)
    of_person = _cases_of({each.person_id for each in found})
    record(events.DRIFT_SEEN, actor=actor, people=len(found))
    return [(each, of_person.get(each.person_id)) for each in found]


@composed_once
def _found(*, account: UUID | None, most: int) -> QuerySet[DriftFound]:
    of_others = DriftFound.objects.filter(~about_themself(account, "person"), gone_at=None)
    listed = of_others.select_related("person").order_by("found_at", "drift", "id")
    return rows_between(listed, after=0, until=most)


def beyond(found: Sequence[DriftFound]) -> int:
    """Return how many more there are than a list from ``drift_page`` or ``out_of_sight`` holds."""
    return vars(found[0])["of_all"] - len(found) if found else 0


@query()
def in_touch(*, actor: Actor, people: Collection[UUID]) -> dict[UUID, list[Involvement]]:
    """Return who is in touch with the people found, longest first, by the record that was found.

    To be shown with ``drift_page``, which records the look.
    """
    require(permissions.may_see_drift(actor))
    root = Person.objects.who_is_read()

    found: dict[UUID, list[Involvement]] = defaultdict(list)
    for each in _in_touch(people=list(people)):
        if root(each.person_id) in people:
            found[root(each.person_id)].append(each)
    return dict(found)


@composed_once
def _in_touch(*, people: list[UUID]) -> QuerySet[Involvement]:
    joined = Person.objects.exclude(merged_into=None).values("id")
    lines = Involvement.objects.filter(Q(among("person", people)) | Q(person__in=joined), until=None)
    return lines.select_related("organisation").order_by("since", "organisation__name", "id")


@query(records=True)
def out_of_sight(*, actor: Actor, day: date) -> list[DriftFound]:
    """Return what is drifting about people no co-ordinating organisation can see, longest first.

    It says which agencies it is about, so that they can be rung; never who the person is. It is recorded.
    """
    require(permissions.may_see_drift(actor))
    with beyond_reach(actor):
        found = _unseen(day=day, most=MOST_SHOWN)
    record(events.DRIFT_SEEN, actor=actor, people=0, out_of_sight=len(found))
    return found


def how_many_out_of_sight(actor: Actor, *, day: date) -> tuple[int, datetime] | None:
    """Return how many there are, and since when the longest; None if there are none. Part of a query."""
    with beyond_reach(actor):
        found = _unseen(day=day, most=1)
    return (vars(found[0])["of_all"], found[0].found_at) if found else None


@composed_once
def _unseen(*, day: date, most: int) -> QuerySet[DriftFound]:
    co_ordinate = Membership.objects.on(day).who_may(Permission.CASE_COORDINATE).values("organisation_id")
    # asked for each: few drift, and otherwise everybody who is seen would be gathered first
    seen = Reach.objects.filter(person=OuterRef("person"), until=None, organisation__in=co_ordinate)
    found = DriftFound.objects.filter(gone_at=None, drift__in=(Drift.MANY_AGENCIES, Drift.CONCERNS))
    unseen = found.filter(~Exists(seen)).only("drift", "agencies", "count", "since", "found_at")
    return rows_between(unseen.order_by("found_at", "drift", "id"), after=0, until=most)


def _cases_of(people: set[UUID]) -> dict[UUID, Case]:
    """The current case about each person, including one about a record that was joined with theirs."""
    root = Person.objects.who_is_read()
    return {root(each.person_id): each for each in _standing(people=list(people))}


@composed_once
def _standing(*, people: list[UUID]) -> QuerySet[Case]:
    joined = Person.objects.exclude(merged_into=None).values("id")
    cases = Case.objects.filter(Q(among("person", people)) | Q(person__in=joined), stage__in=STANDING)
    return cases.order_by("asked_at")
