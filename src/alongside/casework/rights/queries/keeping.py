"""What is due to be let go of, what holds it, and which rows go with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import DateTimeField, F, Max, Model, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Involvement, Person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest, Disposal, Dispute, LegalHold, Look, Withheld
from alongside.casework.rights.queries.disputes import line_held
from alongside.casework.rights.queries.follows import Rows, rows_with
from alongside.casework.rights.queries.lines import Line, row_key
from alongside.casework.rights.queries.noting import note_answering
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.queries.wishes import open_holds
from alongside.casework.rights.rules.retention import (
    ERASURE,
    Facts,
    Kind,
    Period,
    Since,
    Standing,
    due_for_disposal,
)
from alongside.casework.rights.rules.wishes import RECIPIENTS_MAY_TAKE
from alongside.casework.sharing.models import RecipientTold, ShareDraft

PERSON = Person._meta.label
DRAFT = ShareDraft._meta.label
ABOUT = "disposal"
NOT_CONTACT = frozenset({"audit.AuditEvent", "people.Reach", "people.PersonMerge", "rights.LegalHold"})
"""Tables whose days say nothing of being in touch with somebody."""


def periods() -> list[Period]:
    """Return how long what is kept, as the area pack says; none where it says nothing."""
    retention = area_pack().retention
    return [
        Period(each.code, Kind(each.record), Since(each.after), each.keep)
        for each in (retention.periods if retention else [])
    ]


def period_titles() -> dict[str, str]:
    """Return by code what a period is for and where it comes from, as the area pack says."""
    retention = area_pack().retention
    return {each.code: f"{each.title} ({each.basis})" for each in (retention.periods if retention else [])}


def facts_of_people(records: Collection[UUID] | None = None) -> dict[UUID, Facts]:
    """Return for each person, by the id of the record that is read, what their time is counted from.

    Sees all rows. A person's last contact is the latest day of anything that was written about them.

    Args:
        records: of these alone, all records of each person among them, and not whether anything holds them;
            of everybody where none are given.
    """

    def narrowed(way: str) -> dict[str, Collection[UUID]]:
        return {} if records is None else {f"{way}__in": records}

    there = list(Person.objects.filter(**narrowed("id")).values_list("id", "merged_into", "died_on"))
    people = {each: into for each, into, _died_on in there}
    last: dict[UUID, date] = {}
    everybodys = _latest(_contacts()) if records is None else _latest_of(records=list(records))
    for record_id, latest in everybodys:
        if record_id is not None and latest is not None:
            root, day = _root(people, record_id), timezone.localdate(latest)
            last[root] = max(last.get(root, day), day)
    roots = {each for each, into in people.items() if into is None}
    died = {_root(people, each): on for each, _into, on in there if on is not None}
    in_use = {
        _root(people, each)
        for each in Involvement.objects.filter(until=None, **narrowed("person_id")).values_list(
            "person_id", flat=True
        )
    }
    held = {_root(people, each) for each in _held()} if records is None else set()
    found = {}
    for root in roots:
        days = {Since.LAST_CONTACT: last[root]} if root in last else {}
        if root in died:
            days[Since.DEATH] = died[root]
        found[root] = Facts(Kind.PERSON, days, in_use=root in in_use, held=root in held)
    return found


def _contacts() -> Iterator[tuple[QuerySet[Any], str, str]]:
    """Every table that says of contact with somebody: its rows, and by which columns of whom and when."""
    for label, (model, ways) in tables_about_people().items():
        if model is not Person and label not in NOT_CONTACT:
            for way, moment in product(ways, _moments(model)):
                yield model._default_manager.all(), way, moment


def _latest(contacts: Iterable[tuple[QuerySet[Any], str, str]]) -> QuerySet[Any, Any]:
    """Of each table the latest moment for each record, in one question."""
    asked: list[QuerySet[Any, Any]] = [
        rows.order_by().values(of=F(way)).annotate(latest=Max(moment)).values_list("of", "latest")
        for rows, way, moment in contacts
    ]
    return asked[0].union(*asked[1:], all=True)


@composed_once
def _latest_of(*, records: list[UUID]) -> QuerySet[Any, Any]:
    return _latest((rows.filter(among(way, records)), way, moment) for rows, way, moment in _contacts())


def facts_of_drafts(keys: Collection[str] | None = None) -> dict[UUID, tuple[UUID, Facts]]:
    """Return by id of a draft about sharing whose it is, and what its time is counted from. Sees all rows.

    Args:
        keys: of these alone; of every draft where none are given.
    """
    drafts = ShareDraft.objects.all() if keys is None else ShareDraft.objects.filter(pk__in=keys)
    joined = _joined()
    held = {_root(joined, each) for each in _held()}
    found = {}
    for key, person, moment in drafts.values_list("id", "person_id", "updated_at"):
        days = {Since.LAST_CHANGE: timezone.localdate(moment)}
        found[key] = (person, Facts(Kind.SHARE_DRAFT, days, held=_root(joined, person) in held))
    return found


def due_no_longer(
    lines: Collection[Disposal], day: date, records: Collection[UUID] | None = None
) -> set[UUID]:
    """Return the ids of those lines whose record is not past its time on a day, whatever holds it.

    Somebody worked with it again, or it was joined with one that is in use. What was asked to be erased is
    always due. Sees all rows.

    Args:
        lines: which.
        day: when.
        records: all records of the people whose the lines are, where they are known.
    """
    by_time = [each for each in lines if each.rule != ERASURE]
    whole = [each for each in by_time if each.kind == Kind.PERSON]
    if records is None:
        records = {record_id for each in whole for record_id in records_held(each.record_id)}
    people = facts_of_people(records) if whole else {}
    facts: dict[UUID, Facts | None] = {each.id: people.get(each.record_id) for each in whole}
    if rest := [each for each in by_time if each.kind != Kind.PERSON]:
        drafts = facts_of_drafts([each.row for each in rest])
        facts |= {each.id: drafts[UUID(each.row)][1] if UUID(each.row) in drafts else None for each in rest}
    rules = periods()
    return {
        key
        for key, known in facts.items()
        if known is None or due_for_disposal(replace(known, held=False), rules, day) is None
    }


def due_no_longer_in_words() -> str:
    """Say that a record is not past its time, though it was."""
    return _("It is past its time no longer: somebody has worked with it since it came to this list.")


def why_held(line: Disposal, at: datetime) -> list[str]:
    """Return in words why what a line names may not be let go of; empty where it may. Sees all rows."""
    records = records_held(line.record_id)
    holds = open_holds(records)
    return [*(str(each.get_reason_display()) for each in holds), *_waited_for(line, records, at)]


def must_wait(lines: Collection[Disposal], at: datetime) -> set[UUID]:
    """Return the ids of those lines that may not be let go of now. Sees all rows."""
    early = due_no_longer(lines, timezone.localdate(at))
    return early | {each.id for each in lines if why_held(each, at)}


def _waited_for(line: Disposal, records: Collection[UUID], at: datetime) -> list[str]:
    """Return in words what must come first, other than that a hold is lifted."""
    models = {each for each, _person in _open_now(person__in=records)}
    found = []
    if AccessRequest._meta.label in models:
        found.append(_("They ask what is held about them, and wait for the answer"))
    if Dispute._meta.label in models:
        found.append(_("Something is disputed, and waits for an answer"))
    if line.kind == Kind.PERSON:
        told = RecipientTold.objects.filter(
            disclosure__decision__person__in=records, confirmed_at=None, at__gt=at - RECIPIENTS_MAY_TAKE
        )
        found += [
            _("%(organisation)s was told on %(day)s what changed, and has not confirmed it")
            % {"organisation": each.organisation.name, "day": day_in_words(each.at)}
            for each in told.select_related("organisation").order_by("at", "id")
        ]
    return found


def words_about(rows: Rows) -> Iterator[Withheld | Look | Dispute]:
    """Return what says something of these rows in words of its own: what of them was withheld, and the like.

    Sees all rows.
    """
    for model, keys in rows.items():
        label = model._meta.label
        lines = [row_key(label, each) for each in keys]
        yield from Withheld.objects.filter(line__in=lines)
        yield from Look.objects.filter(line__in=lines)
        yield from Dispute.objects.filter(table=label, row__in=[str(each) for each in keys])


@dataclass(frozen=True)
class LinePage:
    """A line of the disposal list: what it is, why it may not go, and which rows would.

    Attributes:
        disposal: the line.
        waits: what must come first, other than that a hold is lifted, in words.
        holds: what holds all there is about the person.
        person: whose it is.
        line: the one row it names, in words; None where all of a person goes.
        rows: label of a table to how many of its rows would go.
    """

    disposal: Disposal
    waits: list[str]
    holds: list[LegalHold]
    person: Person | None
    line: Line | None
    rows: dict[str, int]


@dataclass(frozen=True)
class Listed:
    """A line of the disposal list, and whether something holds it."""

    disposal: Disposal
    held: bool


@query()
def disposal_list(*, actor: Actor) -> list[Listed]:
    """Return every line that waits for a decision or was marked to go, the longest due first."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        lines = list(Disposal.objects.exclude(standing=Standing.GONE).order_by("due_on", "id"))
        joined = _joined()
        held = {_root(joined, each) for each in _held()}
    return [Listed(each, held=_root(joined, each.record_id) in held) for each in lines]


@query()
def holds_standing(*, actor: Actor) -> list[LegalHold]:
    """Return every hold that was not lifted, the first first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return list(LegalHold.objects.filter(lifted_at=None).order_by("placed_at", "id"))


@query()
def marked_lines(*, actor: Actor, at: datetime) -> list[Listed]:
    """Return every line that is marked to go, and whether it must wait all the same."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        lines = list(Disposal.objects.filter(standing=Standing.MARKED).order_by("listed_at", "id"))
        waiting = must_wait(lines, at)
    return [Listed(each, held=each.id in waiting) for each in lines]


@query()
def disposals_done(*, actor: Actor) -> list[Disposal]:
    """Return the last hundred that are gone, the newest first: when, by whom and by which rule."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return list(Disposal.objects.filter(standing=Standing.GONE).order_by("-gone_at")[:100])


@query(records=True, shows_people=False)
def disposal_page(*, actor: Actor, disposal_id: UUID, at: datetime) -> LinePage:
    """Return one line of the list with what it names, and record that the actor looked.

    Raises:
        NotFoundError: there is none that waits.
    """
    with beyond_reach(actor):
        disposal = waiting_disposal(actor, disposal_id)
        records = records_held(disposal.record_id)
        one, day = disposal.kind != Kind.PERSON, timezone.localdate(at)
        people = {each.id: each for each in Person.objects.filter(id__in=records)}
        page = LinePage(
            disposal=disposal,
            waits=[
                *([due_no_longer_in_words()] if due_no_longer([disposal], day, records) else []),
                *_waited_for(disposal, records, at),
            ],
            holds=open_holds(records),
            person=people.get(disposal.record_id),
            line=line_held(records, table=disposal.table, row=disposal.row, at=at) if one else None,
            rows={model._meta.label: len(ids) for model, ids in _rows_of(disposal, [*people]).items()},
        )
    note_answering(
        events.DISPOSAL_SEEN,
        actor=actor,
        person_id=disposal.record_id,
        about=(ABOUT, disposal.id),
    )
    return page


def rows_of(disposal: Disposal) -> Rows:
    """Return all rows that go with a line of the list. Sees all rows."""
    there = Person.objects.filter(id__in=records_held(disposal.record_id))
    return _rows_of(disposal, list(there.values_list("id", flat=True)))


def _rows_of(disposal: Disposal, records: Collection[UUID]) -> Rows:
    if disposal.kind == Kind.PERSON:
        return rows_with(Person, records)
    model = apps.get_model(disposal.table)
    keys = model._default_manager.filter(pk=disposal.row).values_list("pk", flat=True)
    return rows_with(model, list(keys))


def records_held(record_id: UUID) -> frozenset[UUID]:
    """Return the ids of all records of the person whose this one is."""
    return Person.objects.records_of(record_id) | {record_id}


def locked_records(person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return all records of people by id, locked until the transaction ends. Sees all rows.

    Whoever holds what there is, asks for it or lets go of it takes this before they look: so neither
    overlooks what the other is just about to write.
    """
    return Person.objects.locked(*(each for person_id in person_ids for each in records_held(person_id)))


def waiting_disposal(actor: Actor, disposal_id: UUID, *, lock: bool = False) -> Disposal:
    """Return a line that is not gone yet; inside ``beyond_reach``.

    Raises:
        NotFoundError: there is none.
    """
    require(permissions.may_handle(actor))
    found = Disposal.objects.exclude(standing=Standing.GONE).filter(id=disposal_id)
    disposal = (found.select_for_update() if lock else found).first()
    if disposal is None:
        raise NotFoundError(_("There is no such line on the list, or it is gone."))
    return disposal


def _held() -> list[UUID]:
    return [person for _label, person in _open_now()]


def _open_now(**of: Any) -> list[tuple[str, UUID]]:
    """Label of the table and whose it is of all for which a record is kept: holds, requests and disputes.

    Args:
        of: what narrows each of the three.
    """
    one, *others = (
        rows.order_by().annotate(of_table=Value(rows.model._meta.label)).values_list("of_table", "person_id")
        for rows in (
            LegalHold.objects.filter(lifted_at=None, **of),
            AccessRequest.objects.under_way().filter(**of),
            Dispute.objects.filter(outcome="", **of),
        )
    )
    return list(one.union(*others, all=True))


def _joined() -> dict[UUID, UUID | None]:
    """Each record that was joined with another, and with which."""
    return dict(Person.objects.exclude(merged_into=None).values_list("id", "merged_into"))


def _root(people: Mapping[UUID, UUID | None], record_id: UUID) -> UUID:
    while into := people.get(record_id):
        record_id = into
    return record_id


def _moments(model: type[Model]) -> list[str]:
    """The columns of a table that say when something was done; a table that nobody thought of counts too."""
    return [each.name for each in model._meta.concrete_fields if isinstance(each, DateTimeField)]
