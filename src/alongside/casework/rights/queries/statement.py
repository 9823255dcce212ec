"""What a person may read about themself: who sees their record, who was told what, and what is held back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Min, Model, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EventType
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.rows import as_models, in_one, join
from alongside.casework.marm.models import Case, Concern, Invitation
from alongside.casework.marm.queries.family import risk_from
from alongside.casework.offers.models import Offer
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    EmergencyAccess,
    Involvement,
    KnownTo,
    Person,
    Reach,
    Whole,
)
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import ReachWhy
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import Dispute, StatementGiven, Withheld
from alongside.casework.rights.queries.lines import key_of
from alongside.casework.rights.queries.not_safe import (
    asked_line,
    emergency_line,
    not_safe_because,
    not_told_line,
    told_line,
)
from alongside.casework.rights.queries.unsafe_rows import came_by_case, case_lines, unsafe_cases
from alongside.casework.rights.rules.statement import Held, Line, Part, Parted, part
from alongside.casework.rights.rules.wishes import OBJECTIONS
from alongside.casework.rights.rules.withholding import Ground as Withholding
from alongside.casework.sharing.models import (
    Disclosure,
    InformationRequest,
    Recipient,
    ShareDecision,
    SharingChoice,
)
from alongside.casework.sharing.rules.decisions import Outcome
from alongside.casework.sources.models import Flag, Release, Run

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class OfOrganisation:
    """An organisation, and a kind of thing that it holds."""

    organisation: str
    kind: str


@dataclass(frozen=True)
class Statement:
    """What a person is given, and what those who work with them must know before.

    Attributes:
        whole: the person, with all their records.
        day: the day it describes.
        own: the organisation that gives it, whose phone number is in it.
        lines: what it says and what is held back.
        seen_by: who prepares it.
        risky: names of people around the person from whom a risk was noted, in the network or in a case.
        given: each time it was given before, newest first.
    """

    whole: Whole
    day: date
    own: Organisation
    lines: Parted
    seen_by: Actor
    risky: tuple[str, ...]
    given: tuple[StatementGiven, ...]

    @property
    def person(self) -> Person:
        """The person, as their current record."""
        return self.whole.head

    def of(self, wanted: Part) -> list[Line]:
        """Return the lines of a part that the person is given, newest first."""
        return sorted(
            (each for each in self.lines.given if each.part is wanted), key=lambda each: each.on, reverse=True
        )

    @property
    def print(self) -> str:
        """Fingerprint of what the person is given: it changes as soon as what it says does."""
        said = sorted([each.part, each.on.isoformat(), *each.keys, *each.texts] for each in self.lines.given)
        return sha256(json.dumps([str(self.person.id), said]).encode()).hexdigest()


@query(records=True)
def statement_of(*, actor: Actor, person_id: UUID) -> Statement:
    """Return a person's statement, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_statement(actor))
    return _recorded(actor, person_id, events.STATEMENT_SEEN)


@query(records=True)
def statement_to_read(*, actor: Actor, person_id: UUID) -> Statement:
    """Return a person's statement for the person to read on the actor's device, and record that.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_give_statement(actor))
    return _recorded(actor, person_id, events.STATEMENT_READ)


@query(records=True)
def statement_as_document(*, actor: Actor, person_id: UUID, form: str) -> Statement:
    """Return a person's statement to be made into a document, and record in what format.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_give_statement(actor))
    return _recorded(actor, person_id, events.STATEMENT_MADE, format=form)


def _recorded(actor: Actor, person_id: UUID, kind: EventType, **told: Any) -> Statement:
    found = gather(actor=actor, person=get_person(actor=actor, person_id=person_id))
    record(kind, actor=actor, person_id=found.person.id, **told)
    return found


def gather(*, actor: Actor, person: Person) -> Statement:
    """Return the statement of a person; part of a query or command that has checked the actor.

    All rows are looked at, whichever organisation they belong to: a person's statement has no walls in it.
    Of what was shared between other organisations, the actor sees only the topics.
    """
    with beyond_reach(actor):
        known = whole(person)
        records = [each.id for each in known.records]
        held = _held(records=records)
        decided = _decisions(records=records)
        # organisations that hold something, and the actor's own
        named = [actor.member_of, *(each[0] for each in held)]
        found = as_models(_rows(records=records, organisations=named, objections=[*OBJECTIONS]))
        join(found, _JOINED)
    rows = _Rows(found)
    organisations = {each.id: each for each in rows.of(Organisation)}
    cases = unsafe_cases(rows.of(Case), worried=any(not_safe for _by, _kind, not_safe, _first in held))
    lines = [
        *_decided(decided), *_asked(rows), *_around(rows, cases), *_holding(held, organisations),
        *case_lines(cases, rows.of(Reach), rows.of(Invitation)),
    ]  # fmt: skip
    withheld: dict[str, list[str]] = {}
    for each in rows.of(Withheld):
        withheld.setdefault(each.line, []).append(each.words)
    given = sorted(rows.of(StatementGiven), key=lambda each: (each.on, each.at), reverse=True)
    return Statement(
        whole=known,
        day=timezone.localdate(),
        own=organisations[actor.member_of],
        lines=part(lines, withheld),
        seen_by=actor,
        risky=tuple(sorted({each.name for each in rows.of(Contact)})),
        given=tuple(given),
    )


class _Rows:
    """Rows of several tables, by model."""

    def __init__(self, by_label: Mapping[str, list[Any]]) -> None:
        self._by_label = by_label

    def of(self, model: type[Row]) -> list[Row]:
        """Return the rows of one table, in no particular order."""
        return self._by_label.get(model._meta.label, [])


_JOINED = {
    InformationRequest._meta.label: ["asked_by", "asked_of"],
    KnownTo._meta.label: ["asked_by", "asked_of"],
    Referral._meta.label: ["from_organisation", "to_organisation"],
    Reach._meta.label: ["organisation"],
    Involvement._meta.label: ["organisation"],
    SharingChoice._meta.label: ["recipient", "organisation"],
    Flag._meta.label: ["organisation", "release__run"],
    StatementGiven._meta.label: ["organisation"],
}
"""What is read together with these rows."""


@composed_once
def _rows(
    *, records: list[UUID], organisations: list[UUID], objections: list[str]
) -> QuerySet[Any, tuple[str, str]]:
    """Everything in the statement except decisions, in one query; organisations and runs once each."""
    theirs = among("person", records)
    flags = Flag.objects.filter(theirs)
    held_back = Withheld.objects.filter(among("request__person", records), undone_at=None)
    return in_one(
        InformationRequest.objects.filter(theirs), KnownTo.objects.filter(theirs),
        Referral.objects.filter(theirs), SharingChoice.objects.filter(theirs),
        EmergencyAccess.objects.filter(theirs, person_told=EmergencyAccess.Told.NOT_SAFE),
        # whoever came to a case and left may still give it away
        Reach.objects.filter(theirs, Q(until=None) | Q(why=ReachWhy.CASE)),
        Involvement.objects.filter(theirs, until=None),
        Case.objects.filter(theirs), Invitation.objects.filter(theirs),
        flags, Release.objects.filter(id__in=flags.values("release")),
        Run.objects.filter(id__in=flags.values("release__run")),
        Dispute.objects.filter(theirs, among("says", objections)),
        # what was merely not part of what they asked for is no secret from them
        held_back.exclude(ground=Withholding.NOT_ASKED),
        risk_from(Contact.objects.filter(theirs)).filter(left_at=None),
        StatementGiven.objects.filter(theirs),
        Organisation.objects.filter(among("id", organisations)),
    )  # fmt: skip


@composed_once
def _decisions(*, records: list[UUID]) -> QuerySet[ShareDecision]:
    """Decisions to share or not, with whom it was meant for and what was shared."""
    return (
        ShareDecision.objects.filter(among("person", records))
        .select_related("organisation", "override")
        .prefetch_related(
            "items",
            "looked_again",
            Prefetch("recipients", Recipient.objects.select_related("organisation")),
            Prefetch("disclosures", Disclosure.objects.select_related("organisation", "from_organisation")),
        )
    )


def _decided(decisions: Iterable[ShareDecision]) -> Iterable[Line]:
    """What was shared, and what it was decided not to share."""
    decided = list(decisions)
    because = not_safe_because(decided)

    def again(decision: ShareDecision) -> date | None:
        return because.get(decision.id, decision).look_again_on

    told = [each for decision in decided for each in decision.disclosures.all()]
    for each in sorted(told, key=lambda each: each.at, reverse=True):
        yield replace(told_line(each, because, each.decision.items.all()), again=again(each.decision))
    for no in decided:
        if no.outcome == Outcome.DO_NOT_SHARE:
            yield replace(not_told_line(no, because, no.recipients.all()), again=again(no))


def _asked(rows: _Rows) -> Iterable[Line]:
    """What one organisation asked another to tell or to do."""
    yield from map(asked_line, rows.of(InformationRequest))
    yield from map(asked_line, rows.of(KnownTo))
    yield from map(asked_line, rows.of(Referral))


def _around(rows: _Rows, cases: Mapping[UUID, Case]) -> Iterable[Line]:
    """Who may see the record, who is in touch, what the person chose, and which lists named them.

    No statement says who opened the record in an emergency; but what else it says may give that away. Nor
    does it say who sees it because of one of these cases, of which it is not safe to know.
    """
    yield from map(emergency_line, rows.of(EmergencyAccess))
    unsafe = {each.id for each in came_by_case(cases, rows.of(Reach))}
    for each in rows.of(Reach):
        if each.until is None and each.id not in unsafe:
            yield _line(Part.SEES, each, each.since)
    for involved in rows.of(Involvement):
        yield _line(Part.IN_TOUCH, involved, involved.since or involved.noted_at)
    for choice in rows.of(SharingChoice):
        yield Line(
            Part.CHOSE, choice, choice.said_on, keys=(key_of(choice),), texts=(choice.words,),
            names=frozenset([choice.recipient_id] if choice.recipient_id else []),
            by=choice.organisation_id, known=True,
        )  # fmt: skip
    for flag in rows.of(Flag):
        yield _line(Part.LISTS, flag, flag.released_at)
    for said in rows.of(Dispute):
        yield Line(
            Part.LISTS,
            said,
            said.received_on,
            keys=(key_of(said),),
            by=said.noted_organisation_id,
            known=True,
        )


@composed_once
def _held(*, records: list[UUID]) -> QuerySet[Any, tuple[UUID, str, bool, datetime]]:
    """What kinds of thing each organisation holds, and since when: in one query, and never what it says.

    What it is not safe for the person to know stands apart.
    """
    safe = Value(False)
    unsafe = ExpressionWrapper(~Q(why_not_safe=""), BooleanField())
    asked = [
        model.objects.filter(among("person", records))
        .values_list(organisation)
        .annotate(kind=Value(kind), not_safe=not_safe, first=Min(when))
        .order_by()
        for model, organisation, kind, not_safe, when in (
            (AboutMe, "written_down_for", "words", safe, "recorded_at"),
            (ChronologyEntry, "organisation_id", "notes", safe, "recorded_at"),
            (CapacityRecord, "organisation_id", "decisions", safe, "recorded_at"),
            (Offer, "organisation_id", "offers", safe, "recorded_at"),
            (Concern, "organisation_id", "worries", unsafe, "raised_at"),
        )
    ]
    told: QuerySet[Any, Any] = asked[0].union(*asked[1:], all=True)
    return told


def _holding(
    held: list[tuple[UUID, str, bool, datetime]], named: Mapping[UUID, Organisation]
) -> Iterable[Line]:
    for organisation, kind, not_safe, first in held:
        theirs = frozenset({organisation})
        yield Line(
            Part.HOLDS, OfOrganisation(named[organisation].name, kind), timezone.localdate(first),
            names=theirs, towards=theirs if not_safe else frozenset(), by=organisation,
            ground=Held.NOT_SAFE if not_safe else None,
        )  # fmt: skip


def _line(where: Part, row: Any, begun: Any) -> Line:
    on = begun if type(begun) is date else timezone.localdate(begun)
    return Line(
        where, row, on, keys=(key_of(row),), names=frozenset({row.organisation_id}), by=row.organisation_id
    )
