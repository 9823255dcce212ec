"""What stands in the way of deleting what is due: one rule for the list, each line, and whoever confirms."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.people.models import Person
from alongside.casework.rights.models import AccessRequest, Disposal, Dispute, LegalHold
from alongside.casework.rights.queries.facts import (
    facts_of_people,
    facts_of_these_drafts,
    open_now_of,
    periods,
)
from alongside.casework.rights.queries.follows import hanging_on
from alongside.casework.rights.queries.ways import told_of
from alongside.casework.rights.queries.wishes import open_holds
from alongside.casework.rights.rules.disputes import hangs_on_it
from alongside.casework.rights.rules.retention import (
    ERASURE,
    Facts,
    Kind,
    Standing,
    due_for_disposal,
    keeps,
)
from alongside.casework.rights.rules.wishes import RECIPIENTS_MAY_TAKE
from alongside.casework.sharing.models import RecipientTold


@dataclass(frozen=True)
class InTheWay:
    """What stands in the way of deleting what a line of the disposal list names.

    Attributes:
        early: whether its record is no longer past its time.
        holds: the holds on everything about the person, oldest first.
        waits: what must happen first, apart from lifting a hold, in words.
    """

    early: bool
    holds: list[LegalHold]
    waits: list[str]

    @property
    def anything(self) -> bool:
        """Whether it may not be deleted now."""
        return self.early or bool(self.holds or self.waits)


def in_the_way(
    lines: Collection[Disposal], at: datetime, tables: Collection[str] | None = None
) -> dict[UUID, InTheWay]:
    """Return, by id of each line, what stands in the way of deleting it. Sees all rows.

    Args:
        lines: lines of the list; the number of queries does not grow with them.
        at: when.
        tables: labels of the tables that hold anything about the people they name, where known.
    """
    records = _records_of(lines)
    early = _early(lines, records, timezone.localdate(at), tables)
    theirs = {record_id for each in lines for record_id in records[each.id]}
    held, open_now = _held(theirs), open_now_of(theirs)
    kept = kept_longer(timezone.localdate(at), theirs)
    unconfirmed = _unconfirmed([each for each in lines if each.kind == Kind.PERSON], records, at)
    return {
        line.id: InTheWay(
            early=line.id in early,
            holds=sorted(
                (hold for each in records[line.id] for hold in held.get(each, ())),
                key=lambda hold: (hold.placed_at, hold.id),
            ),
            waits=[
                *_still_open({label for each in records[line.id] for label in open_now.get(each, ())}),
                *unconfirmed.get(line.id, ()),
                *_hanging(line),
                *_kept_with(line, [each for key in records[line.id] for each in kept.get(key, ())]),
            ],
        )
        for line in lines
    }


def hanging_in_words(table: str, row: str) -> list[str]:
    """Return what else was written and would be deleted with one row, by the titles of its tables."""
    return [str(told_of(apps.get_model(label)).title) for label in hanging_on(table, row)]


def _hanging(line: Disposal) -> list[str]:
    if line.kind != Kind.ROW or not (found := hanging_in_words(line.table, line.row)):
        return []
    return [hangs_on_it(found).rstrip(".")]


def must_wait(lines: Collection[Disposal], at: datetime) -> set[UUID]:
    """Return the ids of those lines that may not be deleted now. Sees all rows."""
    return {key for key, found in in_the_way(lines, at).items() if found.anything}


def due_no_longer(lines: Collection[Disposal], day: date) -> set[UUID]:
    """Return the ids of those lines whose record is no longer past its time on a day, whatever holds it.

    Somebody has worked with it again, or it was joined with one that is in use. What somebody asked to have
    erased is always due. Sees all rows.
    """
    return _early(lines, _records_of(lines), day, None)


def due_no_longer_in_words() -> str:
    """Say that a record is no longer past its time."""
    return _("It is no longer past its time: somebody has worked with it since it was listed.")


def kept_longer(day: date, records: Collection[UUID] | None = None) -> dict[UUID, list[Disposal]]:
    """Return, by record, the lines that somebody decided to keep until a day that has not passed.

    Sees all rows.

    Args:
        day: the day.
        records: the records to look for; all where left out.
    """
    found: dict[UUID, list[Disposal]] = defaultdict(list)
    for line in _kept(day=day) if records is None else _kept_of(day=day, records=list(records)):
        found[line.record_id].append(line)
    return found


@composed_once
def _kept(*, day: date) -> QuerySet[Disposal]:
    return Disposal.objects.filter(standing=Standing.KEPT, kept_until__gte=day).order_by("kept_until", "id")


@composed_once
def _kept_of(*, day: date, records: list[UUID]) -> QuerySet[Disposal]:
    kept = Disposal.objects.filter(among("record_id", records), standing=Standing.KEPT, kept_until__gte=day)
    return kept.order_by("kept_until", "id")


def kept_against(dispute: Dispute, records: Collection[UUID], day: date) -> list[Disposal]:
    """Return what somebody decided to keep until a day that has not passed, and erasing this would undo.

    What it names itself is among it: whoever answers the person would undo what a colleague decided, without
    having read why. Sees all rows.

    Args:
        dispute: what is to be answered.
        records: the ids of all records of its person.
        day: the day.
    """
    kind = Kind.PERSON if dispute.wish else Kind.ROW
    return [
        line
        for lines in kept_longer(day, records).values()
        for line in lines
        if keeps(Kind(line.kind), kind) or (line.table, line.row) == (dispute.table, dispute.row)
    ]


def kept_in_words(line: Disposal) -> str:
    """Say until when and why something is kept."""
    day = day_in_words(line.kept_until) if line.kept_until else ""
    return _("Kept until %(day)s: %(why)s") % {"day": day, "why": line.why}


def _kept_with(line: Disposal, kept: Collection[Disposal]) -> list[str]:
    """Say until when and why others of a person's lines are kept that this one would go against.

    Its own does not count: whoever decided to keep something may change their mind.
    """
    return [
        kept_in_words(each)
        for each in kept
        if each.id != line.id and each.kept_until and keeps(Kind(each.kind), Kind(line.kind))
    ]


def _records_of(lines: Collection[Disposal]) -> dict[UUID, frozenset[UUID]]:
    """Return, by id of each line, all records of its person."""
    found = Person.objects.records_of_each({each.record_id for each in lines})
    return {each.id: found[each.record_id] | {each.record_id} for each in lines}


def _held(records: Collection[UUID]) -> dict[UUID, list[LegalHold]]:
    """Return, by record, the holds on it."""
    found: dict[UUID, list[LegalHold]] = defaultdict(list)
    for hold in open_holds(records):
        found[hold.person_id].append(hold)
    return found


def _early(
    lines: Collection[Disposal],
    records: Mapping[UUID, Collection[UUID]],
    day: date,
    tables: Collection[str] | None,
) -> set[UUID]:
    by_time = [each for each in lines if each.rule != ERASURE]
    whole = [each for each in by_time if each.kind == Kind.PERSON]
    theirs = {record_id for each in whole for record_id in records[each.id]}
    people = facts_of_people(theirs, tables) if whole else {}
    facts: dict[UUID, Facts | None] = {each.id: people.get(each.record_id) for each in whole}
    if rest := [each for each in by_time if each.kind != Kind.PERSON]:
        drafts = facts_of_these_drafts([UUID(each.row) for each in rest])
        facts |= {each.id: drafts.get(UUID(each.row)) for each in rest}
    rules = periods()
    return {
        key
        for key, known in facts.items()
        if known is None or due_for_disposal(replace(known, held=False), rules, day) is None
    }


def _still_open(models: Collection[str]) -> list[str]:
    found = []
    if AccessRequest._meta.label in models:
        found.append(_("They have asked what is held about them, and are waiting for the answer"))
    if Dispute._meta.label in models:
        found.append(_("Something is disputed, and is waiting for an answer"))
    return found


def _unconfirmed(
    lines: Collection[Disposal], records: Mapping[UUID, Collection[UUID]], at: datetime
) -> dict[UUID, list[str]]:
    """Return, by id of each line, who was told what has changed and has not confirmed it, in words."""
    if not lines:
        return {}
    theirs = [record_id for each in lines for record_id in records[each.id]]
    told: dict[UUID, list[RecipientTold]] = defaultdict(list)
    for notice in _not_confirmed(records=theirs, since=at - RECIPIENTS_MAY_TAKE):
        told[notice.disclosure.decision.person_id].append(notice)
    return {
        line.id: [
            _("%(organisation)s was told on %(day)s what has changed, and has not confirmed it")
            % {"organisation": each.organisation.name, "day": day_in_words(each.at)}
            for each in sorted(
                (each for record_id in records[line.id] for each in told.get(record_id, ())),
                key=lambda each: (each.at, each.id),
            )
        ]
        for line in lines
    }


@composed_once
def _not_confirmed(*, records: list[UUID], since: datetime) -> QuerySet[RecipientTold]:
    told = RecipientTold.objects.filter(
        among("disclosure__decision__person", records), confirmed_at=None, at__gt=since
    )
    return told.select_related("organisation", "disclosure__decision").order_by("at", "id")
