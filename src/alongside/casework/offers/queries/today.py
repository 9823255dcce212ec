"""What offers ask of a member's day: refusals that add up, promises to come back, and second looks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.audit.recorder import record
from alongside.casework.offers import events, permissions
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.offers.queries.answered import adding_up_in, limits
from alongside.casework.offers.rules.adding_up import AddingUp, months_before
from alongside.casework.offers.rules.not_offered import LOOKED_AT, Verdict
from alongside.casework.offers.rules.offering import LEAVES_WITHOUT, Answer
from alongside.casework.operations import query
from alongside.casework.people.models import Involvement, Person


@dataclass(frozen=True)
class AfterNo:
    """One person whom the actor's organisation works with, and what is to be done after they said no.

    Attributes:
        person: who.
        adding_up: that their refusals add up, if they do.
        come_back: replies after which the organisation is due to come back to them, the longest due first.
    """

    person: Person
    adding_up: AddingUp | None
    come_back: tuple[Reply, ...]


@dataclass(frozen=True)
class NotTheEnd:
    """What goes on after a no: people, and help to be offered after all, the longest waiting first."""

    after_no: list[AfterNo]
    after_all: list[NotOffered]


@query(records=True)
def not_the_end(*, actor: Actor, day: date) -> NotTheEnd:
    """Return for whom refusals add up, or somebody is due to come back, and record that the actor was told.

    Of people the actor's organisation is in touch with, or offered help, or heard an answer from; of
    refusals, those that any agency heard. People whose refusals add up come first. And what a manager said
    is to be offered after all.
    """
    require(permissions.may_read_offers(actor))
    of_person, people = _left_without(since=months_before(day, limits().months), day=day)
    with_us = _worked_with(actor, of_person)
    told = []
    for person_id, replies in of_person.items():
        if person_id not in with_us or people[person_id].died_on:
            continue
        adding_up = adding_up_in(replies, day=day)
        come_back = _to_come_back(replies, actor.member_of, day)
        if adding_up or come_back:
            told.append(AfterNo(people[person_id], adding_up, come_back))
    after_all = _to_offer_after_all(actor)
    record(events.REFUSALS_LISTED, actor=actor, count=len(told) + len(after_all))
    told.sort(key=lambda each: (not each.adding_up, each.person.known_as, str(each.person.id)))
    return NotTheEnd(told, after_all)


def _left_without(*, since: date, day: date) -> tuple[dict[UUID, list[Reply]], dict[UUID, Person]]:
    """Replies to offers that left somebody without that help, by person; and the people."""
    left = Reply.objects.filter(answer__in=LEAVES_WITHOUT, on__gt=since, on__lte=day)
    replies = list(
        Reply.objects.filter(offer__in=left.values("offer"))
        .annotate(replaced=Exists(Offer.objects.filter(instead_of=OuterRef("offer"))))
        .select_related("offer__person", "offer__organisation")
        .order_by("offer_id", "on", "place")
    )
    people = {each.offer.person_id: each.offer.person for each in replies}
    while above := {each.merged_into_id for each in people.values() if each.merged_into_id} - set(people):
        found = Person.objects.in_bulk(above)
        if not found:
            break
        people |= found
    of_person: dict[UUID, list[Reply]] = defaultdict(list)
    for each in replies:
        person = each.offer.person
        while person.merged_into_id in people:
            person = people[person.merged_into_id]
        of_person[person.id].append(each)
    return of_person, people


def _worked_with(actor: Actor, of_person: dict[UUID, list[Reply]]) -> set[UUID]:
    """Which of them the organisation is in touch with, or offered help, or heard an answer from."""
    ours = {
        person_id
        for person_id, replies in of_person.items()
        if any(actor.member_of in (each.organisation_id, each.offer.organisation_id) for each in replies)
    }
    # a record that was merged into theirs, or into one that was, may be the one we are in touch under
    joined = ("person", "person__merged_into", "person__merged_into__merged_into")
    of_record = {
        record: person_id
        for person_id, replies in of_person.items()
        for record in {person_id, *(each.offer.person_id for each in replies)}
    }
    under = Q()
    for path in joined:
        under |= Q(**{f"{path}__in": list(of_record)})
    if not of_record:
        return ours
    in_touch = Involvement.objects.filter(under, organisation_id=actor.member_of, until=None)
    for row in in_touch.values_list(*joined):
        ours |= {of_record[record] for record in row if record in of_record}
    return ours


def _to_come_back(replies: list[Reply], organisation_id: UUID, day: date) -> tuple[Reply, ...]:
    """Newest replies after which the organisation is due, unless it offered something instead since."""
    newest = {each.offer_id: each for each in replies}
    due = [
        each
        for each in newest.values()
        if each.organisation_id == organisation_id
        and each.answer != Answer.ACCEPTED
        and each.next_on is not None
        and each.next_on <= day
        and not each.replaced  # type: ignore[attr-defined]
    ]
    return tuple(sorted(due, key=lambda each: (each.next_on or day, str(each.id))))


@query(records=True)
def second_looks_waiting(*, actor: Actor) -> list[NotOffered]:
    """Return what the actor's organisation did not offer and a manager is to look at, the oldest first.

    What a manager settled is not among it; what they want to talk about first still is. What the actor wrote
    down themself is somebody else's to look at.
    """
    require(permissions.may_look_again(actor))
    settled = NotOffered.objects.filter(looks__verdict__in=[Verdict.AGREE, Verdict.OFFER])
    waiting = list(
        NotOffered.objects.filter(organisation_id=actor.member_of, why__in=LOOKED_AT)
        .exclude(recorded_by_id=actor.account)
        .exclude(id__in=settled.values("id"))
        .select_related("person")
        .prefetch_related("looks")
        .order_by("decided_on", "recorded_at")
    )
    record(events.LOOKS_LISTED, actor=actor, count=len(waiting))
    return waiting


def _to_offer_after_all(actor: Actor) -> list[NotOffered]:
    """What a manager said is to be offered after all, and nobody of the organisation has since.

    Once an offer of that kind of help is written down for the person, it is done.
    """
    since = Offer.objects.filter(
        person=OuterRef("person"),
        kind=OuterRef("kind"),
        organisation_id=actor.member_of,
        offered_on__gte=OuterRef("decided_on"),
    )
    return list(
        NotOffered.objects.filter(organisation_id=actor.member_of, looks__verdict=Verdict.OFFER)
        .exclude(Exists(since))
        .select_related("person")
        .order_by("decided_on", "recorded_at")
    )
