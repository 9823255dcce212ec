"""A conversation that ended can be read again, each answer with its question; and what the person keeps."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.test import RequestFactory
from tests.casework.outreach.asking import Ask

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation, Team
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.talking import (
    Came,
    autosave_answer,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.rules import OutcomeKind
from alongside.casework.outreach.views import conversations, endings, items

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
ANSWERS = {
    "who_is_there": "My sister.", "good_day": "The wireless\n& tea.", "offer": "Not known",
    "share": "The food shop, <b>not</b> my son.",
}  # fmt: skip


@pytest.fixture
def talk(judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    begun = begin_conversation(
        actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide
    )
    note_danger(actor=worker, at=at, conversation_id=begun.id, danger=False)
    for prompt, words in ANSWERS.items():
        autosave_answer(actor=worker, at=at, conversation_id=begun.id, prompt=prompt, words=words)
    return begun


@pytest.fixture
def finished(talk: Conversation, worker: Actor, at: datetime) -> Conversation:
    came = [Came(OutcomeKind.ADVICE, words="Ring the surgery.")]
    return finish_conversation(
        actor=worker, at=at, conversation_id=talk.id, came=came, next_steps="I ring my sister."
    )


def test_what_came_of_it_is_first_then_every_answer_and_last_what_has_none_and_the_look_is_recorded(
    ask: Ask, finished: Conversation, judged: WorkItem, manager: Actor
) -> None:
    assert f'/lists/conversation/{finished.id}/"' in ask(items.item, item_id=judged.id)
    before = AuditEvent.objects.filter(code="outreach.conversation_seen").count()
    for reader in (None, manager):
        page = ask(conversations.talk, conversation_id=finished.id, **({"actor": reader} if reader else {}))
        order = [
            "Nobody was said to be in immediate danger",
            "What came of it", "I ring my sister.", "Ring the surgery.",
            "Who would you like to have with you", "My sister.",
            "What does a good day look like", "The wireless\n&amp; tea.", "Shall I put you in touch with",
            "Not known", "Who may I tell what you have told me?",
            "The food shop, &lt;b&gt;not&lt;/b&gt; my son.", "Questions for which nothing was written down",
        ]  # fmt: skip
        places = [page.index(each) for each in order]
        assert places == sorted(places)
        assert "<form" not in page.split("<main", 1)[-1].split("</main", 1)[0]
    assert AuditEvent.objects.filter(code="outreach.conversation_seen").count() == before + 2


def test_it_is_nobodys_to_read_who_may_not_read_the_item_and_is_read_before_it_ended_too(
    ask: Ask, talk: Conversation, peer: Actor
) -> None:
    with pytest.raises(NotFoundError):
        ask(conversations.talk, conversation_id=talk.id, actor=peer)
    page = ask(conversations.talk, conversation_id=talk.id)
    assert "Not finished yet" in page
    assert "Nothing has been written down about this yet." in page


def test_words_of_the_person_stand_with_the_question_they_answer(
    ask: Ask, finished: Conversation, judged: WorkItem
) -> None:
    page = ask(items.item, item_id=judged.id)
    assert "asked: What does a good day look like for you?" in page


@pytest.mark.parametrize(
    ("team_has", "told"),
    [("01632 960555", "Asha Patel, 01632 960555"), ("", "Asha Patel, 01632 960001")],
)
def test_whom_the_person_can_call_has_a_number_the_teams_or_else_the_organisations(
    ask: Ask, finished: Conversation, council: Organisation, team: Team, team_has: str, told: str
) -> None:
    Team.objects.filter(id=team.id).update(telephone=team_has)
    Organisation.objects.filter(id=council.id).update(telephone="01632 960001")
    page = ask(conversations.next_steps, conversation_id=finished.id)
    assert f">{told}<" in page


def test_it_is_said_that_it_is_finished_with_a_link_to_the_page_they_keep(
    talk: Conversation, worker: Actor
) -> None:
    request: Any = RequestFactory().post("/", {"next_steps": "I ring my sister."})
    request.actor, request._messages = worker, CookieStorage(request)
    endings.end(request, conversation_id=talk.id)
    told = str(engines["jinja2"].env.globals["told"](request))
    assert "The conversation is finished." in told
    assert f'href="/lists/conversation/{talk.id}/next-steps/">Give them this page</a>' in told


def test_that_somebody_was_said_to_be_in_danger_stays_written_down_when_the_danger_has_passed(
    ask: Ask, talk: Conversation, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    assert "Nobody was said to be in immediate danger" in ask(conversations.talk, conversation_id=talk.id)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=True)
    note_danger(actor=worker, at=at + timedelta(hours=1), conversation_id=talk.id, danger=False)
    page = ask(conversations.talk, conversation_id=talk.id)
    assert "Somebody was said to be in immediate danger, 2 November 2026" in page
    assert "asked again" in page
    assert "A concern has been raised in your name" in ask(conversations.call_now, conversation_id=talk.id)


def test_a_conversation_that_is_not_finished_can_be_read_from_its_item(
    ask: Ask, talk: Conversation, judged: WorkItem, manager: Actor
) -> None:
    page = ask(items.item, item_id=judged.id, actor=manager)
    assert "not finished yet" in page
    assert f'/lists/conversation/{talk.id}/"' in page
    assert "The page for the person to keep" not in page
