"""Who is told that something waits: whoever is asked, given or answered something."""

from datetime import date, datetime
from typing import Any

import pytest
from pytest_django import Settings
from tests.casework.outreach.conftest import acting, admit, member

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.kernel.area import area_pack
from alongside.casework.kernel.mail import mail_named
from alongside.casework.notices.models import Notice
from alongside.casework.outreach.commands import giving, referring, working
from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.rules import Priority, Result, Verdict
from alongside.casework.people.commands.emergencies import open_in_emergency
from alongside.casework.people.commands.involvement import answer_whether_known, ask_whether_known
from alongside.casework.people.models import KnownTo, Person
from alongside.casework.sources.commands import questions
from alongside.casework.sources.commands.releases import open_run
from alongside.casework.sources.rules import RunRead


@pytest.fixture(autouse=True)
def mail(settings: Settings) -> None:
    settings.MAIL = mail_named(
        {
            "ALONGSIDE_MAIL": "console:",
            "ALONGSIDE_MAIL_FROM": "alongside@example.org",
            "ALONGSIDE_ADDRESS": "https://alongside.example.org",
        }
    )


def told() -> set[str]:
    """Who was told since this was last asked."""
    names = set(Notice.objects.filter(waiting_since__isnull=False).values_list("user__name", flat=True))
    Notice.objects.all().delete()
    return names


def test_whoever_is_given_an_item_or_asked_to_take_it_over_and_whoever_asked_once_it_is_answered(
    item: WorkItem, asha: Membership, ben: Membership, worker: Actor, manager: Actor, at: datetime
) -> None:
    assert told() == {"Asha Patel"}, "the item is hers"
    giving.offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="She speaks Welsh.")
    assert told() == {"Ben Okoro"}
    giving.answer_hand_over(actor=acting(ben), at=at, item_id=item.id, accepted=False, why="I am full.")
    assert told() == {"Asha Patel"}
    giving.offer_item(actor=worker, at=at, item_id=item.id, member_id=ben.id, why="She asked for you.")
    told()
    giving.answer_hand_over(actor=acting(ben), at=at, item_id=item.id, accepted=True)
    assert told() == {"Asha Patel"}, "who takes it over knows it"
    giving.cover_everything(actor=manager, at=at, away_id=ben.id, to_id=asha.id)
    assert told() == {"Asha Patel"}


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_whoever_a_referral_asks_and_whoever_made_it_once_it_is_answered(
    item: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime, answer: str
) -> None:
    working.judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="I know her.")
    told()
    asked = referring.make_referral(
        actor=worker, at=at, item_id=item.id, to_organisation_id=charity.id, why="A lift to the group."
    )
    assert told() == {"Sam Boateng"}, "the charity has no manager, so whoever may answer"
    given: dict[str, Any] = {"actor": peer, "at": at, "referral_id": asked.id}
    if answer == "declined":
        referring.decline_referral(**given, why="No car.", other_route="The council's driver.")
    else:
        referring.accept_referral(**given)
        assert told() == {"Asha Patel"}
        referring.complete_referral(**given, words="She came along.")
    assert told() == {"Asha Patel"}


def test_a_manager_once_somebody_is_on_no_teams_list(
    charity: Organisation, peer: Actor, worker: Actor, manager: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"at": at, "team_id": None, "priority": Priority.TODAY, "why": "Cold."}
    member(charity, "Dee Marsh", "manager")
    raise_item(actor=peer, person_id=admit(peer, at, known_as="Bee").id, **given)
    assert told() == {"Dee Marsh"}
    raise_item(actor=worker, person_id=admit(worker, at, known_as="Cy").id, **given)
    assert told() == set(), "the team sees it"


def test_whoever_is_asked_whether_a_person_is_known_and_whoever_asked_once_it_is_answered(
    person: Person, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    member(charity, "Dee Marsh", "manager")
    question = ask_whether_known(actor=worker, at=at, person_id=person.id, asked_of=charity, why="?")
    assert told() == {"Dee Marsh"}
    answer_whether_known(actor=peer, at=at, question_id=question.id, answer=KnownTo.Answer.NO)
    assert told() == {"Asha Patel"}


def test_whoever_is_asked_about_data_hears_each_message_and_both_hear_that_it_is_settled(
    worker: Actor, charity: Organisation, at: datetime
) -> None:
    homes = Organisation.join(code="riverside_homes", name="Riverside Homes", kind="housing")
    landlord = acting(member(homes, "Sam Boateng", "data_analyst"))
    member(charity, "Dee Marsh", "data_analyst")
    asked = {"source": "housing_rent", "title": "Weeks of arrears", "words": "Is 0 a zero?"}
    question = questions.ask_data_question(actor=worker, at=at, pack=area_pack(), **asked)
    assert told() == {"Sam Boateng"}
    given: dict[str, Any] = {"at": at, "question_id": question.id}
    questions.say_in_thread(actor=worker, words="Or not known?", **given)
    assert told() == {"Sam Boateng"}, "whoever asked writes again"
    questions.say_in_thread(actor=landlord, words="A zero is a zero.", **given)
    assert told() == {"Asha Patel"}
    questions.settle_data_question(actor=worker, outcome="0 means no arrears.", **given)
    assert told() == {"Sam Boateng"}
    again = questions.ask_data_question(actor=worker, at=at, pack=area_pack(), **asked)
    told()
    questions.settle_data_question(
        actor=landlord, outcome="It is now corrected.", at=at, question_id=again.id
    )
    assert told() == {"Asha Patel"}


def test_where_nobody_is_a_data_analyst_a_manager_is_told_of_a_question_about_data(
    judged: WorkItem, worker: Actor, at: datetime
) -> None:
    homes = Organisation.join(code="riverside_homes", name="Riverside Homes", kind="housing")
    officer = acting(member(homes, "Lou Bell", "practitioner"))
    asked = {"source": "housing_rent", "title": "Weeks of arrears", "words": "Is 0 a zero?"}
    told()
    questions.ask_data_question(actor=worker, at=at, pack=area_pack(), **asked)
    assert told() == {"Lou Bell"}, "they have no manager either"
    member(homes, "Dee Marsh", "manager")
    question = questions.ask_data_question(actor=worker, at=at, pack=area_pack(), **asked)
    assert told() == {"Dee Marsh"}
    questions.say_in_thread(actor=worker, at=at, question_id=question.id, words="Or not known?")
    assert told() == {"Dee Marsh"}
    questions.say_in_thread(actor=officer, at=at, question_id=question.id, words="A zero is a zero.")
    assert told() == {"Asha Patel"}
    working.record_attempt(
        actor=worker, at=at, item_id=judged.id, result=Result.WRONG_PERSON, note="A man answered."
    )
    assert told() == {"Dee Marsh"}, "whom the attempt's page says was asked"


def test_whoever_reviews_emergencies_and_whoever_approves_releases(
    council: Organisation, worker: Actor, peer: Actor, at: datetime
) -> None:
    member(council, "Iris Okafor", "governance_lead")
    member(council, "Priya Shah", "approver")
    admit(worker, at, known_as="Bee", surname="Murphy", date_of_birth=date(1950, 3, 1))
    told()
    open_in_emergency(
        actor=peer,
        at=at,
        surname="Murphy",
        date_of_birth=date(1950, 3, 1),
        reason="She has not answered for a week.",
    )
    assert told() == {"Iris Okafor"}
    read = RunRead(
        folder="run", manifest_hash="1" * 64, area="riverside", as_at=at.date(), counts={}, quality={},
        policies={}, tiers={}, pairs=(),
    )  # fmt: skip
    open_run(actor=system_actor("drop folder"), at=at, pack=area_pack(), read=read)
    assert told() == {"Priya Shah"}
