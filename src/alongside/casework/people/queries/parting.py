"""Two joined records that may be two people: what was written meanwhile, and which of the two it is about."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
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
from alongside.casework.people.models.parting import WRITTEN, Row
from alongside.casework.people.queries import get_person, record_viewed
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import ReachWhy


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
    """A merge that may be undone, what was written since, and who would see which record no longer."""

    merge: PersonMerge
    added: list[Added]
    no_longer_see_kept: tuple[str, ...]
    no_longer_see_absorbed: tuple[str, ...]


@query(records=True)
def parting_page(*, actor: Actor, person_id: UUID, merge_id: UUID) -> Parting:
    """Return what there is to decide before two records are separated, and record that the actor looked.

    Who would no longer see a record is what follows if everything goes where it is suggested to.

    Raises:
        NotAllowedError: the actor may not separate records.
        NotFoundError: there is no such merge, it has been undone, or the actor may not see the person.
    """
    require(permissions.may_merge(actor))
    known = whole(get_person(actor=actor, person_id=person_id))
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
        added = added_since(merge)
        kept, absorbed = _would_see(merge, {each.row.id for each in added if each.goes})
    return Parting(
        merge=merge,
        added=[each for each in added if each.row.id in readable],
        no_longer_see_kept=tuple(sorted(absorbed - kept)),
        no_longer_see_absorbed=tuple(sorted(kept - absorbed)),
    )


def rows_seen(merge: PersonMerge) -> frozenset[UUID]:
    """Return the ids of what was written since a merge, as far as it is within reach."""
    return frozenset(each.id for each in _written(_heads_since(merge)))


def added_since(merge: PersonMerge) -> list[Added]:
    """Return what was written since a merge, oldest first of each kind, to be asked beyond all reach.

    A correction is not among it: it goes with what it corrects.
    """
    heads = _heads_since(merge)
    rows = list(_written(heads))
    noted_for = _noting_organisations([record for record, _since in heads])
    absorbed = records_of_absorbed(merge)
    theirs = _saw_of_their_own(merge, absorbed) - _saw_of_their_own(merge, _all_records(merge) - absorbed)
    names = dict(Organisation.objects.values_list("id", "name"))
    added = []
    for row in rows:
        organisation = noted_for.get(row.noted_by) if isinstance(row, Contact) else _organisation_of(row)
        goes = organisation in theirs and asked_already(row, merge.absorbed_id) is None
        at = getattr(row, WRITTEN[type(row)])
        added.append(
            Added(row, at, _writer_of(row), names.get(organisation, "") if organisation else "", goes)
        )
    return added


def asked_already(row: Row, record: UUID) -> KnownTo | None:
    """Return the open question about a record that an open question about another would repeat, if any."""
    if not isinstance(row, KnownTo) or row.answered_at is not None:
        return None
    same = KnownTo.objects.filter(asked_by=row.asked_by_id, asked_of=row.asked_of_id, answered_at=None)
    return same.filter(person=record).exclude(id=row.id).select_related("asked_of").first()


def records_of_absorbed(merge: PersonMerge) -> frozenset[UUID]:
    """Return the ids of the absorbed record and of all that were joined to it before. Sees all rows."""
    into = dict(Person.objects.filter(id__in=_all_records(merge)).values_list("id", "merged_into"))
    found = {merge.absorbed_id}
    while more := {each for each, head in into.items() if head in found} - found:
        found |= more
    return frozenset(found)


def _all_records(merge: PersonMerge) -> frozenset[UUID]:
    return Person.objects.records_of(merge.kept_id)


def _heads_since(merge: PersonMerge) -> list[tuple[UUID, datetime]]:
    """The main records that took what was written about the absorbed one, each with since when."""
    heads, record, since = [(merge.kept_id, merge.at)], merge.kept, merge.at
    while record.merged_into_id is not None:
        onward = PersonMerge.objects.select_related("kept").get(absorbed=record, undone_at=None)
        record, since = onward.kept, max(since, onward.at)
        heads.append((record.id, since))
    return heads


def _written(heads: Iterable[tuple[UUID, datetime]]) -> Iterable[Row]:
    for model, written_at in WRITTEN.items():
        during = Q()
        for record, since in heads:
            during |= Q(person=record, **{f"{written_at}__gt": since})
        rows: Any = model._default_manager.filter(during).order_by(written_at, "id")
        yield from rows.filter(corrects=None) if model is ChronologyEntry else rows


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


def _noting_organisations(heads: Collection[UUID]) -> dict[str, UUID]:
    """For whom each member noted contacts: the audit trail knows, unless two of one name did."""
    found: dict[str, set[UUID]] = defaultdict(set)
    noted = AuditEvent.objects.filter(code=events.CONTACT_NOTED.code, person_id__in=heads)
    for name, organisation in noted.values_list("actor_name", "organisation_id"):
        if organisation is not None:
            found[name].add(organisation)
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}


def _saw_of_their_own(merge: PersonMerge, records: Collection[UUID]) -> set[UUID]:
    """Which organisations had a reason of their own to see one of these records when they were joined."""
    reaches = Reach.objects.filter(person__in=records, since__lte=merge.at).exclude(why=ReachWhy.MERGED)
    then = reaches.filter(Q(until=None) | Q(until__gt=merge.at))
    return set(then.values_list("organisation_id", flat=True))


def _would_see(merge: PersonMerge, goes: Collection[UUID]) -> tuple[set[str], set[str]]:
    """The names of those who would see the kept and the absorbed record, if these rows go."""
    absorbed = records_of_absorbed(merge)
    now = Reach.objects.filter(person__in=_all_records(merge), until=None).exclude(why=ReachWhy.MERGED)
    see_kept: set[str] = set()
    see_absorbed: set[str] = set()
    for person, about, name in now.values_list("person_id", "about", "organisation__name"):
        (see_absorbed if person in absorbed or about in goes else see_kept).add(name)
    return see_kept, see_absorbed
