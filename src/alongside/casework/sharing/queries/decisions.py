"""What the records say about a piece of sharing that is to be decided, and decisions as they stand."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import (
    Prefetch,
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError, require
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.recorder import record
from alongside.casework.capacity.queries import lacks_for
from alongside.casework.design.paging import Leaf, leaf, rows_between
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.operations import query
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.disputed import Marks, disputed
from alongside.casework.people.queries.whole import whole
from alongside.casework.people.rules import age_on
from alongside.casework.sharing import events, permissions
from alongside.casework.sharing.models import (
    Agreement,
    Disclosure,
    Recipient,
    RecipientTold,
    RefusalOverride,
    ShareDecision,
)
from alongside.casework.sharing.queries.agreements import covering, in_the_register
from alongside.casework.sharing.queries.choices import wishes
from alongside.casework.sharing.queries.corrections import corrections_that_count
from alongside.casework.sharing.rules.agreements import Extent
from alongside.casework.sharing.rules.basis import Known
from alongside.casework.sharing.rules.choices import Topic
from alongside.casework.sharing.rules.decisions import Looked, Proposal, wish_of_all
from alongside.casework.sharing.rules.items import Item, higher_of
from alongside.casework.sharing.rules.overrides import Override

ADULT_FROM = 18
TOLD_AT_ONCE = 50
"""How much of what an organisation was told a page lists."""


@dataclass(frozen=True)
class Grounds:
    """What was looked up for a proposal, and the agreement that covers telling each recipient."""

    looked: Looked
    agreements: dict[UUID, Agreement]


def look_up(*, actor: Actor, person: Person, proposal: Proposal, day: date) -> Grounds:
    """Return what the records say about a proposal; part of a command or query that checked who asks."""
    own = Organisation.objects.get(id=actor.member_of)
    wished = wishes(
        actor=actor, person_id=person.id, topics=proposal.topics, recipients=proposal.recipients,
        purpose=proposal.purpose, day=day,
    )  # fmt: skip
    agreements, uncovered = _agreements(
        own.id, proposal.recipients, items=proposal.items, purpose=proposal.purpose, day=day
    )
    stands = _capacity_stands(person.id, proposal.override, day)
    born = whole(person).date_of_birth
    # without a date of birth they are taken to be an adult, of whom more is asked
    found = set() if born and age_on(born, day) < ADULT_FROM else {Known.ADULT}
    if proposal.override and proposal.override.capacity_record and stands:
        found.add(Known.LACKS_CAPACITY)
    looked = Looked(
        day=day, organisation_kind=own.kind, wish=wish_of_all(wished), found=frozenset(found),
        uncovered=uncovered, capacity_stands=stands,
    )  # fmt: skip
    return Grounds(looked, agreements)


def _agreements(
    own: UUID, recipients: Collection[UUID], *, items: Collection[Item], purpose: str, day: date
) -> tuple[dict[UUID, Agreement], dict[str, str]]:
    """The agreement that covers telling each recipient everything; and by name, why none does."""
    extent = Extent.EXISTENCE if {each.topic for each in items} == {Topic.KNOWN} else Extent.CONTENT
    covered: dict[UUID, Agreement] = {}
    uncovered: dict[str, str] = {}
    register = in_the_register()
    for recipient in _named(recipients=list(recipients)):
        left: list[Agreement] | None = None
        for data in {higher_of(each.data, each.topic) for each in items}:
            between = (own, recipient.id)
            found, why = covering(
                register, day=day, between=between, purpose=purpose, data=data, extent=extent
            )
            left = found if left is None else [each for each in left if each in found]
            if why:
                uncovered[recipient.name] = why
        if left:
            covered[recipient.id] = left[0]
        elif left is not None and recipient.name not in uncovered:
            uncovered[recipient.name] = _("No single agreement covers all of these kinds of data.")
    return covered, uncovered


@composed_once
def _named(*, recipients: list[UUID]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(among("id", recipients)).order_by("name")


def why_not_told_now(*, actor: Actor, decision: ShareDecision, day: date) -> str:
    """Return what now stands in the way of telling what was decided; empty if nothing does.

    Part of a command that checked who asks.
    """
    if decision.corrections.exists():
        return _("A later decision corrects this one: agree to that one, if it is waiting for you")
    if ShareDecision.objects.filter(corrects=decision).exists():  # and the database would not let it be told
        return _("A later decision said what is wrong with this one, and was not agreed to: correct it again")
    records = Person.objects.records_of(decision.person_id) | {decision.person_id}
    reached = Reach.objects.filter(person_id__in=records, organisation_id=actor.member_of, until=None)
    if not reached.exists():
        return _(
            "Your organisation can no longer see this person's record, so it cannot check that what would be "
            "shared is still right"
        )
    if not _capacity_stands(decision.person_id, getattr(decision, "override", None), day):
        return _("The capacity record that this rests on no longer holds: capacity must be assessed again")
    recipients = {each.organisation_id for each in decision.recipients.all()}
    items = [each.item for each in decision.items.all()]
    _covered, uncovered = _agreements(
        decision.organisation_id, recipients, items=items, purpose=decision.purpose, day=day
    )
    if uncovered and not decision.without_agreement.strip():
        why = "; ".join(f"{name}: {reason}" for name, reason in uncovered.items())
        return _(
            "No agreement covers this any more, and there is no reason for sharing it without one. %(why)s"
        ) % {"why": why}
    return ""


def _capacity_stands(person_id: UUID, override: Override | RefusalOverride | None, day: date) -> bool:
    """Whether the capacity record and best-interests decision of an override are this person's, and hold."""
    if override is None or override.capacity_record is None:
        return True
    return any(
        each.record.id == override.capacity_record
        and each.best_interests is not None
        and each.best_interests.id == override.best_interests
        for each in lacks_for(person_id, day=day)
    )


@dataclass(frozen=True)
class DecisionsPage:
    """A person, and what the actor's organisation decided about sharing, or was told: the newest first."""

    person: Person
    decisions: list[ShareDecision]


@query(records=True)
def decisions_page(*, actor: Actor, person_id: UUID) -> DecisionsPage:
    """Return the decisions about a person that the actor may see, and record that they looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_decisions(actor))
    person = get_person(actor=actor, person_id=person_id)
    found = _decisions(people=list(Person.objects.records_of(person.id)))
    record(events.DECISIONS_READ, actor=actor, person_id=person.id)
    return DecisionsPage(person, found)


@query(records=True)
def decision_page(*, actor: Actor, decision_id: UUID) -> ShareDecision:
    """Return one decision of the actor's organisation, and record that they looked.

    Raises:
        NotFoundError: there is none with this id that is theirs to see.
    """
    require(permissions.may_read_decisions(actor))
    found = own_decision(actor=actor, decision_id=decision_id)
    record(events.DECISIONS_READ, actor=actor, person_id=found.person_id, about=("decision", found.id))
    return found


def own_decision(*, actor: Actor, decision_id: UUID) -> ShareDecision:
    """Return a decision of the actor's organisation; part of a query or command that checked who asks.

    Raises:
        NotFoundError: there is none with this id that is theirs to see.
    """
    found = _decision(decision=decision_id, organisation=actor.member_of)
    if not found:
        raise NotFoundError(_("Your organisation made no such decision."))
    return found[0]


@composed_once
def _decisions(*, people: list[UUID]) -> QuerySet[ShareDecision]:
    return _whole().filter(among("person", people)).order_by("-decided_at")


@composed_once
def _decision(*, decision: UUID, organisation: UUID) -> QuerySet[ShareDecision]:
    return _whole().filter(id=decision, organisation_id=organisation)


@dataclass(frozen=True)
class ToldUs:
    """What another organisation told the actor's; ``person`` only if the actor may open their record."""

    disclosure: Disclosure
    decision: ShareDecision
    person: Person | None = None
    notices: tuple[RecipientTold, ...] = ()
    disputed: Marks = field(default_factory=dict)


@query()
def told_us(*, actor: Actor, begins: int = 0) -> Leaf[Disclosure]:
    """Return a page of what other organisations told the actor's; without what was told.

    What nobody has confirmed comes first; then the newest first.

    Args:
        actor: who reads it.
        begins: how many to pass over.
    """
    require(permissions.may_read_decisions(actor))
    return leaf(partial(_told_within, actor.member_of), begins, TOLD_AT_ONCE)


def _told_within(organisation: UUID, after: int, until: int) -> list[Disclosure]:
    return _all_told(organisation=organisation, after=after, until=until)


@composed_once
def _all_told(*, organisation: UUID, after: int, until: int) -> QuerySet[Disclosure]:
    found = Disclosure.objects.filter(organisation_id=organisation).annotate(
        confirmed=Q(opened_at__isnull=False)
    )
    in_order = found.select_related("decision", "from_organisation").order_by("confirmed", "-at", "id")
    return rows_between(in_order, after=after, until=until)


@query(records=True)
def told_page(*, actor: Actor, disclosure_id: UUID) -> ToldUs:
    """Return one thing that the actor's organisation was told, and record that they looked.

    Raises:
        NotFoundError: nothing with this id was shared with it.
    """
    require(permissions.may_read_decisions(actor))
    found = disclosure_to(actor=actor, disclosure_id=disclosure_id)
    (decision,) = _told(decision=found.decision_id)
    try:
        person = get_person(actor=actor, person_id=decision.person_id)
    except (NotFoundError, NotAllowedError):  # it may read what it was told without seeing the record
        person = None
    record(events.TOLD_READ, actor=actor, person_id=decision.person_id, about=("disclosure", found.id))
    with beyond_reach(actor):  # those who were told must know that it is disputed, reach or not
        marks = disputed(decision.person_id)
    return ToldUs(found, decision, person, tuple(found.notices.order_by("at")), marks)


@composed_once
def _told(*, decision: UUID) -> QuerySet[ShareDecision]:
    told = ShareDecision.objects.filter(id=decision).select_related("organisation", "override")
    return told.prefetch_related("items", "corrections")


def disclosure_to(*, actor: Actor, disclosure_id: UUID) -> Disclosure:
    """Return what the actor's organisation was told; part of a query or command that checked who asks.

    Raises:
        NotFoundError: nothing with this id was shared with it.
    """
    found = _disclosure(disclosure=disclosure_id, organisation=actor.member_of)
    if not found:
        raise NotFoundError(_("Nothing like this was shared with your organisation."))
    return found[0]


@composed_once
def _disclosure(*, disclosure: UUID, organisation: UUID) -> QuerySet[Disclosure]:
    told = Disclosure.objects.filter(id=disclosure, organisation_id=organisation)
    return told.select_related("from_organisation")


def disclosures_about(*, actor: Actor, person_id: UUID) -> list[Disclosure]:
    """Return everything any organisation was told about a person, the newest first, whoever decided.

    It is the log from which the person's own statement is made, and by which those who were told something
    wrong are warned. Part of a query or command that checked who asks.
    """
    with beyond_reach(actor):
        records = Person.objects.records_of(person_id) | {person_id}
        return _disclosures(people=list(records))


@composed_once
def _disclosures(*, people: list[UUID]) -> QuerySet[Disclosure]:
    return (
        Disclosure.objects.filter(among("decision__person", people))
        .select_related("organisation", "from_organisation", "decision", "decision__override")
        .prefetch_related("decision__items", "decision__looked_again")
        .order_by("-at")
    )


def _whole() -> QuerySet[ShareDecision]:
    return ShareDecision.objects.select_related(
        "organisation", "override", "second_look", "corrects"
    ).prefetch_related(
        "items",
        "later_views",
        "looked_again",
        Prefetch("corrections", corrections_that_count()),
        Prefetch("recipients", Recipient.objects.select_related("organisation", "agreement")),
        Prefetch("disclosures", Disclosure.objects.select_related("organisation")),
    )
