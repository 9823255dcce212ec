"""Two joined records that may be two people: what was written meanwhile, and which of the two it is about."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.design.dates import day_in_words
from alongside.casework.kernel.asked import Asked
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.kernel.rows import as_models, in_one
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
from alongside.casework.people.models.parting import WRITTEN, Going, Row
from alongside.casework.people.queries import get_person, record_viewed
from alongside.casework.people.queries.whole import whole, whole_if_open
from alongside.casework.people.rules import ReachWhy

GIVES: Asked[Callable[[Going], QuerySet[Any, UUID]]] = Asked()
"""What apps above know gave reach and is about the absorbed record, or goes to it: the ids of those rows."""
STAYS: Asked[Callable[[Going, Collection[UUID]], list[QuerySet[Any, tuple[str, UUID]]]]] = Asked()
"""What apps above leave with the kept record of what was added by organisations that will no longer see it:
given the ids of these, ``left_by`` of each table that has any of theirs. All are asked in one query."""


@dataclass(frozen=True)
class Stays:
    """A case or an offer, which stays on its record when two are separated.

    Attributes:
        what: which one it is, as a sentence begins.
        record: the record it is on.
        if_other: what to do if it is about the other person.
    """

    what: str
    record: UUID
    if_other: str


@dataclass(frozen=True)
class Named:
    """A table of apps above whose rows stay, each of which somebody must check.

    Attributes:
        rows: those that the reader may see.
        at: the column that says when a row was written.
        words: what one is, as a sentence begins: by which ``organisation``, on which ``day``, and ``what``.
        if_other: what to do if one is about the other person.
        what: the column that says what it is about, if any does.
        whose: the column that names the organisation, or whoever else wrote it.
    """

    rows: QuerySet[Any]
    at: str
    words: str
    if_other: str
    what: str = ""
    whose: str = "organisation__name"


NAMED: Asked[Callable[[Going], list[Named]]] = Asked()
"""The tables of apps above whose rows stay and are named one by one. All are asked in one query."""


def left_by(
    rows: QuerySet[Any, Any], what: str, *, organisation: Any = "organisation_id"
) -> QuerySet[Any, Any]:
    """Return rows as words for what they are, such as "cases", and whose each is."""
    whose = F(organisation) if isinstance(organisation, str) else organisation
    told: QuerySet[Any, Any] = rows.order_by().annotate(left_what=Value(what, TextField()), left_by=whose)
    return told.values_list("left_what", "left_by")


@dataclass(frozen=True)
class Added:
    """One thing written while two records were joined; ``goes`` suggests that the absorbed one is meant.

    ``organisation`` is empty where it is not known for whom it was written.
    """

    row: Row
    at: datetime
    by: str
    organisation: str
    goes: bool


@dataclass(frozen=True)
class Parting:
    """A merge that may be undone, what was written since, and who would see which record no longer.

    ``stays`` says what organisations added that stays with the kept record and that they will no longer see;
    ``named``, each case and offer the reader can see.
    """

    merge: PersonMerge
    added: list[Added]
    no_longer_see_kept: tuple[str, ...]
    no_longer_see_absorbed: tuple[str, ...]
    stays: dict[str, list[str]]
    named: list[Stays]
    absorbed_records: frozenset[UUID]


@query(records=True)
def parting_page(*, actor: Actor, person_id: UUID, merge_id: UUID) -> Parting:
    """Return what there is to decide before two records are separated, and record that the actor looked.

    Who would no longer see a record is what follows if everything goes where it is suggested to.

    Raises:
        NotAllowedError: the actor may not separate records.
        NotFoundError: there is no such merge, it has been undone, or the actor may not see the person.
    """
    require(permissions.may_merge(actor))
    known = whole_if_open(actor, person_id) or whole(get_person(actor=actor, person_id=person_id))
    everywhere = [each.id for each in known.records]
    merge = (
        PersonMerge.objects.select_related("kept", "absorbed")
        .filter(id=merge_id, kept__in=everywhere, undone_at=None)
        .first()
    )
    if merge is None:
        raise NotFoundError(_("There is no such merge, or it has already been undone."))
    record_viewed(actor=actor, person=known.head, everywhere=everywhere)
    readable = rows_seen(merge)
    with beyond_reach(actor):
        sides = _sides(merge)
        added = _added(merge, sides)
        going = replace(sides.going(merge), looked_up={})
        kept, absorbed = sides.would_see({each.row.id for each in added if each.goes} | what_gives(going))
        no_longer_see_kept = {id_: name for id_, name in absorbed.items() if id_ not in kept}
        stays = _stays(going, no_longer_see_kept)
    named = _named(going)
    return Parting(
        merge=merge,
        added=[each for each in added if each.row.id in readable],
        no_longer_see_kept=tuple(sorted(no_longer_see_kept.values())),
        no_longer_see_absorbed=tuple(sorted(name for id_, name in kept.items() if id_ not in absorbed)),
        stays=stays,
        named=named,
        absorbed_records=sides.absorbed,
    )


def rows_seen(merge: PersonMerge) -> frozenset[UUID]:
    """Return the ids of what was written since a merge, as far as it is within reach."""
    one, *others = (each.order_by().values_list("id", flat=True) for each in _written(_heads_since(merge)))
    return frozenset(one.union(*others, all=True))


def added_since(merge: PersonMerge) -> list[Added]:
    """Return what was written since a merge, oldest first of each kind, to be asked beyond all reach.

    A correction is not among it: it goes with what it corrects.
    """
    return _added(merge, _sides(merge))


def going_since(merge: PersonMerge) -> Going:
    """Return what apps above need to know of a merge that is undone, to be asked beyond all reach."""
    return _sides(merge).going(merge)


def what_gives(going: Going) -> set[UUID]:
    """Return the ids of rows that gave reach and are about the absorbed record, or go to it."""
    one, *others = [gives(going) for gives in GIVES]
    return set(one.union(*others))


def _named(going: Going) -> list[Stays]:
    tables = [table for tables in NAMED for table in tables(going)]
    first, *others = (
        table.rows.order_by()
        .annotate(of=Value(place), when=F(table.at), about=Cast(table.what or Value(""), TextField()))
        .values_list("of", "when", table.whose, "about", "person_id")
        for place, table in enumerate(tables)
    )
    found = []
    for place, when, organisation, about, record in first.union(*others, all=True).order_by("of", "when"):
        said = {"organisation": organisation, "day": day_in_words(when), "what": about}
        found.append(Stays(tables[place].words % said, record, tables[place].if_other))
    return found


def _stays(going: Going, organisations: Mapping[UUID, str]) -> dict[str, list[str]]:
    """What each of these organisations will no longer see, by its name."""
    found: dict[str, list[str]] = defaultdict(list)
    left = [each for stays in STAYS for each in stays(going, list(organisations))] if organisations else []
    for what, whose in left[0].union(*left[1:]) if left else ():
        if whose in organisations:
            found[organisations[whose]].append(what)
    return {name: sorted(found[name]) for name in sorted(found)}


@dataclass(frozen=True)
class _Sides:
    """The records of a merge, and who ever had a reason to see any of them.

    Attributes:
        kept: ids of the kept record and of all that were joined to it otherwise.
        absorbed: ids of the absorbed record and of all that were joined to it before.
        at: when the two were joined.
        reaches: all but those that came with a join.
    """

    kept: frozenset[UUID]
    absorbed: frozenset[UUID]
    at: datetime
    reaches: list[Reach]

    def saw_of_their_own(self, records: Collection[UUID]) -> set[UUID]:
        """Return which organisations had a reason of their own to see one of these when they were joined."""
        return {
            each.organisation_id
            for each in self.reaches
            if each.person_id in records
            and each.since <= self.at
            and (each.until is None or each.until > self.at)
        }

    def only_saw_absorbed(self) -> set[UUID]:
        """Return which organisations had a reason of their own to see the absorbed record, and only that."""
        return self.saw_of_their_own(self.absorbed) - self.saw_of_their_own(self.kept)

    def going(self, merge: PersonMerge) -> Going:
        """Return the same for apps above."""
        return Going(
            self.kept, self.absorbed, merge.absorbed, since=self.at, of=frozenset(self.only_saw_absorbed())
        )

    def would_see(self, goes: Collection[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
        """Return the names, by id, of who would see the kept and the absorbed record, if these rows go."""
        see_kept: dict[UUID, str] = {}
        see_absorbed: dict[UUID, str] = {}
        for each in self.reaches:
            if each.until is None:
                moves = each.person_id in self.absorbed or each.about in goes
                (see_absorbed if moves else see_kept)[each.organisation_id] = each.organisation.name
        return see_kept, see_absorbed


def _sides(merge: PersonMerge) -> _Sides:
    joined = Person.objects.filter(id__in=Person.objects.all_of(merge.kept_id))
    into = dict(joined.values_list("id", "merged_into"))
    absorbed = {merge.absorbed_id}
    while more := {each for each, head in into.items() if head in absorbed} - absorbed:
        absorbed |= more
    reaches = Reach.objects.filter(person__in=into).exclude(why=ReachWhy.MERGED)
    return _Sides(
        kept=frozenset(into) - absorbed,
        absorbed=frozenset(absorbed),
        at=merge.at,
        reaches=list(reaches.select_related("organisation")),
    )


def _added(merge: PersonMerge, sides: _Sides) -> list[Added]:
    heads = _heads_since(merge)
    found = as_models(in_one(*_written(heads)))
    rows: list[Row] = [
        row
        for model, at in WRITTEN.items()
        for row in sorted(found.get(model._meta.label, ()), key=lambda row: (getattr(row, at), row.id))
    ]
    has_contacts = any(isinstance(row, Contact) for row in rows)
    noted_for = noting_organisations([record for record, _since in heads]) if has_contacts else {}
    theirs = sides.only_saw_absorbed()
    whose = {
        row.id: noted_for.get(row.noted_by) if isinstance(row, Contact) else _organisation_of(row)
        for row in rows
    }
    wrote = {each for each in whose.values() if each}
    names = {each.organisation_id: each.organisation.name for each in sides.reaches}
    if unnamed := wrote - set(names):  # hardly ever: whoever wrote had a reason to see one of the records
        names |= dict(Organisation.objects.filter(id__in=unnamed).values_list("id", "name"))
    asked = asked_already(rows, merge.absorbed_id)
    return [
        Added(
            row,
            getattr(row, WRITTEN[type(row)]),
            _writer_of(row),
            names.get(organisation, "") if organisation else "",
            goes=organisation in theirs and row.id not in asked,
        )
        for row in rows
        for organisation in [whose[row.id]]
    ]


def asked_already(rows: Iterable[Row], record: UUID) -> dict[UUID, KnownTo]:
    """Return, by id of each row that is an open question, the open one that it would repeat about a record.

    Args:
        rows: what may go to the record: of two open questions among them, the later repeats the earlier.
        record: its id.
    """
    waiting = [row for row in rows if isinstance(row, KnownTo) and row.answered_at is None]
    there = KnownTo.objects.filter(person=record, answered_at=None).select_related("asked_of")
    between = {(each.asked_by_id, each.asked_of_id): each for each in there} if waiting else {}
    repeated = {}
    for row in sorted(waiting, key=lambda row: (row.asked_at, row.id)):
        first = between.setdefault((row.asked_by_id, row.asked_of_id), row)
        if first is not row:
            repeated[row.id] = first
    return repeated


def _heads_since(merge: PersonMerge) -> list[tuple[UUID, datetime]]:
    """The main records that took what was written about the absorbed one, each with since when."""
    heads, record, since = [(merge.kept_id, merge.at)], merge.kept, merge.at
    while record.merged_into_id is not None:
        onward = PersonMerge.objects.select_related("kept").get(absorbed=record, undone_at=None)
        record, since = onward.kept, max(since, onward.at)
        heads.append((record.id, since))
    return heads


def _written(heads: Iterable[tuple[UUID, datetime]]) -> Iterator[QuerySet[Any]]:
    for model, written_at in WRITTEN.items():
        during = Q()
        for record, since in heads:
            during |= Q(person=record, **{f"{written_at}__gt": since})
        rows: QuerySet[Any] = model._default_manager.filter(during)
        yield rows.filter(corrects=None) if model is ChronologyEntry else rows


def _organisation_of(row: AboutMe | Involvement | KnownTo | ChronologyEntry) -> UUID:
    match row:
        case AboutMe():
            return row.written_down_for
        case KnownTo():
            return row.asked_by_id
        case _:
            return row.organisation_id


def _writer_of(row: Row) -> str:
    match row:
        case AboutMe():
            return row.written_down_by
        case Contact():
            return row.noted_by
        case KnownTo():
            return row.asked_by_name
        case ChronologyEntry():
            return row.recorded_by
        case Involvement():  # who noted it is not kept, only for which organisation
            return ""


def noting_organisations(heads: Collection[UUID]) -> dict[str, UUID]:
    """Return for whom each member noted contacts: the audit trail knows, unless two of one name did."""
    found: dict[str, set[UUID]] = defaultdict(set)
    noted = AuditEvent.objects.filter(code=events.CONTACT_NOTED.code, person_id__in=heads)
    for name, organisation in noted.values_list("actor_name", "organisation_id"):
        if organisation is not None:
            found[name].add(organisation)
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}
