"""What was written in a conversation before the wrong person was noted is not kept as the person's."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_half_way import PENSION, on_page, says, talk_on
from tests.casework.outreach.test_kept_once import BANK, steps, wrong
from tests.casework.signed_in import browser_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import User
from alongside.casework.outreach.commands.signposting import ServiceTold, choose_service, keep_ending
from alongside.casework.outreach.commands.talking import (
    ChangedMeanwhileError,
    NothingCameOfItError,
    autosave_answer,
    finish_conversation,
)
from alongside.casework.outreach.models import Conversation, Outcome, WorkItem
from alongside.casework.outreach.queries.pages import conversation_page, next_steps_page
from alongside.casework.people.models import Person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ADVISED = "She asks her doctor."


@pytest.fixture
def talk(judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    """Somebody answered the door, said who they are not, and then the wrong person was noted."""
    begun = talk_on(judged, worker, at, guide)
    says(begun, worker, at)
    steps(begun, worker, at)
    keep_ending(actor=worker, at=at, conversation_id=begun.id, told={"advice": ADVISED})
    choose_service(
        actor=worker, at=at, conversation_id=begun.id, on_paper=True,
        service=ServiceTold(id=uuid4(), name="Grief café"),
    )  # fmt: skip
    wrong(begun, worker, at + HOUR)
    return begun


def test_finished_by_hand_nothing_of_it_is_on_their_page_or_came_of_it(
    talk: Conversation, person: Person, worker: Actor, at: datetime
) -> None:
    later = at + 2 * HOUR
    autosave_answer(actor=worker, at=later, conversation_id=talk.id, prompt="hardest", words="The dark.")
    finish_conversation(actor=worker, at=later, conversation_id=talk.id, came=[], next_steps="I rest.")
    assert on_page(worker, person, later) == ["The dark."]
    everything()
    assert not Outcome.objects.exists()
    page = next_steps_page(actor=worker, conversation_id=talk.id)
    assert (page.talk.next_steps, page.outcomes) == ("I rest.", [])


def test_what_they_say_themself_in_place_of_it_is_theirs(
    talk: Conversation, person: Person, worker: Actor, at: datetime
) -> None:
    later = at + 2 * HOUR
    says(talk, worker, later, "I dig.")
    finish_conversation(actor=worker, at=later, conversation_id=talk.id, came=[], next_steps="I rest.")
    assert on_page(worker, person, later) == ["I dig."]


def test_it_does_not_end_with_what_somebody_else_meant_to_do(
    talk: Conversation, worker: Actor, at: datetime
) -> None:
    later = {"actor": worker, "at": at + 2 * HOUR, "conversation_id": talk.id}
    with pytest.raises(NothingCameOfItError):
        finish_conversation(**later, came=[])
    told = {"next_steps": BANK}
    with pytest.raises(ChangedMeanwhileError):  # from a page that was open all the time
        finish_conversation(**later, came=[], next_steps=BANK, told=told, opened={"next_steps": [BANK]})


def test_the_page_says_what_is_kept_and_what_is_not(
    talk: Conversation, worker: Actor, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = at + 2 * HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    everything()
    browser = browser_of(User.objects.get(id=worker.user_id))
    shown = browser.get(f"/lists/conversation/{talk.id}/end/").text
    assert "that this was the wrong person" in shown
    inset, form = shown.split('class="govuk-inset-text"')[1].split("<form", 1)
    for words in (BANK, ADVISED, "Grief café"):
        assert words in inset
        assert words not in form
    (asked,) = [
        prompt["say"]
        for section in talk.guide_words["sections"]
        for prompt in section["prompts"]
        if prompt["code"] == "good_day"
    ]
    assert asked in inset
    assert PENSION not in shown


def test_without_a_wrong_person_nothing_is_left_out(
    judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    begun = talk_on(judged, worker, at, guide)
    assert conversation_page(actor=worker, conversation_id=begun.id).not_theirs_until is None
