"""Services are found from inside a conversation, chosen with one tap, and nothing that was typed is lost."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.casework.directory.conftest import FOOD_BANK
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.directory import commands as directory
from alongside.casework.directory import queries
from alongside.casework.directory.models import Service
from alongside.casework.directory.presenters import service_shown
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.signposting import (
    ChosenAlreadyError,
    EndingKeptError,
    ServiceTold,
    choose_service,
    drop_service,
    keep_ending,
)
from alongside.casework.outreach.commands.talking import (
    AnswerTooLongError,
    ConversationFinishedError,
    NotAnAnswerError,
    finish_conversation,
)
from alongside.casework.outreach.commands.working import judge_item
from alongside.casework.outreach.models import Answer, Conversation, Outcome, WorkItem
from alongside.casework.outreach.presenters.talks import as_told
from alongside.casework.outreach.rules import Verdict
from alongside.casework.outreach.views import conversations, endings
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
NASTY = "<script>alert(1)</script>"


def on(day: int) -> dict[str, str]:
    """A day of November 2026, as the three boxes send it."""
    return {"running_on-day": str(day), "running_on-month": "11", "running_on-year": "2026"}


@pytest.fixture
def food_bank(charity: Organisation, at: datetime) -> Service:
    editor = acting(member(charity, "Ola Finch", "directory_editor"))
    return directory.publish_service(actor=editor, at=at, entry=FOOD_BANK)


@pytest.fixture
def talk(ask: Ask, item: WorkItem, worker: Actor, at: datetime) -> Conversation:
    judge_item(actor=worker, at=at, item_id=item.id, verdict=Verdict.AGREE, why="Her neighbour told me.")
    ask(conversations.begin, {}, item_id=item.id)
    everything()
    begun = Conversation.objects.get()
    ask(conversations.danger, {"danger": "no"}, conversation_id=begun.id)
    return begun


def looked(ask: Ask, sent: dict[str, str], **where: Any) -> str:
    """What a search finds, on the page that it leads to."""
    to = ask(endings.find, sent, **where)
    assert to.startswith("/?search=")
    assert not any(each in to for each in sent.values() if not each.isdecimal())
    return ask(endings.find, query=to[1:], **where)


@pytest.mark.proves("FIND-11", "FIND-16")
def test_looking_for_a_service_from_a_theme_keeps_what_was_typed_first_and_comes_back_to_it(
    ask: Ask, talk: Conversation, food_bank: Service
) -> None:
    sent = {"answer-good_day": NASTY, "find": "yes"}
    to = ask(conversations.theme, sent, conversation_id=talk.id, code="strengths")
    where = {"conversation_id": talk.id, "back": "strengths"}
    assert to == reverse("outreach:find", kwargs=where)
    everything()
    assert Answer.objects.get().words == NASTY
    text = ask(endings.find, **where)
    assert reverse("outreach:theme", args=[talk.id, "strengths"]) in text
    text = looked(ask, {"words": "food parcels"}, **where)
    assert "Riverside Food Bank" in text
    assert "Not open now" in text, "it opens at ten"
    chosen = ask(endings.choose, {"service": str(food_bank.id), "on_paper": "yes"}, **where)
    assert chosen == reverse("outreach:theme", args=[talk.id, "strengths"])
    text = ask(conversations.theme, conversation_id=talk.id, code="strengths")
    assert "Riverside Food Bank" in text
    assert "&lt;script&gt;" in text


@pytest.mark.proves("FIND-11", "FIND-16")
@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"place": "RV1"}, True),
        ({"place": "Riverside"}, True),
        ({"place": "Valley"}, False),
        ({"language": "Polish"}, True),
        ({"language": "Welsh"}, False),
        ({"age": "70"}, True),
        ({"words": "food parcel", **on(2)}, True),
        ({"words": "food parcel", **on(3)}, False),
        ({**on(2), "running_at": "11:00"}, True),
    ],
)
def test_services_are_found_by_place_language_age_and_whether_they_run(
    ask: Ask, talk: Conversation, food_bank: Service, asked: dict[str, str], is_found: bool
) -> None:
    text = looked(ask, asked, conversation_id=talk.id, back=endings.END)
    assert ("Riverside Food Bank" in text) is is_found


@pytest.mark.proves("FIND-16")
def test_services_are_found_by_the_need_they_answer(
    ask: Ask, talk: Conversation, food_bank: Service, charity: Organisation, at: datetime
) -> None:
    analyst = acting(member(charity, "Lena Novak", "data_analyst"))
    food = directory.add_need(actor=analyst, at=at, name="Food", description="")
    where = {"conversation_id": talk.id, "back": endings.END}
    assert "No services found" in looked(ask, {"need": str(food.id)}, **where)
    editor = acting(member(charity, "Ola Second", "directory_editor"))
    entry = replace(FOOD_BANK, name="Kitchen", needs=frozenset({food.id}))
    directory.publish_service(actor=editor, at=at, entry=entry)
    text = looked(ask, {"need": str(food.id)}, **where)
    assert "Kitchen" in text
    assert "Riverside Food Bank" not in text


def test_the_search_begins_with_the_persons_age_and_part_of_town_unless_that_is_protected(
    ask: Ask, talk: Conversation, person: Person
) -> None:
    everything()
    Person.objects.filter(id=person.id).update(postcode="RV1 1AA", date_of_birth=date(1951, 3, 4))
    text = ask(endings.find, conversation_id=talk.id, back=endings.END)
    assert 'value="RV1"' in text
    assert 'value="75"' in text
    assert "RV1 1AA" not in text
    everything()
    Person.objects.filter(id=person.id).update(address_protected=True)
    assert "RV1" not in ask(endings.find, conversation_id=talk.id, back=endings.END)


@pytest.mark.proves("FIND-15", "FIND-16")
def test_a_chosen_service_stands_on_the_page_they_keep_as_it_was_told_that_day(
    ask: Ask, talk: Conversation, food_bank: Service, worker: Actor, at: datetime
) -> None:
    where = {"conversation_id": talk.id, "back": endings.END}
    ask(endings.choose, {"service": str(food_bank.id), "on_paper": "yes"}, **where)
    ending = ask(endings.end, conversation_id=talk.id)
    assert "On the page they keep" in ending
    assert ending.count("<strong>Riverside Food Bank</strong>") == 1
    assert "<strong></strong>" not in ending
    Service.objects.filter(id=food_bank.id).update(name="Closed for good")
    ask(endings.end, {"next_steps": "I go on Thursday."}, conversation_id=talk.id)
    text = ask(conversations.next_steps, conversation_id=talk.id)
    for told in (
        "Riverside Food Bank", "1 Mill Lane, Riverside, RV1 1AA", "01632 960001 (Duty worker)",
        "Monday, Thursday, 10:00 to 16:00",
    ):  # fmt: skip
        assert told in text
    everything()
    kept = Outcome.objects.get()
    assert (kept.kind, kept.service_id, kept.service_name) == (
        "signpost",
        food_bank.id,
        "Riverside Food Bank",
    )
    assert AuditEvent.objects.filter(code="outreach.signpost_chosen", person_id=talk.item.person_id).exists()


def test_number_and_address_are_kept_in_whatever_language_the_page_calls_them(
    food_bank: Service, worker: Actor, bracketed: None, at: datetime
) -> None:
    page = queries.service_page(actor=worker, at=at, service_id=food_bank.id)
    with translation.override("cy"):
        shown = service_shown(page, at)
    assert shown.reach[0].label == "⟦Telephone⟧"
    kept = as_told(shown)
    assert (kept.telephone, kept.address) == (
        "01632 960001 (Duty worker)",
        "1 Mill Lane, Riverside, RV1 1AA",
    )


@pytest.mark.proves("FIND-15")
def test_a_service_they_do_not_want_at_home_is_kept_off_the_page(
    ask: Ask, talk: Conversation, food_bank: Service
) -> None:
    where = {"conversation_id": talk.id, "back": endings.END}
    ask(endings.choose, {"service": str(food_bank.id), "on_paper": "no"}, **where)
    ask(endings.end, {"next_steps": "I go on Thursday."}, conversation_id=talk.id)
    assert "Food Bank" not in ask(conversations.next_steps, conversation_id=talk.id)


def test_a_service_is_chosen_once_and_can_be_taken_off_until_the_talk_ends(
    talk: Conversation, worker: Actor, at: datetime
) -> None:
    told = ServiceTold(id=uuid4(), name="Food club")
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    first = choose_service(**given, service=told, on_paper=False)
    with pytest.raises(ChosenAlreadyError):
        choose_service(**given, service=told, on_paper=True)
    drop_service(**given, outcome_id=first.id)
    with pytest.raises(NotFoundError):
        drop_service(**given, outcome_id=first.id)
    again = choose_service(**given, service=told, on_paper=True)
    finish_conversation(**given, came=[])
    for late in (
        lambda: drop_service(**given, outcome_id=again.id),
        lambda: choose_service(**given, service=told, on_paper=True),
        lambda: keep_ending(**given, told={"advice": "More."}),
    ):
        with pytest.raises(ConversationFinishedError):
            late()


@pytest.mark.proves("FIND-11")
def test_what_is_written_of_the_ending_is_there_again_after_a_search_also_without_a_script(
    ask: Ask, talk: Conversation, food_bank: Service, charity: Organisation
) -> None:
    sent = {
        "next_steps": "I ring my sister.\r\nSunday", "advice": NASTY, "refer_to": str(charity.id),
        "refer_why": "Half a thought", "concern": "Her son", "person_agrees": "yes", "on_paper": "on",
        "find": "yes",
    }  # fmt: skip
    to = ask(endings.end, sent, conversation_id=talk.id)
    assert to == reverse("outreach:find", kwargs={"conversation_id": talk.id, "back": endings.END})
    text = ask(endings.end, conversation_id=talk.id)
    for written in ("I ring my sister.\nSunday", "Half a thought", "Her son", "&lt;script&gt;"):
        assert written in text
    assert f'value="{charity.id}" selected' in text
    everything()
    assert not Outcome.objects.exists(), "nothing is done by looking"
    ask(endings.end, {"next_steps": "I ring my sister."}, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().ending == {}


def test_taking_a_service_off_loses_nothing_that_was_written(
    ask: Ask, talk: Conversation, food_bank: Service
) -> None:
    where = {"conversation_id": talk.id, "back": endings.END}
    ask(endings.choose, {"service": str(food_bank.id), "on_paper": "yes"}, **where)
    everything()
    sent = {"next_steps": "I ring my sister.", "drop": str(Outcome.objects.get().id)}
    assert ask(endings.end, sent, conversation_id=talk.id) == reverse("outreach:end", args=[talk.id])
    text = ask(endings.end, conversation_id=talk.id)
    assert "I ring my sister." in text
    assert "Riverside Food Bank" not in text
    with pytest.raises(NotFoundError):
        ask(endings.end, sent | {"next_steps": "More."}, conversation_id=talk.id)


def test_the_ending_is_kept_field_by_field_while_somebody_writes(
    ask: Ask, talk: Conversation, worker: Actor, at: datetime
) -> None:
    assert "true" in ask(endings.keep, {"prompt": "advice", "words": "Tea"}, conversation_id=talk.id)
    assert "true" in ask(endings.keep, {"prompt": "concern", "words": "Son"}, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().ending == {"advice": "Tea", "concern": "Son"}
    with pytest.raises(NotFoundError):
        ask(endings.keep, {"prompt": "danger", "words": "x"}, conversation_id=talk.id)
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": talk.id}
    with pytest.raises(EndingKeptError):
        keep_ending(**given, told={"advice": "Tea"})
    with pytest.raises(AnswerTooLongError):
        keep_ending(**given, told={"advice": "a" * 1_000_000})
    with pytest.raises(NotAnAnswerError):
        keep_ending(**given, told={"advice": "a\x00b"})
    long = {"advice": "a" * 20_000, "next_steps": "Mine", "find": "yes"}
    text = ask(endings.end, long, conversation_id=talk.id)
    assert "a" * 20_000 in text, "what is too long to keep is still in its box"
    assert "at most 10,000 characters" in text


def test_another_organisation_finds_neither_the_conversation_nor_its_search(
    ask: Ask, talk: Conversation, food_bank: Service, peer: Actor
) -> None:
    where = {"conversation_id": talk.id, "back": endings.END}
    for asked in (
        lambda: ask(endings.find, actor=peer, **where),
        lambda: ask(endings.choose, {"service": str(food_bank.id)}, actor=peer, **where),
        lambda: ask(endings.choose, {"service": "no-id"}, **where),
        lambda: ask(endings.find, conversation_id=talk.id, back="no_such_theme"),
    ):
        with pytest.raises(NotFoundError):
            asked()
    words = {"prompt": "advice", "words": "x"}
    assert '"kept": false' in ask(endings.keep, words, actor=peer, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get(id=talk.id).ending == {}


@pytest.mark.proves("FIND-11")
def test_a_search_from_a_conversation_asks_no_more_than_fifteen_queries(
    ask: Ask, talk: Conversation, food_bank: Service, charity: Organisation, at: datetime
) -> None:
    editor = acting(member(charity, "Ola Second", "directory_editor"))
    for number in range(3):
        entry = replace(FOOD_BANK, name=f"Kitchen {number}")
        directory.publish_service(actor=editor, at=at, entry=entry)
    where = {"conversation_id": talk.id, "back": endings.END}
    to = ask(endings.find, {"words": "food", "place": "RV1"}, **where)
    with CaptureQueriesContext(connection) as seen:
        text = ask(endings.find, query=to[1:], **where)
    assert "Kitchen 2" in text
    asked = [
        each["sql"] for each in seen.captured_queries
        if not each["sql"].startswith(("SAVEPOINT", "RELEASE", "select set_config"))
    ]  # fmt: skip
    assert len(asked) <= 15, "\n".join(asked)
