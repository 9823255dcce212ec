"""Nobody is led to ring the home of somebody who has died, and what is left of the work can be finished."""

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import admit, everything, flag_for
from tests.casework.outreach.test_today import day_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.outreach.commands.distributing import (
    NothingToDistributeError,
    distribute_flags,
    distribute_released,
)
from alongside.casework.outreach.commands.needing import say_skills_needed
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.working import (
    JudgementFirstError,
    RefusalIsNoEndError,
    SomethingOwedError,
    finish_item,
    record_attempt,
)
from alongside.casework.outreach.models import Judgement, WorkItem
from alongside.casework.outreach.rules import Result, State
from alongside.casework.outreach.views import items, lists
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person
from alongside.casework.sources.models import Flag, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
DIED = "Died on 30 October 2026"
TELEPHONE = "01632 960001"


@pytest.fixture
def person(worker: Actor, at: datetime) -> Person:
    """Whom an item is about: with a telephone number."""
    return admit(worker, at, known_as="Bee", forename="Beatrice", surname="Quill", telephone=TELEPHONE)


def dies(person: Person) -> None:
    everything()
    Person.objects.filter(id=person.id).update(died_on=date(2026, 10, 30))


def refused(worker: Actor, item: WorkItem, at: datetime) -> dict[str, Any]:
    """Bee said no once; return what is given to finish."""
    record_attempt(
        actor=worker, at=at, item_id=item.id, result=Result.DECLINED_NOW, next_offer="A letter",
        try_next_on=timezone.localdate(at),
    )  # fmt: skip
    return {"actor": worker, "at": at, "item_id": item.id, "words": "Her sister told us that she has died."}


def test_the_page_of_the_item_says_it_first_and_how_to_end_it_and_gives_no_number_to_ring(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    refused(worker, judged, at)
    assert TELEPHONE in ask(items.item, item_id=judged.id)
    dies(person)
    page = ask(items.item, item_id=judged.id)
    assert page.index(DIED) < page.index("In their own words")
    assert "Finish this item." in page
    for gone in (TELEPHONE, "Said no", "Begin a conversation", "I tried to get in touch", "Ask them first"):
        assert gone not in page
    assert reverse("outreach:finish", kwargs={"item_id": judged.id}) in page


def test_the_page_leads_to_nothing_that_only_makes_sense_for_somebody_who_lives(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    Person.objects.filter(id=person.id).update(safe_contact="Ring twice and hang up.")
    raise_concern(actor=worker, at=at, person_id=person.id, words="Her house is cold.")
    say_skills_needed(actor=worker, at=at, item_id=judged.id, skills=["welsh"])
    only_living = (
        "Ring twice and hang up.", "Not yet talked through", "Say how soon", "must be able to do",
        "Whoever contacts",
    )  # fmt: skip
    page = ask(items.item, item_id=judged.id)
    assert [each for each in only_living if each not in page] == []
    dies(person)
    page = ask(items.item, item_id=judged.id)
    assert [each for each in only_living if each in page] == []
    for kept in ("Her house is cold.", "Rent is in arrears", "Hand it over"):
        assert kept in page


@pytest.mark.parametrize("joined", [False, True], ids=["on the record", "on a record joined to it"])
def test_lists_and_today_say_it_and_not_when_to_try_again(
    ask: Ask, judged: WorkItem, person: Person, worker: Actor, manager: Actor, at: datetime, joined: bool
) -> None:
    refused(worker, judged, at)
    assert "Try again on" in ask(lists.mine)
    (line,) = day_of(worker)["For you to do"].lines
    assert line.due == timezone.localdate(at)
    dead = person
    if joined:
        dead = admit(worker, at, known_as="Beatrice")
        everything(worker)
        merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=dead.id, reason="Same birthday.")
    dies(dead)
    page = ask(lists.mine)
    assert f"{DIED}. Finish this item." in page
    assert "Try again on" not in page
    assert "Said no" not in page
    (line,) = day_of(worker)["For you to do"].lines
    assert line.hint == f"{DIED}. Finish this item."
    assert line.due is None, "nobody is to be contacted that day"


def test_an_item_of_somebody_who_has_died_is_finished_though_they_said_no_and_nobody_answered_a_referral(
    judged: WorkItem, person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    given = refused(worker, judged, at)
    make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company")
    with pytest.raises(RefusalIsNoEndError):
        finish_item(**given)
    dies(person)
    with pytest.raises(SomethingOwedError):
        finish_item(**given | {"words": " "})
    finish_item(**given)
    everything()
    assert WorkItem.objects.get().state == State.DONE


def test_no_flag_of_somebody_who_has_died_must_be_judged_first_even_once_it_is_withdrawn(
    ask: Ask, item: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    given = {"actor": worker, "at": at, "item_id": item.id, "words": "She has died."}
    with pytest.raises(JudgementFirstError):
        finish_item(**given)  # type: ignore[arg-type]
    dies(person)
    Flag.objects.get().withdraw(why="She has died.", at=at)
    assert "Say what you think of the flag" not in ask(items.item, item_id=item.id)
    finish_item(**given)  # type: ignore[arg-type]
    everything()
    assert WorkItem.objects.get().state == State.DONE
    assert not Judgement.objects.exists()


def test_flags_of_who_has_died_go_on_no_list(
    flag: Flag, person: Person, council: Organisation, release: Release, manager: Actor, at: datetime
) -> None:
    dies(person)
    with pytest.raises(NothingToDistributeError):
        distribute_released(actor=manager, at=at)
    with pytest.raises(NothingToDistributeError, match="has died"):
        distribute_flags(actor=manager, at=at, release_id=release.id)
    other = admit(manager, at, known_as="Cy")
    flag_for(other, council, release, at, rank=2)
    assert distribute_flags(actor=manager, at=at, release_id=release.id).made == 1
    everything()
    assert WorkItem.objects.get().person_id == other.id
