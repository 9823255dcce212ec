"""What is held about a person, laid out for whoever decides what to withhold: marked, and looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.kernel.rows import as_models, in_one, join, join_back
from alongside.casework.marm.models import Concern
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Contact, EmergencyAccess, Person, PersonMerge
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest, Dispute, LegalHold, Look, Withheld
from alongside.casework.rights.queries.lines import Line, held_of, table_of_key
from alongside.casework.rights.queries.looks import LOOKED
from alongside.casework.rights.queries.not_safe import ASKED, NotSafe, not_safe, unsafe_keys
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.queries.separated import times_of
from alongside.casework.rights.queries.unsafe_rows import READ
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.rules.marking import Kind, Mark, Watched, capitalised, marks
from alongside.casework.rights.rules.states import PUT_TOGETHER
from alongside.casework.rights.rules.withholding import Ground, pieces, stands_in
from alongside.casework.sharing.models import Disclosure, RefusalOverride, SecondLook, ShareDecision


class NotPutTogetherError(CaseworkError):
    """Nothing is put together for this request: it is not known who is asking, or it is over."""


@dataclass(frozen=True)
class Marking:
    """What to look for in the lines of a bundle.

    Attributes:
        watched: names and numbers that may be somebody else's.
        not_safe: what it may not be safe for the person to know.
        joined: from which day until which their record was joined with somebody else's.
    """

    watched: Watched
    not_safe: NotSafe
    joined: tuple[tuple[date, date], ...] = ()

    def of(self, line: Line) -> tuple[Mark, ...]:
        """Return what somebody must look at in a line before it is given."""
        unsafe = [Mark(Kind.UNSAFE)] if self.not_safe.marks(line) else []
        whole = [Mark(Kind.WHOLE)] if line.of_others or self._may_be_of_another(line) else []
        return (*unsafe, *whole, *marks(line.free_texts, self.watched))

    def _may_be_of_another(self, line: Line) -> bool:
        """Whether it was asked or held while their record was joined with somebody else's."""
        if line.made is None or line.table not in _ASKED_OR_HELD:
            return False
        return any(since <= line.made <= until for since, until in self.joined)


@dataclass(frozen=True)
class OfLine:
    """A line, and what was decided about it.

    Attributes:
        line: what is held.
        marking: what to look for in it.
        withheld: what in it is not given.
        look: somebody's look at it as it is now; None where nobody has looked.
    """

    line: Line
    marking: Marking = field(compare=False, repr=False)
    withheld: tuple[Withheld, ...]
    look: Look | None

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What in it may be about somebody else, or unsafe. Looked for when first asked: no reader does."""
        return self.marking.of(self.line)

    @property
    def wholly(self) -> Withheld | None:
        """The withholding of the whole line; None where some of it is given."""
        return next((each for each in self.withheld if not each.words), None)

    @property
    def stretches(self) -> tuple[str, ...]:
        """The words in it that are withheld."""
        return tuple(each.words for each in self.withheld if each.words)

    @property
    def lost(self) -> tuple[str, ...]:
        """Words that were withheld and are no longer in it: somebody changed what is held."""
        texts = [part.words for part in self.line.parts]
        return tuple(each for each in self.stretches if not stands_in(each, texts))

    @property
    def open_marks(self) -> tuple[Mark, ...]:
        """What is marked and would be given; a name that is already withheld needs no look."""
        if not self.stretches:  # as in most lines: everything that is marked would be given
            return self.marks
        bars = dict.fromkeys(self.stretches, "")
        given = [
            "".join(each.words if not each.withheld else " | " for each in pieces(part.words, bars))
            for part in self.line.parts
        ]
        return tuple(each for each in self.marks if not each.words or stands_in(each.words, given))

    @cached_property
    def waits(self) -> bool:
        """Whether somebody must look at it before anything is given."""
        return bool((self.open_marks or self.lost) and self.look is None and self.wholly is None)


@dataclass(frozen=True)
class Desk:
    """What is held about a person, for somebody to decide on; all of it, or one table.

    Attributes:
        request: the request it answers.
        until: the moment up to which it covers what is held.
        later: whether anything has been written since, which is not in it.
        records: the ids of all records of the person.
        person: the record they have now.
        born: every date of birth on their records.
        tables: each table's lines, by label.
        not_safe: what it may not be safe for the person to know.
    """

    request: AccessRequest
    until: datetime
    later: bool
    records: frozenset[UUID]
    person: Person
    born: frozenset[date]
    tables: dict[str, list[OfLine]]
    not_safe: NotSafe

    @cached_property
    def lines(self) -> list[OfLine]:
        """Every line, in the order of the bundle."""
        return [each for lines in self.tables.values() for each in lines]

    @cached_property
    def waiting(self) -> list[OfLine]:
        """Lines that somebody must look at before anything is given."""
        return [each for each in self.lines if each.waits]

    def line(self, key: str) -> OfLine:
        """Return one line.

        Raises:
            NotFoundError: there is none with this key.
        """
        for each in self.lines:
            if each.line.key == key:
                return each
        raise NotFoundError(_("There is no such line in this bundle."))


def laid_out(request: AccessRequest, *, only: str = "") -> Desk:
    """Return what is held, for whoever decides on it. For callers that have checked the actor; sees all rows.

    Args:
        request: the request it answers.
        only: label of the one table whose lines are wanted; every table where empty.

    Raises:
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    if request.state not in PUT_TOGETHER or request.held_until is None:
        raise NotPutTogetherError(
            _("Nothing is put together until it is known who is asking, or once the request is over.")
        )
    records = Person.objects.records_of(request.person_id)
    tables_wanted = (only,) if only else ()
    held = held_of(
        records, until=request.held_until, answering=request.id, only=tables_wanted, beside=_BESIDE
    )
    rows = held.rows | as_models(_decided(request=request.id))
    join_back(rows, ShareDecision._meta.label, "override", "second_look")
    join(rows, {Disclosure._meta.label: ["decision"]})
    people: list[Person] = rows[Person._meta.label]
    withheld: dict[str, list[Withheld]] = {}
    for each in sorted(rows.get(Withheld._meta.label, ()), key=lambda each: (each.at, each.id)):
        withheld.setdefault(each.line, []).append(each)
    not_safe = _not_safe(records, rows, withheld)
    lines = [each for several in held.tables.values() for each in several]
    marking = Marking(
        _watched(lines, people, rows.get(Contact._meta.label, ())),
        not_safe,
        joined=tuple(
            (timezone.localdate(since), timezone.localdate(until))
            for since, until in times_of(rows.get(PersonMerge._meta.label, ()), records)
        ),
    )
    looked = sorted(rows.get(Look._meta.label, ()), key=lambda each: each.at)
    looks: dict[str, dict[str, Look]] = {}
    for one in looked:
        looks.setdefault(one.line, {})[one.line_print] = one
    tables = {
        label: [
            OfLine(
                line,
                marking,
                tuple(withheld.get(line.key, ())),
                # nobody has looked at most lines, and fingerprinting each takes longer than all these queries
                looks[line.key].get(line.print) if line.key in looks else None,
            )
            for line in lines
        ]
        for label, lines in held.tables.items()
    }
    return Desk(
        request=request,
        until=request.held_until,
        later=held.later,
        records=records,
        person=next(each for each in people if each.merged_into_id is None),
        born=frozenset(each.date_of_birth for each in people if each.date_of_birth),
        tables=tables,
        not_safe=not_safe,
    )


def handled_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> AccessRequest:
    """Return a request for whoever handles it; call it inside ``beyond_reach``.

    Raises:
        NotFoundError: there is no such request.
    """
    require(permissions.may_handle(actor))
    if lock:  # before it is read: whoever held the lock may have changed it
        AccessRequest.objects.select_for_update(no_key=True).filter(id=request_id).first()
    if found := _request(request=request_id):
        return found[0]
    raise NotFoundError(_("There is no such request."))


@composed_once
def _request(*, request: UUID) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(id=request).select_related("taken_organisation")


@query(records=True, shows_people=False)
def desk_of(*, actor: Actor, request_id: UUID) -> Desk:
    """Return everything held about whoever asked, and record that the actor looked, for this purpose only.

    Raises:
        NotFoundError: there is no such request.
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    with beyond_reach(actor):
        desk = laid_out(handled_request(actor, request_id))
    note_of_request(events.BUNDLE_SEEN, actor, desk.request)
    return desk


@query(records=True, shows_people=False)
def table_of(*, actor: Actor, request_id: UUID, table: str) -> Desk:
    """Return the lines of one table, and record that the actor looked.

    Raises:
        NotFoundError: there is no such request, or no such table.
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    with beyond_reach(actor):
        request = handled_request(actor, request_id)
        if table != LOOKED and table not in tables_about_people():
            raise NotFoundError(_("This bundle has nothing of this kind."))
        desk = laid_out(request, only=table)
    note_of_request(events.TABLE_SEEN, actor, desk.request)
    return desk


@query(records=True, shows_people=False)
def line_of(*, actor: Actor, request_id: UUID, key: str) -> tuple[Desk, OfLine]:
    """Return one line of a bundle, with those of its table, and record that the actor looked.

    Raises:
        NotFoundError: there is no such request, or no such line in it.
        NotPutTogetherError: it is not known who is asking, or the request is over.
    """
    with beyond_reach(actor):
        desk = laid_out(handled_request(actor, request_id), only=table_of_key(key))
        found = desk.line(key)
    note_of_request(events.LINE_SEEN, actor, desk.request)
    return desk, found


def _not_safe(
    records: frozenset[UUID], rows: Mapping[str, list[Any]], withheld: Mapping[str, list[Withheld]]
) -> NotSafe:
    """What it may not be safe for the person to know, and what of that, or of what is withheld, they know."""
    keys = unsafe_keys(records, rows.get(ShareDecision._meta.label, ()))
    # what was merely not asked for is no secret from whoever asked
    kept = {
        line: [each.words for each in several if each.ground != Ground.NOT_ASKED]
        for line, several in withheld.items()
    }
    return not_safe(keys, rows, kept)


def _watched(lines: Iterable[Line], people: list[Person], network: Iterable[Contact]) -> Watched:
    """The names and numbers in these lines that may be somebody else's."""
    words = capitalised(text for each in lines for text in each.free_texts)
    return Watched(
        network={each.name for each in network},
        others=set(_surnames_of_others(words=list(words), records=[each.id for each in people])),
        own={
            name
            for person in people
            for name in (person.known_as, person.forename, person.surname, person.other_names)
            if name
        },
        own_contacts={each for person in people for each in (person.telephone, person.email) if each},
    )


@composed_once
def _surnames_of_others(*, words: list[str], records: list[UUID]) -> QuerySet[Person, str]:
    others = Person.objects.filter(among("surname", words), ~Q(among("id", records)))
    return others.values_list("surname", flat=True).distinct()


_ASKED_OR_HELD = frozenset(model._meta.label for model in (AccessRequest, Dispute, LegalHold))
_BESIDE = frozenset(
    model._meta.label
    for model in (
        Person, PersonMerge, Contact, ShareDecision, RefusalOverride, SecondLook, Disclosure, Concern,
        EmergencyAccess, *ASKED, *READ,
    )
)  # fmt: skip
"""Tables without which no line can be judged: the person, whom they know, what was shared, asked and done."""


@composed_once
def _decided(*, request: UUID) -> QuerySet[Any, tuple[str, str]]:
    """What was decided for a request, and all organisations, of which a partnership has few."""
    return in_one(
        Organisation.objects.all(),
        Withheld.objects.filter(request=request, undone_at=None),
        Look.objects.filter(request=request),
    )
