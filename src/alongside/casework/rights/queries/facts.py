"""The dates from which retention is counted, and what keeps a record all the same. Sees all rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, Max, Model, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import Word
from alongside.casework.people.models import Involvement, Person
from alongside.casework.rights.models import AccessRequest, Dispute, LegalHold
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.rules.retention import Facts, Kind, Period, Since
from alongside.casework.sharing.models import ShareDraft

NOT_CONTACT = frozenset({"audit.AuditEvent", "people.Reach", "people.PersonMerge", "rights.LegalHold"})
"""Tables whose dates say nothing about being in touch with somebody."""


def periods() -> list[Period]:
    """Return the retention periods in the area pack; none where it has none."""
    retention = area_pack().retention
    return [
        Period(each.code, Kind(each.record), Since(each.after), each.keep)
        for each in (retention.periods if retention else [])
    ]


def period_titles() -> dict[str, str]:
    """Return, by code, what a period is for and where it comes from, as the area pack says."""
    retention = area_pack().retention
    return {each.code: f"{each.title} ({each.basis})" for each in (retention.periods if retention else [])}


def facts_of_everybody() -> dict[UUID, Facts]:
    """Return, by the id of each person's current record, the facts for their retention.

    A person's last contact is the latest day on which anything was written about them; where nothing was, the
    day their record was created, or it would never be past its time.
    """
    there = list(Person.objects.values_list("id", "merged_into", "died_on", "admitted_at"))
    used = Involvement.objects.filter(until=None).values_list("person_id", flat=True)
    return _facts(there, _latest(_contacts(), Q()), used, held_now())


def facts_of_people(records: Collection[UUID], tables: Collection[str] | None = None) -> dict[UUID, Facts]:
    """Return the same for some people, but not whether anything holds them.

    Args:
        records: the ids of all records of each of these people.
        tables: labels of the tables that hold anything about them, where known. PostgreSQL prepares for every
            table that a query names, which takes longer than reading the few rows.
    """
    theirs = list(records)
    asked = tuple(label for label in tables_about_people() if tables is None or label in tables)
    latest = _latest_of(asked, records=theirs) if any(_moments_of(label) for label in asked) else []
    return _facts(_records(records=theirs), latest, _in_use(records=theirs), held=())


def _facts(
    there: Collection[tuple[UUID, UUID | None, date | None, datetime]],
    latest: Iterable[tuple[UUID | None, Any]],
    used: Iterable[UUID],
    held: Iterable[UUID],
) -> dict[UUID, Facts]:
    people = {each: into for each, into, _died_on, _admitted_at in there}
    last: dict[UUID, date] = {}
    for record_id, moment in latest:
        if record_id is not None and moment is not None:
            of, day = root(people, record_id), timezone.localdate(moment)
            last[of] = max(last.get(of, day), day)
    admitted: dict[UUID, date] = {}
    for each, _into, _died_on, at in there:
        of, day = root(people, each), timezone.localdate(at)
        admitted[of] = max(admitted.get(of, day), day)
    died = {root(people, each): on for each, _into, on, _admitted_at in there if on is not None}
    in_use = {root(people, each) for each in used}
    kept = {root(people, each) for each in held}
    found = {}
    for of in (each for each, into in people.items() if into is None):
        days = {Since.LAST_CONTACT: last.get(of, admitted[of])}
        if of in died:
            days[Since.DEATH] = died[of]
        found[of] = Facts(Kind.PERSON, days, in_use=of in in_use, held=of in kept)
    return found


@composed_once
def _records(*, records: list[UUID]) -> QuerySet[Person, tuple[UUID, UUID | None, date | None, datetime]]:
    theirs = Person.objects.filter(among("id", records))
    return theirs.values_list("id", "merged_into", "died_on", "admitted_at")


@composed_once
def _in_use(*, records: list[UUID]) -> QuerySet[Involvement, UUID]:
    now = Involvement.objects.filter(among("person_id", records), until=None)
    return now.values_list("person_id", flat=True)


def _moments_of(label: str) -> list[str]:
    """The columns of a table that say when there was contact; unforeseen tables count too."""
    model = tables_about_people()[label][0]
    if model is Person or label in NOT_CONTACT:
        return []
    return [each.name for each in model._meta.concrete_fields if isinstance(each, DateTimeField)]


def _contacts(labels: Iterable[str] | None = None) -> Iterator[tuple[type[Model], str, list[str]]]:
    """Every table, or each of ``labels``, that shows contact: its look-up of the person, its time columns."""
    for label in tables_about_people() if labels is None else labels:
        model, ways = tables_about_people()[label]
        for way, moments in product(ways, filter(None, [_moments_of(label)])):
            yield model, way, moments


def _latest(contacts: Iterable[tuple[type[Model], str, list[str]]], records: Any) -> QuerySet[Any, Any]:
    """The latest moment for each record in each table, in one query; for some records, or for all."""
    asked: list[QuerySet[Any, Any]] = []
    for model, way, moments in contacts:
        rows = model._default_manager.filter(records if isinstance(records, Q) else among(way, records))
        latest = [Max(each) for each in moments]
        told = (
            rows.order_by().values(of=F(way)).annotate(latest=Greatest(*latest) if latest[1:] else latest[0])
        )
        asked.append(told.values_list("of", "latest"))
    return asked[0].union(*asked[1:], all=True)


@composed_once
def _latest_of(labels: tuple[str, ...], /, *, records: list[UUID]) -> QuerySet[Any, Any]:
    return _latest(_contacts(labels), records)


def facts_of_drafts() -> dict[UUID, tuple[UUID, Facts]]:
    """Return, by id of every draft about sharing, whose it is and the facts for its retention.

    Sees all rows.
    """
    joined = joined_records()
    held = {root(joined, each) for each in held_now()}
    found = {}
    for key, person, moment in ShareDraft.objects.values_list("id", "person_id", "updated_at"):
        found[key] = (person, _draft(moment, held=root(joined, person) in held))
    return found


def facts_of_these_drafts(keys: Collection[UUID]) -> dict[UUID, Facts]:
    """Return the same of some drafts, by id, without asking what holds them. Sees all rows."""
    return {key: _draft(moment, held=False) for key, moment in _drafts(keys=list(keys))}


@composed_once
def _drafts(*, keys: list[UUID]) -> QuerySet[ShareDraft, tuple[UUID, datetime]]:
    return ShareDraft.objects.filter(among("id", keys)).values_list("id", "updated_at")


def _draft(moment: datetime, *, held: bool) -> Facts:
    return Facts(Kind.SHARE_DRAFT, {Since.LAST_CHANGE: timezone.localdate(moment)}, held=held)


def held_now() -> list[UUID]:
    """Return the records that something keeps: a hold, a request under way or an open dispute."""
    return [person for _label, person in _open_now()]


def open_now_of(records: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return, by each of these records that something open keeps, the labels of the tables that say so."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for label, person in _open_now_of(records=list(records)):
        found[person].add(label)
    return found


@composed_once
def _open_now() -> QuerySet[Any, tuple[str, UUID]]:
    return _open(Q())


@composed_once
def _open_now_of(*, records: list[UUID]) -> QuerySet[Any, tuple[str, UUID]]:
    return _open(among("person", records))


def _open(narrowed: Any) -> QuerySet[Any, tuple[str, UUID]]:
    """Table label and person of everything that keeps a record."""
    told: list[QuerySet[Any, Any]] = [
        rows.order_by().annotate(of_table=Word(rows.model._meta.label)).values_list("of_table", "person_id")
        for rows in (
            LegalHold.objects.filter(narrowed, lifted_at=None),
            AccessRequest.objects.under_way().filter(narrowed),
            Dispute.objects.filter(narrowed, outcome=""),
        )
    ]
    return told[0].union(*told[1:], all=True)


def joined_records() -> dict[UUID, UUID | None]:
    """Return each record that was joined with another, and which one that is."""
    return dict(Person.objects.exclude(merged_into=None).values_list("id", "merged_into"))


def root(people: Mapping[UUID, UUID | None], record_id: UUID) -> UUID:
    """Return a person's current record, from any of theirs and what each was joined with."""
    while into := people.get(record_id):
        record_id = into
    return record_id
