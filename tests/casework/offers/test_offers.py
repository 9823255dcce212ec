"""Offers and replies: who writes them, what is recorded, and that nothing of them is ever changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.casework.offers.conftest import (
    DAY,
    AnOffer,
    AReply,
    made,
    refused,
    see_all,
    told,
)
from tests.casework.people.conftest import somebody_at

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError, StaleError
from alongside.casework.offers.commands.not_offering import look_again
from alongside.casework.offers.commands.offering import WrongOfferError, record_offer, record_reply
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.offers.queries.answered import refusals_of
from alongside.casework.offers.queries.pages import offers_page
from alongside.casework.offers.queries.today import offers_today
from alongside.casework.offers.rules.adding_up import Ground
from alongside.casework.offers.rules.assessment import Known
from alongside.casework.offers.rules.not_offered import NotOfferedWhy, Verdict
from alongside.casework.offers.rules.offering import Answer, Kind, PutOff
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.commands.involvement import note_involvement
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
TABLES = ("offer", "reply", "notoffered", "secondlook")


def last() -> AuditEvent:
    event = AuditEvent.objects.order_by("sequence").last()
    assert event is not None
    return event


@contextmanager
def as_seen_by(actor: Actor) -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        tell_database(actor)
        yield cursor


@pytest.mark.proves("MARM-07")
def test_an_offer_and_the_answer_in_the_persons_words_are_kept_and_recorded(
    bee: Person, asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha)
    assert (last().code, last().details, last().person_id) == ("offers.offered", {"sort": "care"}, bee.id)
    reply = a_reply(asha, offer, put_off=frozenset({PutOff.PAST, PutOff.TIME}))
    assert (last().code, last().details) == ("offers.replied", {"answer": "declined"})
    page = offers_page(actor=dee, person_id=bee.id, day=DAY)
    assert [each.id for each in page.offers] == [offer.id]
    assert [each.own_words for each in page.replies[offer.id]] == ["A key to my own door, not a rota."]
    assert reply.put_off == ["time", "past"]
    assert (last().code, last().organisation_name) == ("offers.seen", "Been There")


def test_a_changed_mind_stands_beside_what_was_said_before_whoever_heard_it(
    bee: Person, asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha)
    no = a_reply(asha, offer)
    yes = a_reply(dee, offer, Answer.ACCEPTED, after=no, own_words="If Dee comes too.")
    replies = offers_page(actor=asha, person_id=bee.id, day=DAY).replies[offer.id]
    assert [each.id for each in replies] == [no.id, yes.id]
    assert (no.place, yes.place, yes.organisation_id) == (1, 2, dee.member_of)


def test_of_two_who_hear_an_answer_at_once_the_second_is_told(
    asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha)
    first = a_reply(asha, offer)
    with pytest.raises(StaleError):
        a_reply(dee, offer, Answer.ACCEPTED)
    a_reply(dee, offer, Answer.ACCEPTED, after=first)
    with pytest.raises(StaleError):
        a_reply(asha, offer, after=first)
    see_all()
    assert Reply.objects.count() == 2


@pytest.mark.parametrize(
    "other", [{"what": ""}, {"explained": frozenset()}, {"offered_on": date(2027, 1, 1)}]
)
def test_half_an_offer_is_refused_and_nothing_is_kept(
    bee: Person, asha: Actor, at: datetime, other: dict[str, Any]
) -> None:
    with pytest.raises(WrongOfferError):
        record_offer(actor=asha, at=at, person_id=bee.id, made=made(**other))
    see_all()
    assert not Offer.objects.exists()


def test_a_service_that_there_is_not_and_an_offer_of_somebody_else_are_not_found(
    bee: Person, asha: Actor, an_offer: AnOffer, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        an_offer(asha, service_id=uuid4())
    stan = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Stan"})
    of_stan = an_offer(asha, to=stan)
    with pytest.raises(NotFoundError):
        an_offer(asha, instead_of_id=of_stan.id)
    with pytest.raises(NotFoundError):
        record_reply(actor=asha, at=at, person_id=bee.id, offer_id=of_stan.id, opened_after=None, told=told())


def test_whoever_does_not_work_with_people_writes_no_offers(
    bee: Person, council: Organisation, asha: Actor, an_offer: AnOffer, at: datetime
) -> None:
    with pytest.raises(NotAllowedError):
        an_offer(somebody_at(council, "governance_lead"))
    with pytest.raises(NotAllowedError):
        offers_page(actor=somebody_at(council, "approver"), person_id=bee.id, day=DAY)


def test_another_organisations_person_and_a_missing_one_are_answered_alike(
    bee: Person, an_offer: AnOffer, asha: Actor, at: datetime
) -> None:
    an_offer(asha)
    police = Organisation.join(code="valley-police", name="Valley Police", kind="police")
    kit = somebody_at(police, "practitioner", name="Kit Lowe")
    answers = set()
    for person_id in (bee.id, uuid4()):
        with pytest.raises(NotFoundError) as answer:
            offers_page(actor=kit, person_id=person_id, day=DAY)
        answers.add(str(answer.value))
    assert len(answers) == 1
    with as_seen_by(kit) as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from offers_{table}")
            assert cursor.fetchone() == (0,), table


# what the database itself refuses


def test_no_sql_changes_or_deletes_what_was_offered_and_said(
    asha: Actor, gwen: Actor, bee: Person, an_offer: AnOffer, a_reply: AReply, a_gap: Any, at: datetime
) -> None:
    a_reply(asha, an_offer(asha))
    look_again(
        actor=gwen,
        at=at,
        person_id=bee.id,
        not_offered_id=a_gap(asha).id,
        verdict=Verdict.OFFER,
        words="Ask.",
    )
    for table, column in zip(TABLES, ("what", "own_words", "words", "words"), strict=True):
        with as_seen_by(asha) as cursor:
            cursor.execute(f"select count(*) from offers_{table}")
            assert cursor.fetchone() == (1,), table
        for statement in (f"update offers_{table} set {column} = 'x'", f"delete from offers_{table}"):
            with pytest.raises(DatabaseError, match="is kept as it was"), as_seen_by(asha) as cursor:
                cursor.execute(statement)


@pytest.mark.parametrize(
    ("kind", "answer", "other", "why"),
    [
        (Kind.NEEDS_ASSESSMENT, Answer.DECLINED, {}, "section 11"),
        (Kind.NEEDS_ASSESSMENT, Answer.DECLINED, {"refused": refused(revisit_on=None)}, "section 11"),
        (Kind.CARE, Answer.DECLINED, {"refused": refused()}, "section 11"),
        (Kind.CARE, Answer.DECLINED, {"own_words": ""}, "declined_in_own_words"),
        (Kind.CARE, Answer.DECLINED, {"next_on": None}, "a_refusal_is_never_the_end"),
        (Kind.CARE, Answer.NOT_ACCESSIBLE, {"next_by": ""}, "a_refusal_is_never_the_end"),
        (Kind.CARE, Answer.NOT_ACCESSIBLE, {"not_accessible_why": ""}, "not_accessible_why"),
    ],
)
def test_the_database_keeps_no_refusal_that_stands_alone_whoever_writes_it(
    asha: Actor, an_offer: AnOffer, at: datetime, kind: Kind, answer: Answer, other: dict[str, Any], why: str
) -> None:
    offer = an_offer(asha, kind=kind)
    row = told(answer, **other)
    kept = Reply(
        offer=offer, place=1, answer=row.answer, on=row.on, own_words=row.own_words, put_off=[],
        not_accessible_why=row.not_accessible_why, next_step=row.next_step, next_by=row.next_by,
        next_on=row.next_on, lacks_capacity=row.refused.lacks_capacity or "",
        at_risk=row.refused.at_risk or "", decided_by=row.refused.decided_by,
        decided_on=row.refused.decided_on, revisit_on=row.refused.revisit_on,
        organisation_id=asha.member_of, recorded_by="x", recorded_at=at,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match=why), as_seen_by(asha):
        kept.save(force_insert=True)


def test_a_declined_assessment_is_kept_with_who_decided_and_when_it_is_looked_at_again(
    asha: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha, kind=Kind.NEEDS_ASSESSMENT)
    with pytest.raises(WrongOfferError, match="a refusal is never taken on its own"):
        a_reply(asha, offer)
    reply = a_reply(asha, offer, refused=refused(at_risk=Known.YES))
    assert (reply.lacks_capacity, reply.at_risk, reply.revisit_on) == ("no", "yes", date(2026, 12, 1))


# refusals that add up


def test_refusals_add_up_over_agencies_and_over_records_that_were_joined(
    bee: Person, asha: Actor, gwen: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply, at: datetime
) -> None:
    twin = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"})
    a_reply(asha, an_offer(asha, to=twin))
    a_reply(dee, an_offer(dee, kind=Kind.MONEY_FOOD))
    see_all()
    assert refusals_of(records=[bee.id], day=DAY) is None
    merge_people(actor=gwen, at=at, kept_id=bee.id, absorbed_id=twin.id, reason="One person.")
    see_all()
    for record in (bee.id, twin.id):
        found = refusals_of(records=Person.objects.records_of(record), day=DAY)
        assert found is not None
        assert found.grounds == (Ground.SEVERAL,)
    for actor in (asha, dee):
        assert [each.person.id for each in offers_today(actor=actor, day=DAY).after_no] == [bee.id]
    page = offers_page(actor=dee, person_id=twin.id, day=DAY)
    assert page.person.id == bee.id
    assert len(page.offers) == 2
    assert page.adding_up is not None


@pytest.mark.proves("MARM-07")
def test_whoever_works_with_the_person_is_told_on_the_day_that_refusals_add_up(
    bee: Person, asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply, at: datetime
) -> None:
    a_reply(asha, an_offer(asha))
    assert offers_today(actor=dee, day=DAY).after_no == []
    a_reply(dee, an_offer(dee, kind=Kind.HEALTH))
    for actor in (asha, dee):
        (told_of,) = offers_today(actor=actor, day=DAY).after_no
        assert told_of.person.id == bee.id
        assert told_of.adding_up is not None
    homes = Organisation.join(code="homes", name="Riverside Homes", kind="housing")
    Reach.give(person_id=bee.id, organisation_id=homes.id, why=ReachWhy.RELEASED, at=at)
    assert offers_today(actor=somebody_at(homes, "practitioner"), day=DAY).after_no == []


def test_whoever_promised_to_come_back_is_reminded_until_something_came_of_it(
    asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    def due(actor: Actor, day: date) -> int:
        return sum(len(each.come_back) for each in offers_today(actor=actor, day=day).after_no)

    offer = an_offer(asha, kind=Kind.COMPANY)
    no = a_reply(asha, offer, next_on=DAY)
    assert [due(asha, date(2026, 11, 1)), due(asha, DAY), due(dee, DAY)] == [0, 1, 0]
    a_reply(asha, offer, Answer.NOT_REACHED, after=no)
    assert due(asha, DAY) == 0
    another = an_offer(asha, kind=Kind.COMPANY)
    a_reply(asha, another, next_on=DAY)
    assert due(asha, DAY) == 1
    an_offer(asha, kind=Kind.COMPANY, instead_of_id=another.id)
    assert due(asha, DAY) == 0


def test_a_refused_assessment_is_looked_at_again_on_its_day(
    asha: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha, kind=Kind.NEEDS_ASSESSMENT)
    no = a_reply(asha, offer, refused=refused(revisit_on=DAY), next_on=date(2027, 1, 1))
    assert offers_today(actor=asha, day=date(2026, 11, 1)).after_no == []
    (told_of,) = offers_today(actor=asha, day=DAY).after_no
    assert (told_of.come_back, [each.id for each in told_of.look_again]) == ((), [no.id])


def test_neither_the_promise_nor_the_day_of_a_refused_assessment_goes_because_others_did_not_reach_them(
    asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    def due(actor: Actor, day: date) -> tuple[int, int]:
        after_no = offers_today(actor=actor, day=day).after_no
        return sum(len(each.come_back) for each in after_no), sum(len(each.look_again) for each in after_no)

    offer = an_offer(asha, kind=Kind.NEEDS_ASSESSMENT)
    no = a_reply(asha, offer, refused=refused(revisit_on=DAY), next_on=DAY)
    assert due(asha, DAY) == (1, 1)
    theirs = a_reply(dee, offer, Answer.NOT_REACHED, after=no)
    assert (due(asha, DAY), due(dee, DAY)) == ((1, 1), (0, 0))
    ours = a_reply(asha, offer, Answer.NOT_REACHED, after=theirs)
    assert due(asha, DAY) == (0, 1), "whoever came back kept the promise; the duty to assess stands"
    a_reply(dee, offer, Answer.ACCEPTED, after=ours)
    assert due(asha, DAY) == (0, 0)


def test_who_is_in_touch_under_one_record_is_told_of_refusals_under_the_other(
    bee: Person, asha: Actor, gwen: Actor, an_offer: AnOffer, a_reply: AReply, at: datetime
) -> None:
    twin = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"})
    homes = Organisation.join(code="homes", name="Riverside Homes", kind="housing")
    Reach.give(person_id=twin.id, organisation_id=homes.id, why=ReachWhy.REFERRED, at=at)
    tom = somebody_at(homes, "practitioner", name="Tom Reilly")
    note_involvement(actor=tom, at=at, person_id=twin.id)
    a_reply(asha, an_offer(asha, urgent=True))
    assert offers_today(actor=tom, day=DAY).after_no == []
    merge_people(actor=gwen, at=at, kept_id=bee.id, absorbed_id=twin.id, reason="One person.")
    assert [each.person.id for each in offers_today(actor=tom, day=DAY).after_no] == [bee.id]


def test_a_record_opened_in_an_emergency_without_the_one_it_was_merged_into_stops_no_page(
    bee: Person, asha: Actor, gwen: Actor, an_offer: AnOffer, a_reply: AReply, at: datetime
) -> None:
    twin = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"})
    a_reply(asha, an_offer(asha, to=twin, urgent=True))
    merge_people(actor=gwen, at=at, kept_id=bee.id, absorbed_id=twin.id, reason="One person.")
    police = Organisation.join(code="valley-police", name="Valley Police", kind="police")
    kit = replace(somebody_at(police, "practitioner"), emergency_people=frozenset({twin.id}))
    assert offers_today(actor=kit, day=DAY).after_no == []


def test_nobody_is_told_of_somebody_who_has_died(
    bee: Person, asha: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    a_reply(asha, an_offer(asha, urgent=True))
    assert len(offers_today(actor=asha, day=DAY).after_no) == 1
    see_all()
    Person.objects.filter(id=bee.id).update(died_on=DAY)
    assert offers_today(actor=asha, day=DAY).after_no == []


def test_what_was_not_offered_waits_no_longer_once_a_joined_record_says_that_the_person_died(
    bee: Person, asha: Actor, gwen: Actor, a_gap: Any, at: datetime
) -> None:
    a_gap(asha)
    twin = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known={"known_as": "Beatrice"})
    merge_people(actor=gwen, at=at, kept_id=twin.id, absorbed_id=bee.id, reason="One person.")
    assert len(offers_today(actor=gwen, day=DAY).to_look_at) == 1
    see_all()
    Person.objects.filter(id=twin.id).update(died_on=DAY)
    assert offers_today(actor=gwen, day=DAY).to_look_at == []


# what was not offered


@pytest.mark.proves("ENABLE-26")
def test_help_that_was_not_offered_is_kept_with_the_reason_and_waits_for_a_manager(
    bee: Person, asha: Actor, gwen: Actor, dee: Actor, a_gap: Any
) -> None:
    judged = [a_gap(asha), a_gap(asha, NotOfferedWhy.RISK_TO_STAFF)]
    assert (last().code, last().details) == ("offers.not_offered", {"why": "risk_to_staff"})
    a_gap(asha, NotOfferedWhy.WAITING_LIST)
    a_gap(dee)
    assert {each.id for each in offers_today(actor=gwen, day=DAY).to_look_at} == {each.id for each in judged}
    assert len(offers_page(actor=dee, person_id=bee.id, day=DAY).not_offered) == 4


def test_half_a_reason_is_refused(a_gap: Any, asha: Actor) -> None:
    for other in ({"words": ""}, {"thought_by": ""}, {"decided_on": date(2027, 1, 1)}):
        with pytest.raises(WrongOfferError):
            a_gap(asha, **other)
    see_all()
    assert not NotOffered.objects.exists()


@pytest.mark.proves("ENABLE-26")
def test_a_manager_looks_again_and_what_is_to_be_offered_after_all_waits_until_it_is(
    bee: Person, asha: Actor, gwen: Actor, a_gap: Any, an_offer: AnOffer, at: datetime
) -> None:
    gap = a_gap(asha)
    leaflet = made(kind=Kind.SUBSTANCES, what="A leaflet about drink", offered_on=date(2026, 10, 22))
    record_offer(actor=asha, at=at - timedelta(hours=1), person_id=bee.id, made=leaflet)

    def look(verdict: Verdict, words: str = "People change.", by: Actor = gwen) -> None:
        look_again(actor=by, at=at, person_id=bee.id, not_offered_id=gap.id, verdict=verdict, words=words)

    with pytest.raises(WrongOfferError):
        look(Verdict.AGREE, " ")
    look(Verdict.DISCUSS)
    assert len(offers_today(actor=gwen, day=DAY).to_look_at) == 1
    look(Verdict.OFFER)
    assert (last().code, last().details) == ("offers.looked_again", {"verdict": "offer"})
    assert offers_today(actor=gwen, day=DAY).to_look_at == []
    with pytest.raises(AlreadyDoneError):
        look(Verdict.AGREE)
    assert [each.id for each in offers_today(actor=asha, day=DAY).after_all] == [gap.id]
    an_offer(asha, kind=Kind.SUBSTANCES, offered_on=date(2026, 10, 25))
    assert offers_today(actor=asha, day=DAY).after_all == []


def test_nobody_looks_again_at_their_own_decision_nor_at_another_organisations(
    bee: Person, asha: Actor, gwen: Actor, charity: Organisation, a_gap: Any, at: datetime
) -> None:
    own = a_gap(gwen)
    assert offers_today(actor=gwen, day=DAY).to_look_at == []
    another = somebody_at(charity, "manager", name="Ola Finch")
    for by, gap in ((gwen, own), (another, own), (asha, own)):
        with pytest.raises(NotAllowedError):
            look_again(
                actor=by, at=at, person_id=bee.id, not_offered_id=gap.id, verdict=Verdict.AGREE, words="Yes."
            )
    with pytest.raises(NotFoundError):
        look_again(
            actor=gwen, at=at, person_id=bee.id, not_offered_id=uuid4(), verdict=Verdict.AGREE, words="Yes."
        )
