"""Records that were separated, as organisations are told of it that see less since, or whose rows moved."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.composed import composed_once
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


@dataclass
class Change:
    """What changed for one organisation.

    Attributes:
        sees: the ids of the two records, of those that it still sees.
        lost: whether it saw both while they were joined, and no longer does.
        moved: how many of its own rows went to the record that had been joined, by what they are.
    """

    sees: set[UUID] = field(default_factory=set)
    lost: bool = False
    moved: Counter[str] = field(default_factory=Counter)


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
    found = []
    with beyond_reach(actor):
        for merge in _undone(since=at - TOLD_FOR, organisation=actor.member_of):
            change = changes(merge).get(actor.member_of)
            if change is None or merge.undone_at is None:
                continue
            found.append(
                Separated(
                    at=merge.undone_at,
                    by=_by_whom(merge),
                    lost=change.lost,
                    moved=dict(change.moved),
                    moved_to=merge.absorbed_id if merge.absorbed_id in change.sees else None,
                    sees=[each for each in (merge.kept_id, merge.absorbed_id) if each in change.sees],
                )
            )
    return found


def changes(merge: PersonMerge) -> dict[UUID, Change]:
    """Return what a merge that was undone changed, by organisation. Sees all rows.

    Nothing if the two have been joined again.
    """
    kept, absorbed = (Person.objects.records_of(each) for each in (merge.kept_id, merge.absorbed_id))
    if merge.kept_id in absorbed:
        return {}
    ended: dict[UUID, set[UUID]] = defaultdict(set)
    sees: dict[UUID, set[UUID]] = defaultdict(set)
    reaches = Reach.objects.filter(Q(until=None) | Q(until=merge.undone_at), person__in=kept | absorbed)
    for record, organisation, until in reaches.values_list("person_id", "organisation_id", "until"):
        side = merge.absorbed_id if record in absorbed else merge.kept_id
        (sees if until is None else ended)[organisation].add(side)
    found: dict[UUID, Change] = defaultdict(Change)
    for organisation, sides in ended.items():
        if sides - sees[organisation]:
            found[organisation].lost = True
    for organisation, what in _moved(merge, kept, absorbed):
        found[organisation].moved[what] += 1
    for organisation, change in found.items():
        change.sees = sees[organisation]
    return dict(found)


def _moved(
    merge: PersonMerge, kept: frozenset[UUID], absorbed: frozenset[UUID]
) -> Iterator[tuple[UUID, str]]:
    """Whose rows went, and what each is: while records are joined, all is written on the one that is kept.

    Apps above may write on the other all the same, such as an item for its flag: what went, is recorded.
    """
    given_back = AuditEvent.objects.filter(code=events.WRITTEN_GIVEN_BACK.code, about_id=str(merge.id))
    went = {row for rows in given_back.values_list("details__rows", flat=True) for row in rows or ()}

    def meanwhile(model: type[Model], at: str) -> QuerySet[Any]:
        during = {f"{at}__gt": merge.at, f"{at}__lte": merge.undone_at}
        return model._default_manager.filter(person__in=absorbed, **during)

    for goes in _OWN:
        for whose in meanwhile(goes.model, goes.at).values_list(goes.whose, flat=True):
            yield whose, str(goes.what)
    for goes in GOES_ALONG:
        for row, whose in meanwhile(goes.model, goes.at).values_list("id", goes.whose):
            if f"{goes.model._meta.label} {row}" in went:
                yield whose, str(goes.what)
    if names := list(meanwhile(Contact, WRITTEN[Contact]).values_list("noted_by", flat=True)):
        noted_for = noting_organisations(kept | absorbed)
        yield from ((noted_for[name], str(_("people in their life"))) for name in names if name in noted_for)


def _by_whom(merge: PersonMerge) -> str:
    events_of = AuditEvent.objects.filter(code=events.PARTED.code, about_id=str(merge.id))
    told = events_of.values_list("actor_name", "organisation_name").first()
    return ", ".join(told) if told else ""


@composed_once
def _undone(*, since: datetime, organisation: UUID) -> QuerySet[PersonMerge]:
    """Only of records that the organisation saw: this is asked for everybody's Today page."""
    either = Q(person=OuterRef("kept")) | Q(person=OuterRef("absorbed"))
    saw = Reach.objects.filter(either, organisation_id=organisation)
    return PersonMerge.objects.filter(Exists(saw), undone_at__gt=since).order_by("-undone_at", "id")
