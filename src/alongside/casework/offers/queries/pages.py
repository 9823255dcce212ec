"""What the pages about one person's offers show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.access.permissions import Permission
from alongside.casework.accounts.models import Membership
from alongside.casework.audit.recorder import record
from alongside.casework.directory.models import Service
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.offers import events, permissions
from alongside.casework.offers.models import NotOffered, Offer, Reply, SecondLook
from alongside.casework.offers.queries.answered import adding_up_in, limits, replies_of
from alongside.casework.offers.rules.adding_up import AddingUp
from alongside.casework.offers.rules.not_offered import LOOKED_AT
from alongside.casework.operations import query
from alongside.casework.people.models import Person
from alongside.casework.people.queries import get_person
from alongside.casework.people.queries.disputed import Marks, disputed


@dataclass(frozen=True)
class OffersPage:
    """Everything a person was offered, what they said, and what was not offered; newest first.

    Attributes:
        person: who.
        offers: what was offered.
        replies: what came of each offer, oldest first.
        services: the names of directory entries that are still there, by id.
        not_offered: what was not.
        looks: the second looks at each of those, oldest first.
        adding_up: that refusals add up, if they do.
        reader: who reads.
        disputed: what to show beside what is disputed.
        nobody_looks: what was not offered, by id, at which nobody but whoever wrote it down could look again.
    """

    person: Person
    offers: list[Offer]
    replies: dict[UUID, list[Reply]]
    services: dict[UUID, str]
    not_offered: list[NotOffered]
    looks: dict[UUID, list[SecondLook]]
    adding_up: AddingUp | None
    reader: Actor
    disputed: Marks
    nobody_looks: frozenset[UUID]


@query(records=True)
def offers_page(*, actor: Actor, person_id: UUID, day: date) -> OffersPage:
    """Return what a person was offered and what they said, and record that the actor looked.

    Raises:
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_read_offers(actor))
    person = get_person(actor=actor, person_id=person_id)
    records = everywhere(person)
    offers = _offers(people=records)
    told = replies_of(records) if offers else []
    replies: dict[UUID, list[Reply]] = defaultdict(list)
    for each in told:
        replies[each.offer_id].append(each)
    not_offered = _not_offered(people=records)
    looks = {each.id: sorted(each.looks.all(), key=lambda look: look.at) for each in not_offered}
    services = {each.service_id for each in offers if each.service_id}
    names = _names(services=list(services)) if services else ()
    record(events.OFFERS_SEEN, actor=actor, person_id=person.id)
    return OffersPage(
        person=person,
        offers=offers,
        replies=replies,
        services=dict(names),
        not_offered=not_offered,
        looks=looks,
        adding_up=adding_up_in(told, day=day, within=limits()),
        reader=actor,
        disputed=disputed(person.id),
        nobody_looks=_nobody_looks(not_offered, day),
    )


def _nobody_looks(not_offered: list[NotOffered], day: date) -> frozenset[UUID]:
    """Return those whose organisation has no other manager; only of those that a manager looks at."""
    looked_at = [each for each in not_offered if each.why in LOOKED_AT]
    if not looked_at:
        return frozenset()
    able = set(_able(organisations=[each.organisation_id for each in looked_at], day=day))
    return frozenset(
        each.id
        for each in looked_at
        if not any(here == each.organisation_id and who != each.recorded_by_id for here, who in able)
    )


@composed_once
def _able(*, organisations: list[UUID], day: date) -> QuerySet[Membership, Any]:
    there = Membership.objects.on(day).who_may(Permission.OFFER_REVIEW).filter(user__is_active=True)
    return there.filter(among("organisation", organisations)).values_list("organisation_id", "user_id")


@composed_once
def _offers(*, people: list[UUID]) -> QuerySet[Offer]:
    made = Offer.objects.filter(among("person", people)).select_related("organisation", "instead_of")
    return made.order_by("-offered_on", "-recorded_at")


@composed_once
def _not_offered(*, people: list[UUID]) -> QuerySet[NotOffered]:
    noted = NotOffered.objects.filter(among("person", people)).select_related("organisation")
    return noted.prefetch_related("looks").order_by("-decided_on", "-recorded_at")


@composed_once
def _names(*, services: list[UUID]) -> QuerySet[Service, tuple[UUID, str]]:
    return Service.objects.filter(among("id", services)).values_list("id", "name")


@dataclass(frozen=True)
class OfferAsked:
    """What the form for a new offer shows: the person, services to choose from, and earlier offers."""

    person: Person
    services: list[tuple[UUID, str, str]]
    earlier: list[Offer]


@query(records=True)
def offer_to_make(*, actor: Actor, person_id: UUID) -> OfferAsked:
    """Return what the form for a new offer shows, and record that the actor saw earlier ones.

    Raises:
        NotAllowedError: the actor may not send the form.
        NotFoundError: there is no such person, or the actor may not see them.
    """
    require(permissions.may_record_offers(actor))
    person = get_person(actor=actor, person_id=person_id)
    record(events.OFFERS_SEEN, actor=actor, person_id=person.id)
    return OfferAsked(person, _to_choose_from(), _offers(people=everywhere(person)))


@composed_once
def _to_choose_from() -> QuerySet[Service, tuple[UUID, str, str]]:
    own = Service.objects.offered().own().order_by("name")
    return own.values_list("id", "name", "organization__name")


@query(records=True)
def offer_to_answer(*, actor: Actor, person_id: UUID, offer_id: UUID) -> tuple[Offer, Reply | None]:
    """Return the offer that a form is about and its newest reply, and record that the actor looked.

    Raises:
        NotAllowedError: the actor may not send the form.
        NotFoundError: there is no such person or offer, or they are not the actor's to see.
    """
    require(permissions.may_record_offers(actor))
    person = get_person(actor=actor, person_id=person_id)
    offer = offer_of(everywhere(person), offer_id)
    record(events.OFFERS_SEEN, actor=actor, person_id=person.id)
    return offer, newest_reply(offer)


@query(records=True)
def to_look_at_again(*, actor: Actor, person_id: UUID, not_offered_id: UUID) -> NotOffered:
    """Return help that was not offered, for a manager to look at, and record that they saw it.

    Raises:
        NotAllowedError: they may not look again at this.
        NotFoundError: there is no such person, or nothing with this id that was not offered to them.
    """
    require(permissions.may_look_again(actor))
    person = get_person(actor=actor, person_id=person_id)
    noted = not_offered_of(everywhere(person), not_offered_id)
    require(permissions.may_look_again_at(actor, noted))
    record(events.OFFERS_SEEN, actor=actor, person_id=person.id)
    return noted


def everywhere(person: Person) -> list[UUID]:
    """Return the ids of all records of a person, within the actor's reach."""
    return list(Person.objects.records_of(person.id))


def offer_of(records: list[UUID], offer_id: UUID) -> Offer:
    """Return one offer made under some records. Part of a query or command that checked who asks.

    Raises:
        NotFoundError: there is none.
    """
    found = _offer(offer=offer_id, people=records)
    if not found:
        raise NotFoundError(_("There is no such offer."))
    return found[0]


@composed_once
def _offer(*, offer: UUID, people: list[UUID]) -> QuerySet[Offer]:
    made = Offer.objects.filter(among("person", people), id=offer)
    return made.select_related("organisation", "person")


def not_offered_of(records: list[UUID], not_offered_id: UUID) -> NotOffered:
    """Return what was not offered under some records. Part of a query or command that checked who asks.

    Raises:
        NotFoundError: there is nothing with this id.
    """
    for each in _not_offered(people=records):
        if each.id == not_offered_id:
            return each
    raise NotFoundError(_("There is no such record of help that was not offered."))


def newest_reply(offer: Offer) -> Reply | None:
    """Return the last reply that was written down."""
    return Reply.objects.filter(offer=offer).select_related("organisation").order_by("place").last()
