"""A conversation that ended can be read again, each answer with its question; and what the person keeps."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask

from alongside.casework.access.actors import Actor
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
from alongside.casework.outreach.views import conversations, items

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


def test_every_question_is_there_with_its_answer_and_what_came_of_it_and_the_look_is_recorded(
    ask: Ask, finished: Conversation, judged: WorkItem, manager: Actor
) -> None:
    assert f'/lists/conversation/{finished.id}/"' in ask(items.item, item_id=judged.id)
    before = AuditEvent.objects.filter(code="outreach.conversation_seen").count()
    for reader in (None, manager):
        page = ask(conversations.talk, conversation_id=finished.id, **({"actor": reader} if reader else {}))
        order = [
            "Nobody was said to be in immediate danger", "Who would you like to have with you", "My sister.",
            "What does a good day look like", "The wireless\n&amp; tea.", "Shall I put you in touch with",
            "Not known", "Whom may I tell what you told me?", "The food shop, &lt;b&gt;not&lt;/b&gt; my son.",
            "What came of it", "I ring my sister.", "Ring the surgery.",
        ]  # fmt: skip
        places = [page.index(each) for each in order]
        assert places == sorted(places)
        assert "Nothing was written down." in page
        assert "<form" not in page.split("<main", 1)[-1].split("</main", 1)[0]
    assert AuditEvent.objects.filter(code="outreach.conversation_seen").count() == before + 2


def test_it_is_nobodys_to_read_who_may_not_read_the_item_and_is_read_before_it_ended_too(
    ask: Ask, talk: Conversation, peer: Actor
) -> None:
    with pytest.raises(NotFoundError):
        ask(conversations.talk, conversation_id=talk.id, actor=peer)
    page = ask(conversations.talk, conversation_id=talk.id)
    assert "Not finished yet" in page
    assert "Nothing is written down of that yet." in page


def test_words_of_the_person_stand_with_the_question_they_answer(
    ask: Ask, finished: Conversation, judged: WorkItem
) -> None:
    page = ask(items.item, item_id=judged.id)
    assert "asked: What does a good day look like for you?" in page
