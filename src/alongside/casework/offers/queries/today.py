"""What offers add to the Today page: refusals that add up, promises to go back, and second looks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import require
from alongside.casework.kernel.composed import among, composed_once
from alongside.casework.offers import permissions
from alongside.casework.offers.models import NotOffered, Offer, Reply, SecondLook
from alongside.casework.offers.queries.answered import adding_up_in, limits
from alongside.casework.offers.rules.adding_up import AddingUp, months_before
from alongside.casework.offers.rules.not_offered import LOOKED_AT, Verdict
from alongside.casework.offers.rules.offering import LEAVES_WITHOUT, SETTLES, Answer
from alongside.casework.operations import query
from alongside.casework.people.models import Involvement, Person


@dataclass(frozen=True)
class AfterNo:
    """One person the actor's organisation works with, and what there is to do after they said no.

    Attributes:
        person: who.
        adding_up: how their refusals add up, if they do.
        come_back: replies after which the organisation is due to go back to them, the longest due first.
        look_again: refused assessments that it is due to look at again (Care Act 2014, section 11).
    """

    person: Person
    adding_up: AddingUp | None
    come_back: tuple[Reply, ...]
    look_again: tuple[Reply, ...]

    @property
    def due(self) -> date | None:
        """The first day that was promised or set; None where refusals add up and no day was."""
        days = [each.next_on for each in self.come_back] + [each.revisit_on for each in self.look_again]
        return min((each for each in days if each), default=None)


@dataclass(frozen=True)
class OffersToday:
    """What offers add to the Today page.

    Attributes:
        after_no: people somebody must talk to or go back to, starting with those whose refusals add up.
        after_all: help that a manager said is to be offered after all, the longest waiting first.
        to_look_at: help that was not offered, for the actor to look at, the longest waiting first.
    """

    after_no: list[AfterNo]
    after_all: list[NotOffered]
    to_look_at: list[NotOffered]


@query(shows_people=True)
def offers_today(*, actor: Actor, day: date) -> OffersToday:
    """Return what offers give an actor to do on a day; the Today page records that it was shown.

    After a no: people whom the actor's organisation is in touch with, has offered help, or has heard an
    answer from, with the refusals that any agency heard. Not offered: the organisation's own decisions.

    It runs on every visit to the Today page, so it makes two statements and no more.
    """
    require(permissions.may_read_offers(actor))
    after_no = _after_no(actor, day)
    after_all, to_look_at = _not_offered(actor)
    return OffersToday(after_no, after_all, to_look_at)


def _after_no(actor: Actor, day: date) -> list[AfterNo]:
    within = limits()
    of_person, people, with_us = _left_without(actor, since=months_before(day, within.months), day=day)
    told = []
    for person_id, replies in of_person.items():
        if person_id not in with_us or any(each.died for each in replies):  # type: ignore[attr-defined]
            continue
        adding_up = adding_up_in(replies, day=day, within=within)
        promised = _last_words(replies, of=actor.member_of)
        not_replaced = [each for each in promised if not each.replaced]  # type: ignore[attr-defined]
        come_back = _due("next_on", not_replaced, day)
        look_again = _due("revisit_on", _standing(replies, of=actor.member_of), day)
        if adding_up or come_back or look_again:
            told.append(AfterNo(people[person_id], adding_up, come_back, look_again))
    return sorted(told, key=lambda each: (not each.adding_up, each.person.known_as, str(each.person.id)))


def _left_without(
    actor: Actor, *, since: date, day: date
) -> tuple[dict[UUID, list[Reply]], dict[UUID, Person], set[UUID]]:
    """Replies to offers that left people without help, by person; the people; and those we work with."""
    replies = _replies(organisation=actor.member_of, since=since, day=day)
    people = {each.offer.person_id: each.offer.person for each in replies}
    while above := {each.merged_into_id for each in people.values() if each.merged_into_id} - set(people):
        seen = Person.objects.in_bulk(above)
        if not seen:  # in an emergency, one record may be open but not the one it was merged into
            break
        people |= seen
    of_person: dict[UUID, list[Reply]] = defaultdict(list)
    with_us: set[UUID] = set()
    for each in replies:
        person = each.offer.person
        while person.merged_into_id in people:
            person = people[person.merged_into_id]
        of_person[person.id].append(each)
        heard_or_offered = actor.member_of in (each.organisation_id, each.offer.organisation_id)
        if heard_or_offered or each.in_touch:  # type: ignore[attr-defined]
            with_us.add(person.id)
    return of_person, people, with_us


@composed_once
def _replies(*, organisation: UUID, since: date, day: date) -> QuerySet[Reply]:
    """Every reply to offers that left somebody without help in that time, and whether we are in touch."""
    ours = Involvement.objects.filter(organisation_id=organisation, until=None)
    # if two records were merged, we may be in touch under the other one
    in_touch = (
        Q(Exists(ours.filter(person=OuterRef("offer__person"))))
        | Q(Exists(ours.filter(person__merged_into=OuterRef("offer__person"))))
        | Q(Exists(ours.filter(person=OuterRef("offer__person__merged_into"))))
    )
    left = Reply.objects.filter(answer__in=LEAVES_WITHOUT, on__gt=since, on__lte=day)
    return (
        Reply.objects.filter(offer__in=left.values("offer"))
        .annotate(
            replaced=Exists(Offer.objects.filter(instead_of=OuterRef("offer"))),
            in_touch=in_touch,
            died=Person.objects.has_died("offer__person_id"),
        )
        .select_related("offer__person", "offer__organisation")
        .order_by("offer_id", "on", "place")
    )


def _last_words(replies: list[Reply], *, of: UUID) -> list[Reply]:
    """The last reply to each offer, where the organisation heard it and it is no yes.

    That others have not reached them since does not keep the promise of whoever said when to come back.
    """
    last = {each.offer_id: each for each in replies if each.organisation_id == of or each.answer in SETTLES}
    return [each for each in last.values() if each.organisation_id == of and each.answer != Answer.ACCEPTED]


def _standing(replies: list[Reply], *, of: UUID) -> list[Reply]:
    """The reply to each offer that counts, where the organisation heard it and it is no yes.

    A no counts, and with it the day on which a refused assessment must be looked at again, until another
    answer settles it: that nobody could be reached since changes neither.
    """
    stands = {each.offer_id: each for each in replies if each.answer in SETTLES}
    return [each for each in stands.values() if each.organisation_id == of and each.answer != Answer.ACCEPTED]


def _due(column: str, replies: list[Reply], day: date) -> tuple[Reply, ...]:
    """Those whose day has come, the longest due first."""
    due = [(when, str(each.id), each) for each in replies if (when := getattr(each, column)) and when <= day]
    return tuple(each for _when, _id, each in sorted(due, key=lambda found: found[:2]))


def _not_offered(actor: Actor) -> tuple[list[NotOffered], list[NotOffered]]:
    """What the organisation is to offer after all and has not yet; and what is waiting for a second look.

    Once an offer of that kind of help is written down for the person, on any of their records, after a
    manager said so, it is done.
    What a manager wants to talk about first still waits; what somebody wrote down themself is for somebody
    else to look at.
    """
    looks_again = permissions.may_look_again(actor).allowed
    found = _after_all_or_waiting(looks_again, organisation=actor.member_of, user=actor.account)
    settled: list[NotOffered] = [each for each in found if each.settled]  # type: ignore[attr-defined]
    waiting: list[NotOffered] = [each for each in found if not each.settled]  # type: ignore[attr-defined]
    return settled, waiting


@composed_once
def _after_all_or_waiting(looks_again: bool, /, *, organisation: UUID, user: UUID) -> QuerySet[NotOffered]:
    looks = SecondLook.objects.filter(not_offered=OuterRef("id"))
    to_offer = looks.filter(verdict=Verdict.OFFER)
    # if records were joined, help may have been offered under any of them
    offered_since = Offer.objects.filter(
        among("person_id", Person.objects.all_of_whom("person_id")),
        kind=OuterRef("kind"),
        organisation_id=organisation,
        recorded_at__gte=OuterRef("said_at"),
    )
    after_all = Q(offer_it=True, offered=False)
    waits = Q(settled=False, why__in=LOOKED_AT) & ~Q(recorded_by_id=user)
    return (
        NotOffered.objects.filter(~Person.objects.has_died("person_id"), organisation_id=organisation)
        .annotate(settled=Exists(looks.exclude(verdict=Verdict.DISCUSS)))
        .alias(said_at=Subquery(to_offer.values("at")[:1]))
        .alias(
            offer_it=Exists(to_offer),
            # Coalesce changes no answer: it keeps PostgreSQL from comparing every gap with every offer, and
            # following merges for each pair, which takes minutes; so each gap's few offers have their index
            offered=Coalesce(Exists(offered_since), False),
        )
        .filter(after_all | waits if looks_again else after_all)
        .select_related("person")
        .order_by("decided_on", "recorded_at")
    )
