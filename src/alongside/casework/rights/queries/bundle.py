"""The bundle of a request: what is held, what is marked, withheld and looked at of it. Kept nowhere."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.registry import EventType
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import CaseworkError, NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Contact, Person
from alongside.casework.people.queries.recipients import Recipient, recipients_of
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import AccessRequest, Look, Withheld
from alongside.casework.rights.queries.lines import Line, lines_of
from alongside.casework.rights.queries.not_safe import unsafe_keys
from alongside.casework.rights.queries.noting import note_of_request
from alongside.casework.rights.queries.recipients import RecipientOfRow
from alongside.casework.rights.queries.rows import as_models, in_one, join_back
from alongside.casework.rights.queries.ways import tables_about_people
from alongside.casework.rights.rules.marking import Kind, Mark, Watched, capitalised, marks
from alongside.casework.rights.rules.states import PUT_TOGETHER, State
from alongside.casework.rights.rules.withholding import pieces, stands_in
from alongside.casework.sharing.models import RefusalOverride, SecondLook, ShareDecision

"""What events about a request say that they are about."""


class NotPutTogetherError(CaseworkError):
    """Nothing is put together for this request: it is not known who asks, or it is over."""


class OtherThanReleasedError(CaseworkError):
    """What is held is not what was released any more: it has to be looked at again."""


@dataclass(frozen=True)
class OfLine:
    """A line, and what was decided of it.

    Attributes:
        line: what is held.
        marks: what in it may be about somebody else.
        withheld: what of it is not given.
        look: that somebody looked at it as it stands now; None where nobody has.
    """

    line: Line
    marks: tuple[Mark, ...]
    withheld: tuple[Withheld, ...]
    look: Look | None

    @property
    def wholly(self) -> Withheld | None:
        """Why none of it is given, where none is."""
        return next((each for each in self.withheld if not each.words), None)

    @property
    def stretches(self) -> tuple[str, ...]:
        """The words that are withheld of it."""
        return tuple(each.words for each in self.withheld if each.words)

    @property
    def lost(self) -> tuple[str, ...]:
        """Words that were withheld and stand in it no more: somebody changed what is held."""
        texts = [part.words for part in self.line.parts]
        return tuple(each for each in self.stretches if not stands_in(each, texts))

    @property
    def open_marks(self) -> tuple[Mark, ...]:
        """What is marked and would be given; a name that is withheld already waits for nobody."""
        if not self.stretches:  # of most lines nothing is: all that is marked stands in what is given
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
class Bundle:
    """All that is held about a person.

    Attributes:
        request: whose answer it is.
        person: the record they have now.
        born: every date of birth there is of them.
        tables: label of each table to its lines.
        recipients: whom anything was told, but of what is withheld.
        searched: label of each table that was looked into, with rows or without.
    """

    request: AccessRequest
    person: Person
    born: frozenset[date]
    tables: dict[str, list[OfLine]]
    recipients: list[Recipient]
    searched: tuple[str, ...]

    @cached_property
    def lines(self) -> list[OfLine]:
        """Every line, in the order of the bundle."""
        return [each for lines in self.tables.values() for each in lines]

    @cached_property
    def waiting(self) -> list[OfLine]:
        """Lines that somebody must look at before anything is given."""
        return [each for each in self.lines if each.waits]

    @property
    def print(self) -> str:
        """Fingerprint of what would be given: another as soon as anything in it is."""
        said = [
            [
                each.line.print,
                sorted([one.words, one.ground if one.named else ""] for one in each.withheld),
            ]
            for each in self.lines
        ]
        told = [[each.organisation, each.since.isoformat(), str(each.until)] for each in self.recipients]
        return sha256(json.dumps([self.request.reference, said, told]).encode()).hexdigest()

    def line(self, key: str) -> OfLine:
        """Return one line.

        Raises:
            NotFoundError: there is none of this key.
        """
        for each in self.lines:
            if each.line.key == key:
                return each
        raise NotFoundError(_("There is no such line in this bundle."))


def put_together(request: AccessRequest, *, only: str = "") -> Bundle:
    """Return the bundle of a request. For queries and commands that have checked who asks; sees all rows.

    Args:
        request: whose.
        only: label of the one table whose lines are wanted, and no recipients; all where none is named.

    Raises:
        NotPutTogetherError: it is not known who asks, or the request is over.
    """
    if request.state not in PUT_TOGETHER or request.held_until is None:
        raise NotPutTogetherError(
            _("Nothing is put together before it is known who asks, nor after the request is over.")
        )
    records = Person.objects.records_of(request.person_id)
    beside = as_models(_beside(records=list(records), request=request.id))
    join_back(beside, ShareDecision._meta.label, "override", "second_look")
    people: list[Person] = beside[Person._meta.label]
    network = {each.name for each in beside.get(Contact._meta.label, ())}
    tables_wanted = (only,) if only else ()
    found = lines_of(records, until=request.held_until, answering=request.id, only=tables_wanted)
    unsafe = unsafe_keys(records, beside.get(ShareDecision._meta.label, ()))
    marked = _marked([each for lines in found.values() for each in lines], people, network, unsafe)
    withheld: dict[str, list[Withheld]] = {}
    for each in sorted(beside.get(Withheld._meta.label, ()), key=lambda each: (each.at, each.id)):
        withheld.setdefault(each.line, []).append(each)
    looked = sorted(beside.get(Look._meta.label, ()), key=lambda each: each.at)
    looks: dict[str, dict[str, Look]] = {}
    for one in looked:
        looks.setdefault(one.line, {})[one.line_print] = one
    tables = {
        label: [
            OfLine(
                line,
                tuple(marked.get(line.key, ())),
                tuple(withheld.get(line.key, ())),
                # most lines nobody has looked at, and to print each takes longer than all that is asked here
                looks[line.key].get(line.print) if line.key in looks else None,
            )
            for line in lines
        ]
        for label, lines in found.items()
    }
    by_key = {each.line.key: each for lines in tables.values() for each in lines}
    return Bundle(
        request=request,
        person=next(each for each in people if each.merged_into_id is None),
        born=frozenset(each.date_of_birth for each in people if each.date_of_birth),
        tables=tables,
        recipients=[
            each
            for each in ([] if only else recipients_of(records, until=request.held_until))
            if _may_be_named(each, by_key, unsafe)
        ],
        searched=(*tables_about_people(), *(label for label in found if label not in tables_about_people())),
    )


def handled_request(actor: Actor, request_id: UUID, *, lock: bool = False) -> AccessRequest:
    """Return a request for whoever handles it; inside ``beyond_reach``.

    Raises:
        NotFoundError: there is none.
    """
    require(permissions.may_handle(actor))
    if lock:  # before it is read: whoever held the lock may have changed it
        AccessRequest.objects.select_for_update().filter(id=request_id).first()
    if found := _request(request=request_id):
        return found[0]
    raise NotFoundError(_("There is no such request."))


@composed_once
def _request(*, request: UUID) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(id=request).select_related("taken_organisation")


def worked_on(request: AccessRequest) -> set[UUID]:
    """Return the accounts of those who decided what a bundle holds; sees all rows."""
    decided = {each for pair in request.withheld.values_list("by", "undone_by") for each in pair}
    looked = request.looks.values_list("by", flat=True)
    return {each for each in (*decided, *looked, request.ready_by) if each}


@query(records=True, shows_people=False)
def bundle_of(*, actor: Actor, request_id: UUID) -> Bundle:
    """Return all that is held about whoever asked, and record that the actor looked, for the one purpose.

    Raises:
        NotFoundError: there is no such request.
        NotPutTogetherError: it is not known who asks, or the request is over.
    """
    with beyond_reach(actor):
        bundle = put_together(handled_request(actor, request_id))
    _looked(actor, bundle, events.BUNDLE_SEEN)
    return bundle


@query(records=True, shows_people=False)
def line_of(*, actor: Actor, request_id: UUID, key: str) -> tuple[Bundle, OfLine]:
    """Return one line of a bundle, with those of its table, and record that the actor looked.

    Raises:
        NotFoundError: there is no such request, or no such line in it.
        NotPutTogetherError: it is not known who asks, or the request is over.
    """
    with beyond_reach(actor):
        table, _colon, _row = key.partition(":")
        bundle = put_together(handled_request(actor, request_id), only=table)
        found = bundle.line(key)
    _looked(actor, bundle, events.LINE_SEEN)
    return bundle, found


@query(records=True, shows_people=False)
def released_bundle(*, actor: Actor, request_id: UUID, form: str) -> Bundle:
    """Return the bundle that was released, to be given, and record as what.

    Raises:
        NotFoundError: there is no such request.
        NotPutTogetherError: it was not released.
        OtherThanReleasedError: what is held has changed since; it is to be looked at again.
    """
    with beyond_reach(actor):
        request = handled_request(actor, request_id)
        if request.state != State.RELEASED:
            raise NotPutTogetherError(_("Nothing is given before somebody released it."))
        bundle = as_released(request)
    note_of_request(events.DOCUMENT_MADE, actor, request, format=form)
    return bundle


def as_released(request: AccessRequest) -> Bundle:
    """Return the bundle of a request that was released, where it still is the same; sees all rows.

    Raises:
        OtherThanReleasedError: it is not.
    """
    bundle = put_together(request)
    if bundle.print != request.released_print:
        raise OtherThanReleasedError(
            _(
                "What is held has changed since this was released, so this is not what somebody looked at. "
                "Send it back, look at what changed, and release it again."
            )
        )
    return bundle


def _looked(actor: Actor, bundle: Bundle, kind: EventType) -> None:
    note_of_request(kind, actor, bundle.request)


def _may_be_named(recipient: Recipient, lines: Mapping[str, OfLine], unsafe: frozenset[str]) -> bool:
    """Whether the person may read whom something was told: not from here, where the line of it is withheld.

    Where it may not be safe that they know, somebody must have looked at the line of it and given it.
    """
    keys = recipient.keys if isinstance(recipient, RecipientOfRow) else frozenset()
    for key in keys:
        line = lines.get(key)
        if line is not None and (line.wholly or stands_in(recipient.organisation, line.stretches)):
            return False
        if key in unsafe and (line is None or line.look is None):
            return False
    return True


def _marked(
    lines: list[Line], people: list[Person], network: set[str], unsafe: frozenset[str]
) -> dict[str, list[Mark]]:
    """What in each line may be about somebody else."""
    texts = {each.key: [part.words for part in each.parts if part.free] for each in lines}
    words = capitalised(text for several in texts.values() for text in several)
    others = set(_surnames_of_others(words=list(words), records=[each.id for each in people]))
    own = {
        name
        for person in people
        for name in (person.known_as, person.forename, person.surname, person.other_names)
        if name
    }
    contacts = {each for person in people for each in (person.telephone, person.email) if each}
    watched = Watched(network=network, others=others, own=own, own_contacts=contacts)
    found = {each.key: marks(texts[each.key], watched) for each in lines}
    for each in lines:
        if each.of_others:
            found[each.key].insert(0, Mark(Kind.WHOLE))
    for key in unsafe & found.keys():
        found[key].insert(0, Mark(Kind.UNSAFE))
    return found


@composed_once
def _surnames_of_others(*, words: list[str], records: list[UUID]) -> QuerySet[Person, str]:
    others = Person.objects.filter(among("surname", words), ~Q(among("id", records)))
    return others.values_list("surname", flat=True).distinct()


@composed_once
def _beside(*, records: list[UUID], request: UUID) -> QuerySet[Any, tuple[str, str]]:
    """What says how the lines of a bundle are read: who it is, whom they know, and what was decided of it."""
    return in_one(
        Person.objects.filter(among("id", records)),
        Contact.objects.filter(among("person", records)),
        ShareDecision.objects.filter(among("person", records)),
        RefusalOverride.objects.filter(among("decision__person", records)),
        SecondLook.objects.filter(among("decision__person", records)),
        Withheld.objects.filter(request=request, undone_at=None),
        Look.objects.filter(request=request),
    )
