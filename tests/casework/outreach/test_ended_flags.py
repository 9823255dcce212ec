"""A flag that ends before anybody judges it does not stand in the way of work on an item that is kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything, flag_for

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.distributing import distribute_flags, prioritise_item, raise_item
from alongside.casework.outreach.commands.giving import take_item
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.talking import begin_conversation
from alongside.casework.outreach.commands.working import (
    FlagExpiredError,
    JudgementFirstError,
    add_note,
    finish_item,
    judge_item,
    record_attempt,
)
from alongside.casework.outreach.jobs import expire_nightly
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.rules import Priority, Result, State, Verdict
from alongside.casework.outreach.views import items, lists
from alongside.casework.people.models import Person
from alongside.casework.sources.models import Release

pytestmark = pytest.mark.django_db
ENDED = timedelta(weeks=6)


@pytest.fixture
def joined(
    person: Person, council: Organisation, release: Release, worker: Actor, manager: Actor, at: datetime
) -> WorkItem:
    """What Asha raised, took and works on, and a flag joined to it later."""
    made = raise_item(
        actor=worker, at=at, person_id=person.id, team_id=None, priority=Priority.ROUTINE, why="Company."
    )
    take_item(actor=worker, at=at, item_id=made.id)
    record_attempt(actor=worker, at=at, item_id=made.id, result=Result.SPOKE)
    everything()
    flag_for(person, council, release, at)
    distribute_flags(actor=manager, at=at, release_id=release.id)
    return made


def test_what_somebody_worked_on_before_its_flag_came_goes_on_when_the_flag_ends(
    joined: WorkItem, worker: Actor, charity: Organisation, at: datetime, guide: dict[str, Any]
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at, "item_id": joined.id}
    with pytest.raises(JudgementFirstError):
        add_note(**given, words="She likes cats.")
    expire_nightly(at=at + ENDED)
    given["at"] = at + ENDED
    with pytest.raises(FlagExpiredError, match="stays on your list") as told:
        judge_item(**given, verdict=Verdict.AGREE, why="Yes.")
    assert "put the person on the list" not in str(told.value)
    add_note(**given, words="She likes cats.")
    record_attempt(**given, result=Result.SPOKE)
    begin_conversation(**given, guide="first_call/2", guide_words=guide)
    make_referral(**given, to_organisation_id=charity.id, why="Company.")
    everything()
    joined.referrals.all().delete()
    assert finish_item(**given, words="She is well.").state == State.DONE


def test_what_was_said_to_be_for_today_before_its_flag_was_judged_can_be_worked_on_and_finished(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    prioritise_item(actor=worker, at=at, item_id=item.id, priority=Priority.TODAY, why="She looked ill.")
    expire_nightly(at=at + ENDED)
    given: dict[str, Any] = {"actor": worker, "at": at + ENDED, "item_id": item.id}
    add_note(**given, words="She likes cats.")
    assert finish_item(**given, words="She is well.").state == State.DONE


def test_what_ends_with_its_flag_is_not_worked_on_and_it_is_said_how_it_stays(
    item: WorkItem, worker: Actor, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": worker, "at": at + ENDED, "item_id": item.id}
    for tried in (
        lambda: add_note(**given, words="She likes cats."),
        lambda: judge_item(**given, verdict=Verdict.AGREE, why="Yes."),
    ):
        with pytest.raises(FlagExpiredError, match="say how soon somebody should look"):
            tried()
    prioritise_item(**given, priority=Priority.TODAY, why="She looked ill.")
    add_note(**given, words="She likes cats.")


@pytest.mark.parametrize("kept", [True, False])
def test_the_page_and_the_card_ask_for_no_judgement_of_a_flag_that_ended(
    ask: Ask, item: WorkItem, worker: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assert "Say what you think of the flag" in ask(items.item, item_id=item.id)
    assert "Flag to be judged" in ask(lists.mine)
    if kept:
        prioritise_item(actor=worker, at=at, item_id=item.id, priority=Priority.TODAY, why="She looked ill.")
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + ENDED)
    text = ask(items.item, item_id=item.id)
    assert "Say what you think of the flag" not in text
    assert ("I tried to get in touch" in text) is kept
    assert ("the work can go on" in text) is kept
    assert ("say how soon somebody should look" in text) is not kept
    for page in (text, ask(lists.mine)):
        assert "Flag to be judged" not in page
        assert "Not started" in page


def test_what_was_judged_before_its_flag_ended_is_worked_on_as_before(
    judged: WorkItem, worker: Actor, at: datetime
) -> None:
    add_note(actor=worker, at=at + ENDED, item_id=judged.id, words="She likes cats.")
    assert not item_page(actor=worker, item_id=judged.id, at=at + ENDED).flag_holds
