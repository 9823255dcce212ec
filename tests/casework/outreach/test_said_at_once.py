"""What somebody says in one conversation is one saying, however many questions it answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.area import area_pack
from alongside.casework.outreach.commands.talking import (
    autosave_answer,
    begin_conversation,
    finish_conversation,
    guide_as_kept,
    note_danger,
)
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters.person import own_shown
from alongside.casework.outreach.queries.pages import item_page
from alongside.casework.outreach.queries.person import own_page
from alongside.casework.people.commands.records import write_down_words
from alongside.casework.people.models import Person
from alongside.casework.people.presenters.person import AboutSection, person_view
from alongside.casework.people.queries import person_page
from alongside.casework.people.queries.circle import newest_words
from alongside.casework.people.rules import Section

pytestmark = pytest.mark.django_db
VISIT = "home_visit/1"
SAID = {
    "language": "British Sign Language", "to_be_understood": "Write it down",
    "way_of_life": "I keep the sabbath", "who_is_there": "Never with my son there",
    "proud_of": "My roses", "managed_before": "My sister", "hardest": "The rent is paid late",
    "safe": "He hits me",
}  # fmt: skip
HOW_WE_TALK = [SAID[each] for each in ("language", "to_be_understood", "way_of_life", "who_is_there")]


def talked(worker: Actor, item: WorkItem, at: datetime, said: Mapping[str, str]) -> None:
    """Hold a visit in which these are answered, the last question of the guide first."""
    guide = guide_as_kept(area_pack().conversations[VISIT])
    talk = begin_conversation(actor=worker, at=at, item_id=item.id, guide=VISIT, guide_words=guide)
    note_danger(actor=worker, at=at, conversation_id=talk.id, danger=False)
    for prompt, words in reversed(said.items()):
        autosave_answer(actor=worker, at=at, conversation_id=talk.id, prompt=prompt, words=words)
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=[], next_steps="I rest.")


@pytest.fixture
def visited(judged: WorkItem, worker: Actor, person: Person, at: datetime) -> WorkItem:
    """Their item, after a visit in which they said more than before."""
    for words in ("Ring me", "Speak up"):
        before: dict[str, Any] = {"section": Section.COMMUNICATE, "words": words}
        day = at - timedelta(days=2 if words == "Ring me" else 1)
        write_down_words(actor=worker, at=day, person_id=person.id, said_on=day.date(), **before)
    talked(worker, judged, at, SAID)
    return judged


def about(worker: Actor, person: Person, at: datetime, title: str) -> AboutSection:
    page = person_view(person_page(actor=worker, person_id=person.id, at=at), today=at.date())
    return next(each for each in page.about if each.title == title)


def test_their_page_shows_all_of_it_with_its_questions_and_only_what_is_older_as_said_before(
    visited: WorkItem, worker: Actor, person: Person, at: datetime
) -> None:
    section = about(worker, person, at, "How I communicate, and how to communicate with me")
    assert [each.words for each in section.newest] == HOW_WE_TALK
    assert "who would you rather not have there?" in section.newest[3].source
    assert [each.words for each in section.older] == ["Speak up", "Ring me"]


def test_their_own_page_offers_each_of_it_so_that_one_can_be_left_off(
    visited: WorkItem, worker: Actor, person: Person, at: datetime
) -> None:
    parts = own_shown(own_page(actor=worker, person_id=person.id, parts=0)).parts
    ours = [each for each in parts if each.heading == "How I communicate, and how to communicate with me"]
    assert [each.lines for each in ours] == [[words] for words in HOW_WE_TALK]
    assert [each.label.split(": ")[1] for each in ours] == HOW_WE_TALK, "it is chosen by its words"
    assert len({each.code for each in parts}) == len(parts)
    worries = [each for each in parts if each.heading == "What worries me"]
    assert [each.lines for each in worries] == [["The rent is paid late"], ["He hits me"]]
    assert not any(each.ticked for each in worries)


def test_whoever_reads_the_newest_words_reads_all_of_one_conversation_and_then_of_the_next(
    visited: WorkItem, worker: Actor, person: Person, at: datetime
) -> None:
    everything(worker)
    assert {each.words for each in newest_words(person=person.id)} == set(SAID.values())
    talked(worker, visited, at + timedelta(hours=1), {"language": "Welsh"})
    everything(worker)
    newest = [each.words for each in newest_words(person=person.id) if each.section == "communicate"]
    assert newest == ["Welsh"], "what is older is not the newest"
    section = about(worker, person, at, "How I communicate, and how to communicate with me")
    assert [each.words for each in section.older] == [*HOW_WE_TALK, "Speak up", "Ring me"]


def test_an_item_shows_what_was_said_together_in_the_order_it_was_asked_and_drops_none_of_it(
    visited: WorkItem, worker: Actor, at: datetime
) -> None:
    page = item_page(actor=worker, item_id=visited.id, at=at)
    assert [each.words for each in page.said] == list(SAID.values())
