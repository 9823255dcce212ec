"""A referral of somebody who is on the list already loses nothing: its words, how soon, and who must know."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, admit, everything, member
from tests.casework.outreach.test_told import mail, told

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.distributing import prioritise_item, raise_item
from alongside.casework.outreach.commands.referring import accept_referral, complete_referral, make_referral
from alongside.casework.outreach.commands.working import record_attempt
from alongside.casework.outreach.models import Note, Referral, WorkItem
from alongside.casework.outreach.queries.day import day_of_outreach
from alongside.casework.outreach.queries.lists import my_list
from alongside.casework.outreach.rules import Priority, Result, is_brought_forward
from alongside.casework.outreach.views import items
from alongside.casework.people.models import Person

__all__ = ["mail"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
THREAT = "He has threatened to kill her; go today."
SIX_DAYS = timedelta(days=6)


@pytest.fixture
def refer(judged: WorkItem, worker: Actor, charity: Organisation, at: datetime) -> Any:
    def referred(why: str, priority: Priority, why_not_safe: str = "") -> Referral:
        return make_referral(
            actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why=why, priority=priority,
            why_not_safe=why_not_safe,
        )  # fmt: skip

    return referred


@pytest.fixture
def theirs(refer: Any, peer: Actor, at: datetime) -> WorkItem:
    """Sam's item about Bee, for company, to be tried again in six days; he has six more."""
    for number in range(6):
        raise_item(
            actor=peer, at=at, person_id=admit(peer, at, known_as=f"Number {number}").id, team_id=None,
            priority=Priority.ROUTINE, why="Company.",
        )  # fmt: skip
    first = refer("Company.", Priority.ROUTINE)
    made = accept_referral(actor=peer, at=at, referral_id=first.id)
    record_attempt(
        actor=peer, at=at, item_id=made.id, result=Result.NOT_REACHED, try_next_on=at.date() + SIX_DAYS
    )
    complete_referral(actor=peer, at=at, referral_id=first.id, words="They are in touch.")
    return made


def test_what_was_referred_for_today_is_first_today_and_its_words_stand_on_the_page(
    ask: Ask, theirs: WorkItem, refer: Any, peer: Actor, at: datetime
) -> None:
    again = accept_referral(actor=peer, at=at, referral_id=refer(THREAT, Priority.TODAY).id)
    assert (again.id, again.priority, again.try_next_on) == (theirs.id, Priority.TODAY, None)
    assert my_list(actor=peer, at=at).items[0].id == theirs.id
    assert day_of_outreach(actor=peer, at=at).items[0].id == theirs.id
    page = ask(items.item, actor=peer, item_id=theirs.id)
    assert page.count(THREAT) == 1
    assert "Asha Patel, Riverside Council, referred this person to us" in page
    assert "Company." in page, "why they came on the list stays"


def test_a_referral_that_brings_nothing_forward_is_told_of_all_the_same(
    ask: Ask, theirs: WorkItem, refer: Any, charity: Organisation, peer: Actor, at: datetime
) -> None:
    kim = acting(member(charity, "Kim Ode", "practitioner"))
    asked = refer("She has moved to her sister's.", Priority.ROUTINE)
    told()
    again = accept_referral(actor=kim, at=at, referral_id=asked.id)
    assert told() == {"Asha Patel", "Sam Boateng"}
    assert (again.priority, again.try_next_on) == (Priority.ROUTINE, at.date() + SIX_DAYS)
    everything()
    assert Note.objects.filter(item=theirs).count() == 1
    assert "moved to her sister" in ask(items.item, actor=peer, item_id=theirs.id)


def test_what_is_not_safe_to_know_is_not_copied_and_stands_with_its_warning(
    ask: Ask, theirs: WorkItem, refer: Any, peer: Actor, at: datetime
) -> None:
    asked = refer(THREAT, Priority.TODAY, "He reads her post.")
    accept_referral(actor=peer, at=at, referral_id=asked.id)
    page = ask(items.item, actor=peer, item_id=theirs.id)
    assert "It is not safe for the person to know about this" in page[page.index(THREAT) :]
    everything()
    assert THREAT not in Note.objects.get(item=theirs).words


def test_on_the_page_of_a_flagged_item_the_words_stay_with_the_referral(
    ask: Ask, item: WorkItem, worker: Actor, charity: Organisation, at: datetime
) -> None:
    """What is told of the item, which is older, must not tell what may not be safe to know."""
    everything()
    from_charity = WorkItem.raise_for(
        person=Person.objects.get(id=item.person_id), organisation_id=charity.id, team=None,
        priority=Priority.TODAY, why="?", skills=[], by="Sam Boateng", at=at,
    )  # fmt: skip
    asked = Referral.ask(
        item=from_charity, who="Bee", to_organisation_id=item.organisation_id, hands_over=False, why=THREAT,
        why_not_safe="He reads her post.", purpose="early_help", person_agrees="not_asked",
        by="Sam Boateng", at=at, priority=Priority.TODAY,
    )  # fmt: skip
    again = accept_referral(actor=worker, at=at, referral_id=asked.id)
    assert (again.id, again.priority, again.raised_why) == (item.id, Priority.TODAY, "")
    assert THREAT in ask(items.item, item_id=item.id)


def test_what_a_colleague_says_should_be_sooner_does_not_wait_for_the_next_try(
    theirs: WorkItem, refer: Any, peer: Actor, at: datetime
) -> None:
    accept_referral(actor=peer, at=at, referral_id=refer("Company.", Priority.ROUTINE).id)
    given: dict[str, Any] = {"actor": peer, "at": at, "item_id": theirs.id, "why": "She rang, in tears."}
    assert prioritise_item(**given, priority=Priority.ROUTINE).try_next_on == at.date() + SIX_DAYS
    assert prioritise_item(**given, priority=Priority.TODAY).try_next_on is None
    assert my_list(actor=peer, at=at).items[0].id == theirs.id


def test_a_try_that_is_due_stays_due_when_it_should_be_sooner(
    theirs: WorkItem, refer: Any, peer: Actor, at: datetime
) -> None:
    accept_referral(actor=peer, at=at, referral_id=refer("Company.", Priority.ROUTINE).id)
    kept = prioritise_item(
        actor=peer, at=at + SIX_DAYS, item_id=theirs.id, priority=Priority.TODAY, why="She rang."
    )
    assert kept.try_next_on == at.date() + SIX_DAYS


@pytest.mark.parametrize(
    ("before", "now", "sooner"),
    [
        (None, Priority.ROUTINE, False),
        (None, Priority.THIS_WEEK, True),
        (Priority.ROUTINE, Priority.THIS_WEEK, True),
        (Priority.THIS_WEEK, Priority.THIS_WEEK, False),
        (Priority.TODAY, Priority.THIS_WEEK, False),
        (Priority.TODAY, Priority.TODAY, True),
    ],
)
def test_whoever_says_today_means_today_even_if_it_was_for_today_before(
    before: Priority | None, now: Priority, sooner: bool
) -> None:
    assert is_brought_forward(before, now) is sooner


def test_somebody_who_is_on_the_list_under_another_of_their_records_is_not_put_there_twice(
    person: Person, refer: Any, peer: Actor, at: datetime
) -> None:
    hers = admit(peer, at, known_as="Bee")
    there = raise_item(
        actor=peer, at=at, person_id=hers.id, team_id=None, priority=Priority.ROUTINE, why="Company."
    )
    everything(peer)
    Person.objects.filter(id=hers.id).update(merged_into=person)
    accepted = accept_referral(actor=peer, at=at, referral_id=refer(THREAT, Priority.TODAY).id)
    assert accepted.id == there.id
    everything(peer)
    assert WorkItem.objects.open().filter(organisation_id=peer.member_of).count() == 1
