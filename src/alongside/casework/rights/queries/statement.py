"""All that a person may read about themself: who sees it, who was told what, and what is held back of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Min, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.audit.registry import EventType
from alongside.casework.capacity.models import CapacityRecord
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.marm.models import Concern
from alongside.casework.offers.models import Offer
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.outreach.models import Referral
from alongside.casework.people.models import (
    AboutMe,
    ChronologyEntry,
    Contact,
    Involvement,
    KnownTo,
    Person,
    Reach,
)
from alongside.casework.people.queries import get_person
from alongside.casework.rights import events, permissions
from alongside.casework.rights.models import Dispute, StatementGiven, Withheld
from alongside.casework.rights.queries.lines import key_of, row_key
from alongside.casework.rights.rules.statement import Held, Line, Part, Parted, part
from alongside.casework.rights.rules.wishes import OBJECTIONS
from alongside.casework.rights.rules.withholding import Ground as Withholding
from alongside.casework.sharing.models import (
    Disclosure,
    InformationRequest,
    LaterView,
    LookChased,
    LookedAgain,
    Recipient,
    RecipientTold,
    RequestChaser,
    RequestItem,
    ShareDecision,
    SharedItem,
    SharingChoice,
)
from alongside.casework.sharing.queries.decisions import disclosures_of
from alongside.casework.sharing.rules.decisions import Outcome, Told
from alongside.casework.sharing.rules.overrides import Ground, may_be_told_of
from alongside.casework.sources.models import Flag


@dataclass(frozen=True)
class OfOrganisation:
    """That an organisation holds a kind of thing, and which one it is."""

    organisation: str
    kind: str


@dataclass(frozen=True)
class Statement:
    """What a person is given, and what those who work with them must know before.

    Attributes:
        person: whose it is.
        day: the day as at which it is.
        own: the organisation that gives it: its telephone stands in it.
        lines: what it says and what is held back.
        seen_by: who prepares it.
        risky: names of people around the person from whom a risk was noted.
        given: each time it was given before, the newest first.
    """

    person: Person
    day: date
    own: Organisation
    lines: Parted
    seen_by: Actor
    risky: tuple[str, ...]
    given: tuple[StatementGiven, ...]

    def of(self, wanted: Part) -> list[Line]:
        """Return the lines of a part that the person is given, the newest first."""
        return sorted(
            (each for each in self.lines.given if each.part is wanted), key=lambda each: each.on, reverse=True
        )

    @property
    def print(self) -> str:
        """Fingerprint of what the person is given: another as soon as it says something else."""
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
    """Return a person's statement to the person, on the actor's device, and record that.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_give_statement(actor))
    return _recorded(actor, person_id, events.STATEMENT_READ)


@query(records=True)
def statement_as_document(*, actor: Actor, person_id: UUID, form: str) -> Statement:
    """Return a person's statement to be made into a document, and record as what.

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
    """Return the statement of a person; part of a query or command that checked who asks.

    All rows are looked at, whichever organisation they belong to: a person's statement has no walls within.
    What was told between other organisations is shown to the actor by its topics alone.
    """
    with beyond_reach(actor):
        records = Person.objects.records_of(person.id)
        held = _held(records)
        # of whoever holds something and of the actor's, in one question
        named = Organisation.objects.in_bulk({actor.member_of, *(each[0] for each in held)})
        told = disclosures_of(records)
        lines = [*_decided(records, told), *_asked(records), *_around(records), *_holding(held, named)]
        withheld: dict[str, list[str]] = {}
        held_back = Withheld.objects.filter(request__person__in=records, undone_at=None)
        # what was no part of an answer that somebody asked for is no secret from them
        for key, words in held_back.exclude(ground=Withholding.NOT_ASKED).values_list("line", "words"):
            withheld.setdefault(key, []).append(words)
        risky = Contact.objects.filter(person__in=records, left_at=None, poses_risk=True)
        return Statement(
            person=person,
            day=timezone.localdate(),
            own=named[actor.member_of],
            lines=part(lines, withheld),
            seen_by=actor,
            risky=tuple(risky.order_by("name").values_list("name", flat=True)),
            given=tuple(
                StatementGiven.objects.filter(person__in=records)
                .select_related("organisation")
                .order_by("-on", "-at")
            ),
        )


_ASKED = frozenset(model._meta.label for model in (KnownTo, Referral, LookedAgain, LookChased))


def unsafe_keys(records: frozenset[UUID]) -> frozenset[str]:
    """Return table and row of all by which a person would learn what it is not safe that they know.

    An answer to a request for access marks these, so that none goes out unlooked at. Sees all rows.
    """
    unsafe = [each for each in _decided_about(records=list(records)) if _ground(each)]
    found = list(_rows_not_safe(records=list(records), decisions=[each.id for each in unsafe]))
    asked = [UUID(row) for label, row in found if label in _ASKED]
    if asked:  # and that whoever was asked has seen the record since
        reached = Reach.objects.filter(person__in=records, about__in=asked)
        found += [(Reach._meta.label, str(id_)) for id_ in reached.values_list("id", flat=True)]
    beside = (getattr(each, name, None) for each in unsafe for name in ("override", "second_look"))
    rows = [*unsafe, *(each for each in beside if each)]
    return frozenset(key_of(row) for row in rows) | {row_key(label, row) for label, row in found}


@composed_once
def _decided_about(*, records: list[UUID]) -> QuerySet[ShareDecision]:
    decided = ShareDecision.objects.filter(among("person", records))
    return decided.select_related("override", "second_look")


@composed_once
def _rows_not_safe(*, records: list[UUID], decisions: list[UUID]) -> QuerySet[Any, Any]:
    """Table and key of what was asked and is not safe to know, and of all that hangs on some decisions."""
    asked = InformationRequest.objects.filter(among("person", records), person_knows=False).values("id")
    ways: list[tuple[type[Model], Q]] = [
        (InformationRequest, Q(id__in=asked)), (RequestItem, Q(request__in=asked)),
        (RequestChaser, Q(request__in=asked)),
        *((model, Q(among("person", records)) & ~Q(why_not_safe="")) for model in (KnownTo, Referral)),
        *(
            (model, Q(among("decision", decisions)))
            for model in (SharedItem, Recipient, LaterView, Disclosure, LookedAgain, LookChased)
        ),
        (RecipientTold, Q(among("disclosure__decision", decisions))),
    ]  # fmt: skip
    alike: list[QuerySet[Any, Any]] = [
        model._default_manager.filter(way)
        .order_by()
        .annotate(of_table=Value(model._meta.label), key=Cast("pk", TextField()))
        .values_list("of_table", "key")
        for model, way in ways
    ]
    return alike[0].union(*alike[1:], all=True)


def _ground(decision: ShareDecision) -> Held | None:
    override = getattr(decision, "override", None)
    if may_be_told_of(override, decision.told):
        return None
    coerced = override is not None and override.ground == Ground.COERCION
    return Held.COERCION if coerced else Held.NOT_SAFE


def _decided(records: frozenset[UUID], told: list[Disclosure]) -> Iterable[Line]:
    """What was told, and what was decided not to be told."""
    for each in told:
        decision = each.decision
        items = list(decision.items.all())
        override = getattr(decision, "override", None)
        yield Line(
            Part.TOLD, each, timezone.localdate(each.at),
            keys=tuple(key_of(one) for one in (each, decision, *items, override) if one),
            texts=tuple(one.words for one in items),
            names=frozenset({each.organisation_id, each.from_organisation_id}),
            towards=frozenset({each.organisation_id}),
            by=each.from_organisation_id,
            known=decision.told == Told.TOLD,
            ground=_ground(decision),
            again=decision.look_again_on,
        )  # fmt: skip
    kept = ShareDecision.objects.filter(person__in=records, outcome=Outcome.DO_NOT_SHARE.value)
    for no in kept.select_related("organisation", "override").prefetch_related(
        "recipients__organisation", "looked_again"
    ):
        yield Line(
            Part.NOT_TOLD, no, timezone.localdate(no.decided_at), keys=(key_of(no),),
            names=frozenset({no.organisation_id, *(each.organisation_id for each in no.recipients.all())}),
            by=no.organisation_id, known=no.told == Told.TOLD, ground=_ground(no), again=no.look_again_on,
        )  # fmt: skip


def _asked(records: frozenset[UUID]) -> Iterable[Line]:
    """What one organisation asked another, or asked it to do."""
    asked = InformationRequest.objects.filter(person__in=records).select_related("asked_by", "asked_of")
    for each in asked:
        yield Line(
            Part.ASKED, each, timezone.localdate(each.asked_at), keys=(key_of(each),),
            names=frozenset({each.asked_by_id, each.asked_of_id}), towards=frozenset({each.asked_of_id}),
            by=each.asked_by_id, known=each.person_knows,
            ground=None if each.person_knows else Held.NOT_SAFE,
        )  # fmt: skip
    for known in KnownTo.objects.filter(person__in=records).select_related("asked_by", "asked_of"):
        yield Line(
            Part.ASKED, known, timezone.localdate(known.asked_at), keys=(key_of(known),),
            names=frozenset({known.asked_by_id, known.asked_of_id}), towards=frozenset({known.asked_of_id}),
            by=known.asked_by_id, ground=Held.NOT_SAFE if known.why_not_safe else None,
        )  # fmt: skip
    made = Referral.objects.filter(person__in=records).select_related("from_organisation", "to_organisation")
    for referral in made:
        yield Line(
            Part.ASKED, referral, timezone.localdate(referral.made_at), keys=(key_of(referral),),
            names=frozenset({referral.from_organisation_id, referral.to_organisation_id}),
            towards=frozenset({referral.to_organisation_id}), by=referral.from_organisation_id,
            known=referral.person_agrees == "yes", ground=Held.NOT_SAFE if referral.why_not_safe else None,
        )  # fmt: skip


def _around(records: frozenset[UUID]) -> Iterable[Line]:
    """Who may see the record, who is in touch, what the person chose, and which lists named them."""
    for each in Reach.objects.filter(person__in=records, until=None).select_related("organisation"):
        yield _line(Part.SEES, each, each.since)
    in_touch = Involvement.objects.filter(person__in=records, until=None).select_related("organisation")
    for involved in in_touch:
        yield _line(Part.IN_TOUCH, involved, involved.since or involved.noted_at)
    chosen = SharingChoice.objects.filter(person__in=records).select_related("recipient", "organisation")
    for choice in chosen:
        yield Line(
            Part.CHOSE, choice, choice.said_on, keys=(key_of(choice),), texts=(choice.words,),
            names=frozenset([choice.recipient_id] if choice.recipient_id else []),
            by=choice.organisation_id, known=True,
        )  # fmt: skip
    for flag in Flag.objects.filter(person__in=records).select_related("organisation", "release__run"):
        yield _line(Part.LISTS, flag, flag.released_at)
    for said in Dispute.objects.filter(person__in=records, says__in=[*OBJECTIONS]):
        yield Line(
            Part.LISTS,
            said,
            said.received_on,
            keys=(key_of(said),),
            by=said.noted_organisation_id,
            known=True,
        )


def _held(records: frozenset[UUID]) -> list[tuple[UUID, str, datetime]]:
    """What kinds of thing each organisation holds, since when: in one question, and never what it says."""
    asked = [
        model.objects.filter(person__in=records)
        .values_list(organisation)
        .annotate(kind=Value(kind), first=Min("recorded_at" if when is None else when))
        .order_by()
        for model, organisation, kind, when in (
            (AboutMe, "written_down_for", "words", None),
            (ChronologyEntry, "organisation_id", "notes", None),
            (CapacityRecord, "organisation_id", "decisions", None),
            (Offer, "organisation_id", "offers", None),
            (Concern, "organisation_id", "worries", "raised_at"),
        )
    ]
    return list(asked[0].union(*asked[1:], all=True))


def _holding(held: list[tuple[UUID, str, datetime]], named: Mapping[UUID, Organisation]) -> Iterable[Line]:
    for organisation, kind, first in held:
        yield Line(
            Part.HOLDS, OfOrganisation(named[organisation].name, kind), timezone.localdate(first),
            names=frozenset({organisation}), by=organisation,
        )  # fmt: skip


def _line(where: Part, row: Any, begun: Any) -> Line:
    on = begun if type(begun) is date else timezone.localdate(begun)
    return Line(
        where, row, on, keys=(key_of(row),), names=frozenset({row.organisation_id}), by=row.organisation_id
    )
