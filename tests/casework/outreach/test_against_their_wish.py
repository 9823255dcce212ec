"""A concern goes to another organisation against what a person asked by a decision on a ground, or not."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, admit, everything, member
from tests.casework.sharing.sharing_told import item as told_item

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.commands.talking import (
    Came,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import OutcomeKind
from alongside.casework.outreach.views import asking, endings
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries.telling import ToldAgainstTheirWishError, WishedOtherwiseSinceError
from alongside.casework.sharing.commands.choices import record_choices, take_back_choice
from alongside.casework.sharing.commands.decisions import decide, look_second
from alongside.casework.sharing.commands.drafts import Carried, begin_draft
from alongside.casework.sharing.models import Disclosure, ShareDraft, SharingChoice
from alongside.casework.sharing.queries.telling import why_not_told
from alongside.casework.sharing.rules.basis import Known, Layer
from alongside.casework.sharing.rules.choices import Answer, Statement, Topic
from alongside.casework.sharing.rules.decisions import Basis, Outcome, Proposal, Told
from alongside.casework.sharing.rules.overrides import Ground, Override

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
WORDS = "Her son takes her money, and she is afraid of him."


def refuses(actor: Actor, person: Person, charity: Organisation, at: datetime, **other: Any) -> None:
    given: dict[str, Any] = {
        "answer": Answer.REFUSES, "topics": (Topic.KNOWN,), "recipients": frozenset({charity.id}),
        "exactly": "Anything", "said_on": at.date(), "capacity": "assumed", "method": "spoken",
    } | other  # fmt: skip
    record_choices(actor=actor, at=at, person_id=person.id, said=Statement(**given))


def takes_back(actor: Actor, person: Person, charity: Organisation, at: datetime) -> None:
    """She agreed that they may know of her, and took it back."""
    refuses(
        actor, person, charity, at, answer=Answer.AGREES, purpose="early_help", free="Nothing changes.",
        expires_on=at.date() + timedelta(days=30),
    )  # fmt: skip
    everything(actor)
    take_back_choice(
        actor=actor, at=at, person_id=person.id, choice_id=SharingChoice.objects.get(person=person).id,
        on=at.date(), how="spoken", words="No more.", effect_told="What was told stays told.",
    )  # fmt: skip


def told_all_the_same(actor: Actor, person: Person, charity: Organisation, at: datetime) -> None:
    """It could not wait: they are told at once, on a ground, and a manager looks afterwards."""
    decide(
        actor=actor,
        at=at,
        person_id=person.id,
        proposal=Proposal(
            outcome=Outcome.SHARE, purpose="early_help", recipients=frozenset({charity.id}),
            items=(told_item(topic=Topic.SAFETY, words=WORDS),), who="Bee",
            known=frozenset({Known.RISK_TO_OTHERS}),
            bases={
                Layer.ARTICLE_6: Basis("6_e", "Care Act 2014 section 42"),
                Layer.CONFIDENCE: Basis("public_interest", "She is at risk"),
            },
            necessity="They know the son.", proportionality="Only this.", told=Told.WILL_BE,
            told_how="On the visit", onward="Not to be passed on", channel="In Alongside",
            without_agreement="A duty to enquire needs no agreement.",
            override=Override(
                ground=Ground.RISK_TO_OTHERS, refusal="Tell nobody.", first="She herself",
                second="She is being robbed", alternatives="Asked her twice", harm="The visit stands",
                review_on=at.date(), emergency=True, emergency_why="He is on his way.",
            ),
        ),
    )  # fmt: skip


def referred(actor: Actor, item: WorkItem, to: Organisation, at: datetime) -> Referral:
    return make_referral(
        actor=actor, at=at, item_id=item.id, to_organisation_id=to.id, why=WORDS, person_agrees="no"
    )


@pytest.mark.proves("MARM-29", "MARM-30")
@pytest.mark.parametrize("said", [refuses, takes_back])
def test_a_concern_goes_to_another_organisation_against_a_no_only_after_a_decision_on_a_ground(
    judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime, said: Any
) -> None:
    said(worker, person, charity, at)
    with pytest.raises(ToldAgainstTheirWishError):
        referred(worker, judged, charity, at)
    told_all_the_same(worker, person, charity, at)
    everything()
    assert Disclosure.objects.get().organisation_id == charity.id
    assert referred(worker, judged, charity, at).purpose == "early_help"


@pytest.mark.proves("MARM-29")
def test_who_objected_since_they_were_referred_is_not_shown_to_whoever_was_asked(
    judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    made = referred(worker, judged, charity, at)
    refuses(worker, person, charity, at)
    supporter = acting(member(charity, "Dee Marsh", "practitioner"))
    with pytest.raises(WishedOtherwiseSinceError, match="before you continue"):
        accept_referral(actor=supporter, at=at, referral_id=made.id)
    everything()
    assert not Reach.objects.filter(person=person, organisation=charity).exists()
    assert Referral.objects.get(id=made.id).state == "asked"


def test_where_nothing_stands_in_the_way_it_goes_as_ever(
    judged: WorkItem, worker: Actor, charity: Organisation, at: datetime
) -> None:
    assert referred(worker, judged, charity, at).why == WORDS


@pytest.mark.proves("MARM-30")
def test_inside_ones_own_organisation_a_concern_is_raised_whatever_they_asked(
    judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime, guide: Any
) -> None:
    refuses(worker, person, charity, at, topics=(Topic.EVERYTHING,), recipients=frozenset())
    talk = begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=True)
    came = [Came(kind=OutcomeKind.CONCERN, words=WORDS)]
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=came)
    everything()
    assert Concern.objects.filter(person=person).count() == 2


# The page


def test_the_page_says_so_and_leads_to_a_decision_that_has_the_words(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    refuses(worker, person, charity, at)
    sent = {"why": WORDS, "person_agrees": "no", "safe": "yes", "confirmed": "yes"}
    page = ask(asking.refer_to, sent, item_id=judged.id, organisation_id=charity.id)
    assert "asked for this organisation not to be told" in page
    assert "If Been There still needs to be told" in page
    assert f'name="words" value="{WORDS}"' in page
    assert page.count(WORDS) == 2, "in the form of the referral as well"
    assert f"/people/{person.id}/sharing/decide/" in page


def test_at_the_end_of_a_conversation_it_leads_there_too_and_nothing_is_lost(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime, guide: Any
) -> None:
    refuses(worker, person, charity, at)
    talk = begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=False)
    sent = {"refer_to": str(charity.id), "refer_why": WORDS, "person_agrees": "no", "next_steps": "Rest."}
    sent |= {"safe": "yes"}
    ask(endings.end, sent, conversation_id=talk.id)
    page = ask(endings.end_check, {}, conversation_id=talk.id)
    assert "If Been There still needs to be told" in page
    assert f'name="words" value="{WORDS}"' in page
    assert "Rest." in ask(endings.end, conversation_id=talk.id)


def test_whoever_may_not_decide_is_told_whom_to_ask(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, charity: Organisation, council: Organisation,
    at: datetime,
) -> None:  # fmt: skip
    refuses(worker, person, charity, at)
    contact = replace(acting(member(council, "Sue", "contact_worker")), team_ids=worker.team_ids)
    sent = {"why": WORDS, "person_agrees": "no", "safe": "yes", "confirmed": "yes"}
    page = ask(
        asking.refer_to, sent, item_id=judged.id, organisation_id=charity.id,
        actor=replace(contact, user_id=worker.user_id),
    )  # fmt: skip
    assert "Ask a practitioner or a manager in your organisation now" in page
    assert "Decide about sharing with them" not in page


def test_the_draft_has_whom_to_tell_what_for_and_the_words(
    person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    begin_draft(actor=worker, at=at, person_id=person.id, carried=Carried(charity.id, WORDS))
    everything()
    answers = ShareDraft.objects.get().answers
    assert answers["to"]["recipients"] == [str(charity.id)]
    assert answers["to"]["purpose"] == ["early_help"]
    assert "Beatrice" in answers["to"]["who"][0]
    assert answers["carried"] == WORDS


# The database


def insert_by_hand(item: WorkItem, to: Organisation, at: datetime) -> None:
    """A referral as nobody of this program writes one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into outreach_referral (id, person_id, who, item_id, hands_over, from_organisation_id, "
            "to_organisation_id, why, why_not_safe, purpose, person_agrees, made_by, made_at, state, "
            "answered_by, decline_why, other_route, done_words) "
            "values (%s, %s, 'Bee', %s, false, %s, %s, 'x', '', 'early_help', 'no', 'x', %s, 'asked', '', "
            "'', '', '')",
            [uuid4(), item.person_id, item.id, item.organisation_id, to.id, at],
        )


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize("said", [refuses, takes_back])
def test_raw_sql_refers_nobody_against_what_they_asked_before_that_was_decided(
    judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime, said: Any
) -> None:
    said(worker, person, charity, at)
    everything(worker)
    with pytest.raises(DatabaseError, match="asked that this organisation is not told"):
        insert_by_hand(judged, charity, at)
    told_all_the_same(worker, person, charity, at)
    everything(worker)
    insert_by_hand(judged, charity, at)
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('alongside.reach')")
        assert cursor.fetchone() == (str(worker.organisation_id),), "and the trigger left the reach as it was"


def test_the_database_and_the_rule_answer_alike_whatever_was_chosen(
    worker: Actor, council: Organisation, charity: Organisation, at: datetime
) -> None:
    chance = random.Random(42)  # noqa: S311 - choices to try, no secret
    day, answers = timezone.localdate(at), set()
    for _turn in range(250):
        person = admit(worker, at, known_as="Bee")
        everything()
        SharingChoice.objects.bulk_create(
            a_choice(chance, person, [council, charity], day, at) for _ in range(chance.randrange(1, 5))
        )
        answers.add(stands(worker, person, charity, at))
    assert answers == {True, False}


def stands(actor: Actor, person: Person, charity: Organisation, at: datetime) -> bool:
    """Whether it stands in the way: as the rule says, and the database alike."""
    everything(actor)
    rule = charity.id in why_not_told(actor, person.id, [charity.id], at)
    everything(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            "select sharing_stands_in_the_way(%s, %s, %s, %s, %s)",
            [person.id, actor.organisation_id, charity.id, actor.purpose, at],
        )
        assert cursor.fetchone() == (rule,), list(SharingChoice.objects.filter(person=person).values())
    return rule


@pytest.mark.proves("MARM-29", "MARM-30")
@pytest.mark.parametrize(("agreed", "still"), [(True, False), (False, True)])
def test_an_emergency_opens_the_way_until_somebody_else_says_that_it_was_not_right(
    person: Person, worker: Actor, council: Organisation, charity: Organisation, at: datetime, agreed: bool,
    still: bool,
) -> None:  # fmt: skip
    refuses(worker, person, charity, at)
    assert stands(worker, person, charity, at)
    told_all_the_same(worker, person, charity, at)
    assert not stands(worker, person, charity, at)
    assert stands(worker, person, charity, at + timedelta(days=9)), "nobody looked at it in time"
    manager = replace(acting(member(council, "May", "manager")), team_ids=worker.team_ids)
    everything(manager)
    decision_id = Disclosure.objects.get().decision_id
    look_second(actor=manager, at=at, decision_id=decision_id, agreed=agreed, words="I read it all.")
    assert stands(worker, person, charity, at) is still
    assert stands(worker, person, charity, at + timedelta(days=9)) is still


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize("said", [refuses, takes_back])
def test_what_was_told_in_the_morning_opens_no_way_against_an_objection_of_the_afternoon(
    person: Person, worker: Actor, charity: Organisation, at: datetime, said: Any
) -> None:
    refuses(worker, person, charity, at)
    told_all_the_same(worker, person, charity, at)
    takes_nothing_back = SharingChoice.objects.filter(person=person)
    everything()
    takes_nothing_back.delete()
    later = at + timedelta(hours=2)
    said(worker, person, charity, later)
    assert timezone.localdate(later) == timezone.localdate(at)
    assert stands(worker, person, charity, later)
    told_all_the_same(worker, person, charity, later + timedelta(hours=1))
    assert not stands(worker, person, charity, later + timedelta(hours=1))


@pytest.mark.proves("MARM-29")
def test_an_agreement_that_expired_and_one_given_before_another_was_taken_back_hide_no_objection(
    person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    day = timezone.localdate(at)
    refuses(worker, person, charity, at, said_on=day - timedelta(days=90))
    agrees: dict[str, Any] = {"answer": Answer.AGREES, "purpose": "early_help", "free": "Nothing changes."}
    lately = at - timedelta(days=60)
    refuses(
        worker, person, charity, lately, said_on=day - timedelta(days=60),
        expires_on=day - timedelta(days=30), **agrees,
    )  # fmt: skip
    assert stands(worker, person, charity, at)
    for topics, days in (((Topic.KNOWN,), 20), ((Topic.EVERYTHING,), 10)):
        refuses(
            worker, person, charity, at, topics=topics, said_on=day - timedelta(days=days),
            expires_on=day + timedelta(days=30), **agrees,
        )  # fmt: skip
    assert not stands(worker, person, charity, at)
    everything()
    first = SharingChoice.objects.get(person=person, said_on=day - timedelta(days=20))
    take_back_choice(
        actor=worker, at=at, person_id=person.id, choice_id=first.id, on=day, how="spoken", words="No more.",
        effect_told="What was told stays told.",
    )  # fmt: skip
    assert stands(worker, person, charity, at)


def a_choice(
    chance: random.Random, person: Person, organisations: list[Organisation], day: date, at: datetime
) -> SharingChoice:
    agrees = chance.random() < 0.5
    return SharingChoice(
        person=person,
        talk=uuid4(),
        answer="agrees" if agrees else "refuses",
        topic=chance.choice(["everything", "known", "contact", "health"]),
        recipient=chance.choice([None, *organisations]),
        purpose=chance.choice(["early_help", "multi_agency"]) if agrees else "",
        expires_on=day + timedelta(days=chance.choice([-3, 30])) if agrees else None,
        free="Nothing changes." if agrees else "",
        exactly="x",
        capacity="assumed",
        method="spoken",
        said_on=day + timedelta(days=chance.choice([-9, -2, -1, 0, 1])),
        withdrawn_on=chance.choice([None, None, day - timedelta(days=1), day, day + timedelta(days=1)]),
        withdrawn_recorded_at=chance.choice([None, at + timedelta(seconds=chance.randrange(10_000))]),
        organisation=organisations[0],
        recorded_by="x",
        recorded_at=at + timedelta(seconds=chance.randrange(10_000)),
    )
