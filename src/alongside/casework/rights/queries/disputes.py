"""Disputes: what about a person may be disputed, which are open, and each with the row it is about."""

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.disputed import Marks
from alongside.casework.people.queries.recipients import Recipient
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import Disposal, Dispute, LegalHold
from alongside.casework.rights.queries.in_the_way import kept_against
from alongside.casework.rights.queries.lines import Line, lines_of
from alongside.casework.rights.queries.noting import note_answering
from alongside.casework.rights.queries.recipients import told_otherwise
from alongside.casework.rights.queries.separated import times_joined, was_joined
from alongside.casework.rights.queries.wishes import Speaks, open_holds, speaks_for_a_ground
from alongside.casework.rights.rules.disputes import DISPUTABLE, Outcome
from alongside.casework.rights.rules.wishes import OBJECTIONS, Wish
from alongside.casework.sharing.models import Disclosure
from alongside.casework.sharing.queries.decisions import disclosures_about

ABOUT = "dispute"
SHARED = "sharing.SharedItem"
PERSON = Person._meta.label


@dataclass(frozen=True)
class DisputesPage:
    """A person, what is held that may be disputed, by table, and what has been disputed so far."""

    person: Person
    lines: Mapping[str, list[Line]]
    disputes: list[Dispute]


@dataclass(frozen=True)
class DisputePage:
    """One dispute: whose it is, the row as it is now, and who was told anything about the person."""

    dispute: Dispute
    person: Person
    speaks: Speaks
    line: Line | None
    told: list[Disclosure]
    must_be_told: frozenset[UUID]
    """Ids of those in ``told`` that shared exactly this item."""
    holds: list[LegalHold]
    """The holds on everything about the person."""
    kept: list[Disposal]
    """What somebody decided to keep until a day that has not passed, and erasing this would undo."""
    told_otherwise: list[Recipient]
    """If all is to be erased: who else was told something, or could see the record, and gets no message."""
    maybe_of_another: bool
    """Whether it was asked while their record was joined with somebody else's."""


def marks(person_id: UUID) -> Marks:
    """Return what is shown beside rows that are disputed, or that have the person's own words beside them."""
    found: Marks = {}
    disputes, times = _disputes(False, person=person_id), []
    if any(_is_erased(each) for each in disputes):
        times = times_joined(Person.objects.records_of(person_id))
    for each in disputes:
        if each.wish:
            if _is_erased(each) and was_joined(each.noted_at, times):
                found[each.table, f"{each.row} {each.says}"] = _whose_wish_was_it(each)
            elif words := _wish_in_words(each):
                found[each.table, f"{each.row} {each.says}"] = words
        elif not each.outcome:
            found[each.table, each.row] = _(
                "Disputed since %(day)s: %(says)s. This is being looked into. Do not act on this alone."
            ) % {"day": day_in_words(each.received_on), "says": each.get_says_display()}
        elif each.statement:
            found[each.table, each.row] = _("The person says of this: %(words)s") % {"words": each.statement}
    return found


@composed_once
def _disputes(newest_first: bool, /, *, person: UUID) -> QuerySet[Dispute]:
    # by the record itself too: whoever was told of it may not see the person
    found = Dispute.objects.filter(Q(person=person) | Q(among("person", Person.objects.all_of_whom(person))))
    return found.order_by("-noted_at" if newest_first else "noted_at")


def _is_erased(dispute: Dispute) -> bool:
    return dispute.wish is Wish.ERASE and dispute.outcome == Outcome.ERASED


def _whose_wish_was_it(dispute: Dispute) -> str:
    """Say, to those who work with the person, that it may be another who is to be erased."""
    return _(
        "On %(day)s, while this record was joined with another, it was asked that everything be erased. The "
        "two were separated since. Whose wish it was is being looked into: work as usual until you are told."
    ) % {"day": day_in_words(dispute.received_on)}


def _wish_in_words(dispute: Dispute) -> str:
    """Say, to those who work with the person, what they asked for; empty where nothing follows from it."""
    if dispute.taken_back_on:
        return ""
    match dispute.wish, dispute.outcome:
        case Wish.NOT_FOUND, "":
            words = _(
                "On %(day)s they said they do not want to be found by lists. This has not been answered yet. "
                "Until it is, do not act on a list."
            )
        case Wish.NOT_FOUND, Outcome.UPHELD:
            words = _("Lists leave them out, because they asked for this on %(day)s.")
        case Wish.NOT_USED, "":
            words = _(
                "On %(day)s they objected to how what is held about them is used. This has not been answered "
                "yet. Until it is, use no more of it than you must."
            )
        case Wish.NOT_USED, Outcome.UPHELD:
            words = _("On %(day)s they objected to how what is held about them is used. This was upheld.")
        case Wish.ERASE, "":
            words = _(
                "On %(day)s they asked for everything held about them to be erased. This has not been "
                "answered yet."
            )
        case Wish.ERASE, Outcome.ERASED:
            words = _("Everything held here is about to be erased, as they asked. Do not add to it.")
        case _other:
            return ""
    return words % {"day": day_in_words(dispute.received_on)}


@query(records=True)
def disputes_page(*, actor: Actor, person_id: UUID, at: datetime) -> DisputesPage:
    """Return what the actor can see that may be or has been disputed, and record that they looked.

    A dispute about something another organisation keeps to itself is not shown either.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_take_for_known(actor))
    person = get_person(actor=actor, person_id=person_id)
    records = Person.objects.records_of(person.id)
    lines = lines_of(records, until=at, only=DISPUTABLE)
    seen = {(each.table, each.row) for several in lines.values() for each in several}
    disputes = [
        each
        for each in _disputes(True, person=person.id)
        if each.wish or (each.table, each.row) in seen or each.noted_organisation_id == actor.member_of
    ]
    record(events.DISPUTABLE_READ, actor=actor, person_id=person.id)
    return DisputesPage(person, lines, disputes)


@query(records=True)
def line_to_dispute(*, actor: Actor, person_id: UUID, table: str, row: str, at: datetime) -> Line:
    """Return the row that is to be disputed, as the actor sees it, and record that they looked.

    Raises:
        NotFoundError: there is no such person or row, or the actor may not see them.
    """
    require(permissions.may_take_for_known(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = line_of_row(Person.objects.records_of(person.id), table=table, row=row, at=at)
    if found is None:
        raise NotFoundError(_("There is nothing here that can be disputed."))
    record(events.DISPUTABLE_READ, actor=actor, person_id=person.id)
    return found


def line_of_row(records: frozenset[UUID], *, table: str, row: str, at: datetime) -> Line | None:
    """Return one row of a person that may be disputed, in words; None where none is visible."""
    return line_held(records, table=table, row=row, at=at) if table in DISPUTABLE else None


def line_held(records: frozenset[UUID], *, table: str, row: str, at: datetime) -> Line | None:
    """Return one row of a person in words, from any table that is told; None where none is visible."""
    lines = lines_of(records, until=at, only=(table,)).get(table, [])
    return next((each for each in lines if each.row == row), None)


@query()
def disputes_open(*, actor: Actor) -> list[Dispute]:
    """Return every dispute that is waiting for an answer, oldest first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return _waiting()


@composed_once
def _waiting() -> QuerySet[Dispute]:
    return Dispute.objects.filter(outcome="").order_by("received_on", "noted_at")


@query()
def disputes_ended(*, actor: Actor) -> list[Dispute]:
    """Return the last hundred disputes that were answered, newest first. They name nobody."""
    require(permissions.may_handle(actor))
    with beyond_reach(actor):
        return _answered()


@composed_once
def _answered() -> QuerySet[Dispute]:
    return Dispute.objects.exclude(outcome="").order_by("-decided_at")[:100]


@query(records=True, shows_people=False)
def dispute_page(*, actor: Actor, dispute_id: UUID, at: datetime) -> DisputePage:
    """Return one dispute for whoever answers it, and record that they looked.

    Raises:
        NotFoundError: there is no such dispute.
    """
    with beyond_reach(actor):
        dispute = handled_dispute(actor, dispute_id)
        records = Person.objects.records_of(dispute.person_id) | {dispute.person_id}
        line = line_of_row(records, table=dispute.table, row=dispute.row, at=at)
        told = everybody_told(actor, dispute.person_id)
        must = told_of(dispute, told)
        holds = open_holds(records)
        speaks = speaks_for_a_ground(records, holds)
        kept = kept_against(dispute, records, timezone.localdate(at)) if not dispute.outcome else []
        erasing = dispute.wish is Wish.ERASE and dispute.outcome in ("", Outcome.ERASED)
        others = told_otherwise(records, told, own=actor.organisation_name) if erasing else []
        of_another = dispute.wish is not None and was_joined(dispute.noted_at, times_joined(records))
    note_answering(
        events.DISPUTE_SEEN,
        actor=actor,
        person_id=dispute.person_id,
        about=(ABOUT, dispute.id),
    )
    return DisputePage(dispute, dispute.person, speaks, line, told, must, holds, kept, others, of_another)


def everybody_told(actor: Actor, person_id: UUID) -> list[Disclosure]:
    """Return what any organisation was told about a person; call it inside ``beyond_reach``."""
    return disclosures_about(actor=system_actor(actor.name), person_id=person_id)


def told_of(dispute: Dispute, told: Collection[Disclosure]) -> frozenset[UUID]:
    """Return the ids of the disclosures that shared exactly what is disputed."""
    if dispute.table != SHARED:
        return frozenset()
    item = apps.get_model(SHARED)._default_manager.filter(pk=dispute.row).first()
    decision = getattr(item, "decision_id", None)
    return frozenset(each.id for each in told if each.decision_id == decision)


@query()
def objection_to_take_back(*, actor: Actor, dispute_id: UUID) -> Dispute:
    """Return an objection that was upheld, for the form that withdraws it. It names nobody.

    Raises:
        NotFoundError: there is no such objection, or the actor may not see its person.
    """
    require(permissions.may_note_wish(actor))
    with beyond_reach(actor) if permissions.may_handle(actor).allowed else nullcontext():
        return upheld_objection(actor=actor, dispute_id=dispute_id)


def upheld_objection(*, actor: Actor, dispute_id: UUID, lock: bool = False) -> Dispute:
    """Return an objection that was upheld; members who answer them call it inside ``beyond_reach``.

    Raises:
        NotFoundError: there is no such objection, or the actor may not see its person.
    """
    require(permissions.may_note_wish(actor))
    upheld = Dispute.objects.filter(id=dispute_id, says__in=[*OBJECTIONS], outcome=Outcome.UPHELD)
    dispute = upheld.first()
    if dispute is None:
        raise NotFoundError(_("There is no such objection."))
    if not permissions.may_handle(actor).allowed:
        get_person(actor=actor, person_id=dispute.person_id)
    if lock:
        Person.objects.locked(*(Person.objects.records_of(dispute.person_id) | {dispute.person_id}))
        dispute = upheld.select_for_update(no_key=True).get()
    return dispute


def handled_dispute(actor: Actor, dispute_id: UUID, *, lock: bool = False) -> Dispute:
    """Return a dispute for whoever answers it; call it inside ``beyond_reach``.

    Before a change it is locked, after all records of its person: commands that hold, ask for or delete what
    there is about a person lock those first as well.

    Raises:
        NotFoundError: there is no such dispute.
    """
    require(permissions.may_handle(actor))
    found = _dispute(dispute=dispute_id)
    dispute = found[0] if found else None
    if dispute is not None and lock:
        Person.objects.locked(*(Person.objects.records_of(dispute.person_id) | {dispute.person_id}))
        dispute = Dispute.objects.select_for_update(no_key=True).filter(id=dispute_id).first()
    if dispute is None:
        raise NotFoundError(_("There is no such dispute."))
    return dispute


@composed_once
def _dispute(*, dispute: UUID) -> QuerySet[Dispute]:
    return Dispute.objects.filter(id=dispute).select_related("noted_organisation", "person")
