"""Who made a referral, and whoever takes over from them, reads that the person must not learn of it."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.talking import (
    Came,
    begin_conversation,
    finish_conversation,
    note_danger,
)
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.presenters.referrals import PERSON_SAID
from alongside.casework.outreach.rules import OutcomeKind, Priority
from alongside.casework.outreach.views import conversations, items
from alongside.casework.people.presenters.words import NOT_SAFE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]


@pytest.fixture
def referred(
    judged: WorkItem, worker: Actor, charity: Organisation, at: datetime, guide: dict[str, Any]
) -> Conversation:
    talk = begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=False)
    came = Came(
        OutcomeKind.REFERRAL, words="Company.", organisation_id=charity.id, person_agrees="not_asked",
        why_not_safe="Partner reads everything.", priority=Priority.THIS_WEEK,
    )  # fmt: skip
    return finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=[came], next_steps="")


def test_the_senders_own_pages_warn_that_the_person_must_not_learn_of_it_and_say_who_was_asked(
    ask: Ask, referred: Conversation, judged: WorkItem, manager: Actor
) -> None:
    for reader in ({}, {"actor": manager}):
        for page in (
            ask(items.item, item_id=judged.id, **reader),
            ask(conversations.talk, conversation_id=referred.id, **reader),
        ):
            for words in (str(NOT_SAFE), str(PERSON_SAID["not_asked"]), "Been There", "Company."):
                assert words.replace("'", "&#39;") in page
