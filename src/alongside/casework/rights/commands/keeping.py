"""Legal holds, the list of what is due for deletion, and deleting it once somebody has confirmed it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from graphlib import TopologicalSorter
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EventType
from alongside.casework.kernel.errors import AlreadyDoneError, CaseworkError, NotFoundError, StaleError
from alongside.casework.notices.commands import tell_those_who_may
from alongside.casework.operations import command
from alongside.casework.operations.running import beyond_reach
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import Disposal, LegalHold
from alongside.casework.rights.queries.facts import (
    facts_of_drafts,
    facts_of_everybody,
    joined_records,
    periods,
    root,
)
from alongside.casework.rights.queries.follows import Rows, let_go_of
from alongside.casework.rights.queries.in_the_way import (
    due_no_longer,
    due_no_longer_in_words,
    in_the_way,
    kept_longer,
    must_wait,
)
from alongside.casework.rights.queries.keeping import (
    ABOUT,
    DRAFT,
    PERSON,
    locked_records,
    records_held,
    rows_of,
    waiting_disposal,
    words_about,
)
from alongside.casework.rights.queries.left_out import keep_left_out
from alongside.casework.rights.queries.noting import note_answering
from alongside.casework.rights.rules.retention import (
    ERASURE,
    Due,
    Facts,
    HoldReason,
    Kind,
    PlacedAfter,
    Standing,
    due_for_disposal,
    keeps,
)


class NothingDueError(CaseworkError):
    """Nothing was due for deletion."""


class NoReasonError(CaseworkError):
    """A reason or a day is missing that somebody will need later."""


class LeftOverError(CaseworkError):
    """A row that should have been deleted is still there."""


class HeldError(CaseworkError):
    """It may not be deleted, because something holds it or it is not due; the sentence says why."""


@command
def place_hold(*, actor: Actor, at: datetime, person_id: UUID, reason: str, words: str) -> LegalHold:
    """Hold everything about a person: none of it is deleted or erased until the hold is lifted.

    Args:
        actor: who places it.
        at: when.
        person_id: the person.
        reason: one of ``HoldReason``.
        words: what it is for, such as the claim reference.

    Raises:
        NotFoundError: there is no such person.
        NoReasonError: no words.
    """
    require(permissions.may_handle(actor))
    if not words.strip():
        raise NoReasonError(_("Enter what it is for, such as the claim reference."))
    with beyond_reach(actor):
        if person_id not in locked_records([person_id]):
            raise NotFoundError(_("There is no such person."))
        hold = LegalHold.place(person_id=person_id, reason=reason, words=words.strip(), by=actor.name, at=at)
    note_answering(
        events.HOLD_PLACED,
        actor=actor,
        person_id=person_id,
        about=("hold", hold.id),
        reason=reason,
    )
    return hold


def hold_after_harm(actor: Actor, at: datetime, person_id: UUID) -> None:
    """Hold everything about a person who died or was seriously harmed, for a review that may follow.

    Part of the command that notes the harm, which has checked who notes it. It does not wait for somebody who
    handles rights: anything deleted before they look would be lost. They are told, find it on their day, and
    can lift it; where the organisation has nobody else who handles rights, those of the partnership are. If
    there is already such a hold, nothing is added.
    """
    with beyond_reach(actor):
        records = locked_records([person_id])
        held = LegalHold.objects.filter(person__in=records, reason=HoldReason.REVIEW, lifted_at=None)
        if held.exists():
            return
        hold = LegalHold.place_after(
            PlacedAfter.HARM, person_id=person_id, reason=HoldReason.REVIEW, by=actor.name, at=at
        )
    note_answering(
        events.HOLD_PLACED, actor=actor, person_id=person_id, about=("hold", hold.id), reason=hold.reason
    )
    handle = Membership.objects.on(timezone.localdate(at)).who_may(Permission.RIGHTS_HANDLE)
    another = handle.filter(organisation_id=actor.member_of).exclude(user_id=actor.account)
    # most agencies have nobody for this; then it is for those of the partnership who can lift it
    where = actor.member_of if another.exists() else None
    tell_those_who_may(Permission.RIGHTS_HANDLE, organisation_id=where, actor=actor, at=at)


@command
def lift_hold(*, actor: Actor, at: datetime, hold_id: UUID, why: str) -> None:
    """Lift a hold.

    Raises:
        NotFoundError: there is none.
        AlreadyDoneError: it was lifted.
        NoReasonError: no reason.
    """
    require(permissions.may_handle(actor))
    if not why.strip():
        raise NoReasonError(_("Enter why the hold is no longer needed."))
    with beyond_reach(actor):
        hold = LegalHold.objects.select_for_update(no_key=True).filter(id=hold_id).first()
        if hold is None:
            raise NotFoundError(_("There is no such hold."))
        if hold.lifted_at is not None:
            raise AlreadyDoneError(_("This hold has already been lifted."))
        hold.lift(why=why.strip(), by=actor.name, at=at)
    note_answering(
        events.HOLD_LIFTED,
        actor=actor,
        person_id=hold.person_id,
        about=("hold", hold.id),
        reason=hold.reason,
    )


@command
def list_what_is_due(*, actor: Actor, at: datetime) -> int:
    """List what has been kept as long as it may be. Run by the system only; nothing is deleted.

    What was kept until a day that has now passed goes back on the list for somebody to look at, and what is
    no longer past its time is taken off it. What is kept, by any record of its person, is not listed. Running
    it again changes nothing more.

    Returns:
        How many records were put on the list, or put back on it.

    Raises:
        NothingDueError: nothing was put on the list, and nothing was taken off it.
    """
    require(permissions.may_handle(actor))
    day, rules = timezone.localdate(at), periods()
    count = 0
    for again in Disposal.objects.filter(standing=Standing.KEPT, kept_until__lt=day):
        again.list_again()
        count += 1
    open_lines = Disposal.objects.filter(standing__in=[Standing.LISTED, Standing.MARKED])
    dropped = due_no_longer(list(open_lines), day)
    open_lines.filter(id__in=dropped).delete()
    listed = set(Disposal.objects.exclude(standing=Standing.GONE).values_list("table", "row"))
    joined = joined_records()
    kept: dict[UUID, set[Kind]] = defaultdict(set)
    for record_id, lines in kept_longer(day).items():
        kept[root(joined, record_id)] |= {Kind(each.kind) for each in lines}

    def put(kind: Kind, table: str, row: UUID, record_id: UUID, facts: Facts) -> int:
        due: Due | None = due_for_disposal(facts, rules, day)
        if due is None or (table, str(row)) in listed:
            return 0
        if any(keeps(each, kind) for each in kept.get(root(joined, record_id), ())):
            return 0
        Disposal.put_on_list(
            kind=kind, record_id=record_id, table=table, row=str(row), rule=due.code, due_on=due.on, at=at
        )
        return 1

    for record_id, facts in facts_of_everybody().items():
        count += put(Kind.PERSON, PERSON, record_id, record_id, facts)
    for draft_id, (person_id, facts) in facts_of_drafts().items():
        count += put(Kind.SHARE_DRAFT, DRAFT, draft_id, person_id, facts)
    if not count and not dropped:
        raise NothingDueError(_("No more records are past their time."))
    if count:
        record(events.DISPOSAL_LISTED, actor=actor, count=count)
    if dropped:
        record(events.DISPOSAL_DROPPED, actor=actor, count=len(dropped))
    return count


@command
def keep_longer(*, actor: Actor, at: datetime, disposal_id: UUID, until: date, why: str) -> None:
    """Keep what is due until a day, for a reason.

    Raises:
        NotFoundError: there is no such line.
        NoReasonError: no reason, or a day that is not in the future.
    """
    require(permissions.may_handle(actor))
    if not why.strip() or until <= timezone.localdate(at):
        raise NoReasonError(_("Enter why it is kept, and a future day to keep it until."))
    with beyond_reach(actor):
        line = waiting_disposal(actor, disposal_id, lock=True)
        line.keep(until=until, why=why.strip(), by=actor.name, at=at)
    _note(events.DISPOSAL_KEPT, actor, line)


@command
def mark_to_go(*, actor: Actor, at: datetime, disposal_id: UUID) -> None:
    """Mark a line of the list for deletion. Nothing is deleted until that is confirmed.

    Raises:
        NotFoundError: there is no such line.
        AlreadyDoneError: it is already marked.
        HeldError: something holds it, or it is no longer past its time.
    """
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        line = waiting_disposal(actor, disposal_id, lock=True)
        if line.standing == Standing.MARKED:
            raise AlreadyDoneError(_("This is already marked for deletion."))
        _must_not_be_held(line, at)
        line.mark(why="", by=actor.name, at=at)
    _note(events.DISPOSAL_MARKED, actor, line)


@command
def let_go(*, actor: Actor, at: datetime, disposals: Collection[UUID]) -> int:
    """Delete what is marked: its rows are removed from every table and cannot be recovered.

    What is marked but must wait, because something holds it, stays marked and does not stop the rest.

    Notes that a row was withheld, looked at or disputed lose every word about it, and other lines of the list
    that name a row deleted with it are settled.

    For somebody who objected to being found, what a release needs to pass over them is kept, unreadable.

    What remains is a note of the deletion: when, by whom and under which rule. Audit events stay, as they are
    chained; they name nobody, and their details are shown shredded once nobody can see the person.

    Args:
        actor: who confirms.
        at: when.
        disposals: the ids of those that are marked and need not wait, as shown to whoever confirms.

    Returns:
        How many rows were deleted.

    Raises:
        NothingDueError: nothing is marked, or everything marked must wait.
        StaleError: what is marked, or what need not wait, is not what was shown.
        HeldError: something holds one of them, or one is no longer past its time; then none is deleted.
    """
    require(permissions.may_handle(actor))
    total, lines = 0, []
    with beyond_reach(actor):
        marked = list(
            Disposal.objects.select_for_update(no_key=True)
            .filter(standing=Standing.MARKED)
            .order_by("listed_at", "id")
        )
        if not marked:
            raise NothingDueError(_("Nothing is marked for deletion."))
        locked_records({each.record_id for each in marked})
        known, shown = {each.id for each in marked}, set(disposals)
        if not shown <= known or known - must_wait(marked, at) - shown:
            raise StaleError(_("What is marked has changed since you saw it. Look again before you confirm."))
        going = [each for each in marked if each.id in shown]
        if not going:
            raise NothingDueError(_("Everything that is marked for deletion must wait."))
        for line in going:
            _must_not_be_held(line, at)
        for line in going:
            line.refresh_from_db()
            if line.standing == Standing.GONE:  # it was deleted with an earlier one
                continue
            rows, records = rows_of(line), records_held(line.record_id)
            if line.kind == Kind.PERSON:
                keep_left_out(records)
            count = _delete(rows)
            line.gone(rows=count, by=actor.name, at=at)
            _settle(rows, records if line.kind == Kind.PERSON else (), by=actor.name, at=at)
            total += count
            lines.append((line, count))
    for line, count in lines:
        _note(events.DISPOSED, actor, line, rule=line.rule, rows=count)
    return total


def mark_by_request(
    *, kind: Kind, record_id: UUID, table: str, row: str, why: str, by: str, at: datetime
) -> None:
    """Put what is to be erased on the list, marked for deletion; the next step is for somebody to confirm it.

    Part of a command that has checked who asks and sees all rows.
    """
    listed = Disposal.objects.filter(table=table, row=row).exclude(standing=Standing.GONE)
    line = listed.first() or Disposal.put_on_list(
        kind=kind,
        record_id=record_id,
        table=table,
        row=row,
        rule=ERASURE,
        due_on=timezone.localdate(at),
        at=at,
    )
    line.mark(why=why[:2_000], by=by, at=at, rule=ERASURE)


def _must_not_be_held(line: Disposal, at: datetime) -> None:
    found = in_the_way([line], at)[line.id]
    if found.early:
        raise HeldError(due_no_longer_in_words())
    if held := [*(str(each.get_reason_display()) for each in found.holds), *found.waits]:
        raise HeldError(
            _("It cannot be deleted, because of this: %(why)s. Deal with that first, or keep it.")
            % {"why": "; ".join(held)}
        )


def _delete(rows: Rows) -> int:
    """Delete rows by their keys, those that point to others first: some are seen only through their target.

    Raises:
        LeftOverError: a row is still there; then none is deleted.
    """
    count = 0
    with connection.cursor() as cursor:
        cursor.execute("select set_config('alongside.disposal', 'on', true)")
        let_go_of(rows)
        for model in _pointing_first(rows):
            # without Django's own cascade, which stops at protected foreign keys
            gone = model._default_manager.filter(pk__in=list(rows[model]))._raw_delete(DEFAULT_DB_ALIAS)
            if gone != len(rows[model]):
                raise LeftOverError(_("Part of it could not be deleted, so nothing was. Tell support."))
            count += gone
        for words in words_about(rows):
            words.lose_words()
        cursor.execute("set constraints all immediate")  # while all rows are visible
        cursor.execute("set constraints all deferred")
        cursor.execute("select set_config('alongside.disposal', 'off', true)")
    return count


def _settle(rows: Rows, records: Collection[UUID], *, by: str, at: datetime) -> None:
    """Settle other lines of the list whose rows were deleted as well: there is nothing left to decide."""
    for line in Disposal.objects.exclude(standing=Standing.GONE):
        keys = rows.get(apps.get_model(line.table), set())
        if line.record_id in records or line.row in {str(each) for each in keys}:
            line.gone(rows=0, by=by, at=at)


def _pointing_first(rows: Rows) -> list[type[Model]]:
    pointing: dict[type[Model], set[type[Model]]] = {model: set() for model in rows}
    for model in rows:
        for each in model._meta.concrete_fields:
            to = each.related_model
            if isinstance(each, ForeignKey) and to in pointing and to is not model:
                pointing[to].add(model)
    return list(TopologicalSorter(pointing).static_order())


def _note(kind: EventType, actor: Actor, line: Disposal, **details: object) -> None:
    note_answering(
        kind,
        actor=actor,
        person_id=line.record_id,
        about=(ABOUT, line.id),
        **details,
    )
