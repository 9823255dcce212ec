"""Records that were separated, as organisations are told of it that see less since, or whose rows moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.composed import among
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people import events, permissions
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
    PersonMerge,
    Reach,
)
from alongside.casework.people.models.parting import WRITTEN
from alongside.casework.people.queries.parting import noting_organisations

TOLD_FOR = timedelta(days=14)
"""How long organisations are told that records were separated."""


@dataclass(frozen=True)
class GoesAlong:
    """A table whose rows may go to the other record when two are separated.

    Attributes:
        model: the table.
        at: the column that says when a row was written.
        whose: the column that says for which organisation.
        what: what its rows are called, several of them.
    """

    model: type[Model]
    at: str
    whose: str
    what: Promise


GOES_ALONG: Asked[GoesAlong] = Asked()
"""The tables of apps above whose rows go along."""
_OWN = [
    GoesAlong(model, WRITTEN[model], whose, what)
    for model, whose, what in (
        (AboutMe, "written_down_for", _("the person's own words")),
        (Involvement, "organisation_id", _("involvements")),
        (KnownTo, "asked_by_id", _("questions whether somebody is known")),
        (ChronologyEntry, "organisation_id", _("entries in the chronology")),
    )
]


@dataclass(frozen=True)
class Separated:
    """Two records that were separated: when, by whom, and what changed for the reader's organisation.

    It names no person. ``moved_to`` is the record to which rows went, if the organisation sees it; ``sees``
    are the ids of those that it sees.
    """

    at: datetime
    by: str
    lost: bool
    moved: dict[str, int]
    moved_to: UUID | None
    sees: list[UUID]


@query()
def separated(*, actor: Actor, at: datetime) -> list[Separated]:
    """Return the records that were separated in the last two weeks, with what that changed for the actor.

    Only organisations that see less since, or whose rows went to the other record, are told of it.
    """
    require(permissions.may_read_people(actor))
    undone = list(undone_for(actor.member_of, since=at - TOLD_FOR))
    either = {record for merge in undone for record in (merge.kept_id, merge.absorbed_id)}
    seen = set(Person.objects.filter(id__in=either).values_list("id", flat=True))
    with beyond_reach(actor):
        told = AuditEvent.objects.filter(
            code=events.PARTED.code, about_id__in=[str(merge.id) for merge in undone]
        )
        by = {
            merge: ", ".join(who)
            for merge, *who in told.values_list("about_id", "actor_name", "organisation_name")
        }
    words = {"people.Contact": _("people in their life")} | {
        table.model._meta.label: table.what for table in (*_OWN, *GOES_ALONG)
    }
    found = []
    for merge in undone:
        change = merge.changed[str(actor.member_of)]
        found.append(
            Separated(
                at=cast("datetime", merge.undone_at),
                by=by.get(str(merge.id), ""),
                lost=change["lost"],
                moved={str(words[table]): count for table, count in change["moved"].items()},
                moved_to=merge.absorbed_id if merge.absorbed_id in seen else None,
                sees=[each for each in (merge.kept_id, merge.absorbed_id) if each in seen],
            )
        )
    return found


def undone_for(organisation: Any, *, since: Any) -> QuerySet[PersonMerge]:
    """Return the merges undone since, for which that changed something; not those that are joined again."""
    changed = Func(
        F("changed"), Cast(organisation, TextField()), function="jsonb_exists", output_field=BooleanField()
    )
    again = among("kept", Person.objects.all_of_whom(F("absorbed")))
    return PersonMerge.objects.filter(changed, ~Q(again), undone_at__gt=since).order_by("-undone_at", "id")


def changes(merge: PersonMerge) -> dict[UUID, dict[str, Any]]:
    """Return what undoing a merge changed, by organisation, as the merge keeps it. Sees all rows."""
    kept, absorbed = (Person.objects.records_of(each) for each in (merge.kept_id, merge.absorbed_id))
    ended: dict[UUID, set[UUID]] = defaultdict(set)
    sees: dict[UUID, set[UUID]] = defaultdict(set)
    reaches = Reach.objects.filter(Q(until=None) | Q(until=merge.undone_at), person__in=kept | absorbed)
    for record, organisation, until in reaches.values_list("person_id", "organisation_id", "until"):
        side = merge.absorbed_id if record in absorbed else merge.kept_id
        (sees if until is None else ended)[organisation].add(side)
    moved: dict[UUID, Counter[str]] = defaultdict(Counter)
    for organisation, table in _moved(merge, kept, absorbed):
        moved[organisation][table] += 1
    lost = {organisation for organisation, sides in ended.items() if sides - sees[organisation]}
    return {each: {"lost": each in lost, "moved": dict(moved[each])} for each in lost | set(moved)}


def _moved(
    merge: PersonMerge, kept: frozenset[UUID], absorbed: frozenset[UUID]
) -> Iterator[tuple[UUID, str]]:
    """Whose rows went, and the table of each: while records are joined, all is written on the kept one.

    Apps above may write on the other all the same, such as an item for its flag: what went, is recorded.
    """
    given_back = AuditEvent.objects.filter(code=events.WRITTEN_GIVEN_BACK.code, about_id=str(merge.id))
    went = {row for rows in given_back.values_list("details__rows", flat=True) for row in rows or ()}

    def meanwhile(model: type[Model], at: str) -> QuerySet[Any]:
        during = {f"{at}__gt": merge.at, f"{at}__lte": merge.undone_at}
        return model._default_manager.filter(person__in=absorbed, **during)

    for goes in _OWN:
        for whose in meanwhile(goes.model, goes.at).values_list(goes.whose, flat=True):
            yield whose, goes.model._meta.label
    for goes in GOES_ALONG:
        for row, whose in meanwhile(goes.model, goes.at).values_list("id", goes.whose):
            if f"{goes.model._meta.label} {row}" in went:
                yield whose, goes.model._meta.label
    if names := list(meanwhile(Contact, WRITTEN[Contact]).values_list("noted_by", flat=True)):
        noted_for = noting_organisations(kept | absorbed)
        yield from ((noted_for[name], Contact._meta.label) for name in names if name in noted_for)
