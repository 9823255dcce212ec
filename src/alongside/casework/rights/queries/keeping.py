"""What is due for deletion, what holds it, and which rows are deleted with it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import Disposal, Dispute, LegalHold, Look, Withheld
from alongside.casework.rights.queries.disputes import line_held
from alongside.casework.rights.queries.follows import Rows, rows_with
from alongside.casework.rights.queries.in_the_way import InTheWay, in_the_way, must_wait
from alongside.casework.rights.queries.lines import Line, row_key
from alongside.casework.rights.queries.noting import note_answering
from alongside.casework.rights.queries.separated import times_joined, was_joined
from alongside.casework.rights.rules.retention import ERASURE, Kind, PlacedAfter, Standing
from alongside.casework.rights.rules.wishes import Wish
from alongside.casework.sharing.models import ShareDraft

PERSON = Person._meta.label
DRAFT = ShareDraft._meta.label
ABOUT = "disposal"


def words_about(rows: Rows) -> Iterator[Withheld | Look | Dispute]:
    """Return what has words of its own about these rows: withholdings, looks and disputes.

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
    """A line of the disposal list: what it is, why it may not be deleted, and which rows would be.

    Attributes:
        disposal: the line.
        in_the_way: what stands in the way of deleting it.
        person: whose it is.
        line: the one row it names, in words; None where everything about a person is deleted.
        rows: how many rows would be deleted, by label of their table.
        maybe_of_another: whether it was asked while their record was joined with somebody else's.
    """

    disposal: Disposal
    in_the_way: InTheWay
    person: Person | None
    line: Line | None
    rows: dict[str, int]
    maybe_of_another: bool


@dataclass(frozen=True)
class Listed:
    """A line of the disposal list, and whether anything stands in the way of deleting it."""

    disposal: Disposal
    held: bool


@dataclass(frozen=True)
class DisposalList:
    """What is past its time, and what was done about it. It names nobody.

    Attributes:
        lines: every line that waits for a decision or is marked for deletion, the longest due first.
        holds: every hold that has not been lifted, oldest first.
        done: the last hundred that were deleted, newest first: when, by whom and under which rule.
    """

    lines: list[Listed]
    holds: list[LegalHold]
    done: list[Disposal]


@query()
def disposal_list(*, actor: Actor, at: datetime) -> DisposalList:
    """Return the disposal list."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        lines = _not_gone()
        waiting = must_wait(lines, at)
        return DisposalList(
            [Listed(each, held=each.id in waiting) for each in lines], holds=_standing_holds(), done=_gone()
        )


@composed_once
def _not_gone() -> QuerySet[Disposal]:
    return Disposal.objects.exclude(standing=Standing.GONE).order_by("due_on", "id")


@composed_once
def _standing_holds() -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(lifted_at=None).order_by("placed_at", "id")


@composed_once
def _gone() -> QuerySet[Disposal]:
    return Disposal.objects.filter(standing=Standing.GONE).order_by("-gone_at")[:100]


@query()
def holds_after_harm(*, actor: Actor, since: datetime) -> list[LegalHold]:
    """Return the standing holds that harm has placed since then, oldest first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return _placed_by_harm(since=since)


@composed_once
def _placed_by_harm(*, since: datetime) -> QuerySet[LegalHold]:
    placed = LegalHold.objects.filter(placed_after=PlacedAfter.HARM, lifted_at=None, placed_at__gte=since)
    return placed.order_by("placed_at", "id")


@query()
def marked_lines(*, actor: Actor, at: datetime) -> list[Listed]:
    """Return every line that is marked for deletion, and whether it must wait all the same."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        lines = list(Disposal.objects.filter(standing=Standing.MARKED).order_by("listed_at", "id"))
        waiting = must_wait(lines, at)
    return [Listed(each, held=each.id in waiting) for each in lines]


@query(records=True, shows_people=False)
def disposal_page(*, actor: Actor, disposal_id: UUID, at: datetime) -> LinePage:
    """Return one line of the list with what it names, and record that the actor looked.

    Raises:
        NotFoundError: there is no such line, or it has been deleted.
    """
    with beyond_reach(actor):
        disposal = waiting_disposal(actor, disposal_id)
        records = records_held(disposal.record_id)
        one = disposal.kind != Kind.PERSON
        people = {each.id: each for each in _people(records=list(records))}
        rows = _rows_of(disposal, [*people])
        tables = None if one else {model._meta.label for model in rows}
        page = LinePage(
            disposal=disposal,
            in_the_way=in_the_way([disposal], at, tables)[disposal.id],
            person=people.get(disposal.record_id),
            line=line_held(records, table=disposal.table, row=disposal.row, at=at) if one else None,
            rows={model._meta.label: len(ids) for model, ids in rows.items()},
            maybe_of_another=not one and disposal.rule == ERASURE and _may_be_of_another(records),
        )
    _note_seen(actor, disposal)
    return page


@query(records=True, shows_people=False)
def whose_line(*, actor: Actor, disposal_id: UUID) -> tuple[UUID, Person | None]:
    """Return whose record a line of the list names, to place a hold, and record that the actor looked.

    Raises:
        NotFoundError: there is no such line, or it has been deleted.
    """
    with beyond_reach(actor):
        disposal = waiting_disposal(actor, disposal_id)
        person = _people(records=[disposal.record_id])
    _note_seen(actor, disposal)
    return disposal.record_id, person[0] if person else None


def _may_be_of_another(records: Collection[UUID]) -> bool:
    """Whether a wish to erase everything was noted while these were joined with somebody else's record."""
    times = times_joined(records)
    wishes = Dispute.objects.filter(person__in=records, says=Wish.ERASE) if times else ()
    return any(was_joined(each.noted_at, times) for each in wishes)


@composed_once
def _people(*, records: list[UUID]) -> QuerySet[Person]:
    return Person.objects.filter(among("id", records))


def _note_seen(actor: Actor, disposal: Disposal) -> None:
    note_answering(
        events.DISPOSAL_SEEN, actor=actor, person_id=disposal.record_id, about=(ABOUT, disposal.id)
    )


def rows_of(disposal: Disposal) -> Rows:
    """Return all rows that are deleted with a line of the list. Sees all rows."""
    there = Person.objects.filter(id__in=records_held(disposal.record_id))
    return _rows_of(disposal, list(there.values_list("id", flat=True)))


def _rows_of(disposal: Disposal, records: Collection[UUID]) -> Rows:
    if disposal.kind == Kind.PERSON:
        return rows_with(Person, records)
    model = apps.get_model(disposal.table)
    keys = model._default_manager.filter(pk=disposal.row).values_list("pk", flat=True)
    return rows_with(model, list(keys))


def records_held(record_id: UUID) -> frozenset[UUID]:
    """Return the ids of all records of the person this one belongs to."""
    return Person.objects.records_of(record_id) | {record_id}


def locked_records(person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return all records of people by id, locked until the transaction ends. Sees all rows.

    Commands that hold, ask for or delete what there is about a person take this lock before they look, so
    that none overlooks what another is about to write.
    """
    return Person.objects.locked(*(each for person_id in person_ids for each in records_held(person_id)))


def waiting_disposal(actor: Actor, disposal_id: UUID, *, lock: bool = False) -> Disposal:
    """Return a line that has not been deleted; call it inside ``beyond_reach``.

    Raises:
        NotFoundError: there is no such line, or it has been deleted.
    """
    require(permissions.may_handle(actor))
    if lock:  # before it is read: whoever held the lock may have let it go
        Disposal.objects.select_for_update(no_key=True).filter(id=disposal_id).first()
    if found := _waiting(disposal=disposal_id):
        return found[0]
    raise NotFoundError(_("There is no such line on the list, or it has been deleted."))


@composed_once
def _waiting(*, disposal: UUID) -> QuerySet[Disposal]:
    return Disposal.objects.exclude(standing=Standing.GONE).filter(id=disposal)
