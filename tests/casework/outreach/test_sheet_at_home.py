"""The page the person keeps says nothing that gives them away, and whoever hands it over is reminded."""

from datetime import datetime

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.test_noticing import CALL, begun

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.views import conversations, endings, items
from alongside.casework.people.commands.records import change_person
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
SAFE = "Never write to the house."


@pytest.fixture
def finished(ask: Ask, judged: WorkItem) -> Conversation:
    """A conversation that ended with a next step."""
    talk = begun(ask, judged, CALL)
    ask(endings.end, {"next_steps": "I ring my sister."}, conversation_id=talk.id)
    return talk


def test_no_kind_of_organisation_is_named_on_it_and_it_can_be_left_at_once(
    ask: Ask, finished: Conversation, council: Organisation
) -> None:
    Organisation.objects.filter(id=council.id).update(name="Riverside Women's Aid", kind="charity")
    page = ask(conversations.next_steps, conversation_id=finished.id)
    assert "Asha Patel" in page
    assert "Aid" not in page
    assert "Exit this page" in page


def test_what_is_safe_stands_beside_the_links_to_it_and_not_on_it(
    ask: Ask, finished: Conversation, judged: WorkItem, person: Person, worker: Actor, at: datetime
) -> None:
    address = f'href="/lists/conversation/{finished.id}/next-steps/"'
    change_person(actor=worker, at=at, person_id=person.id, opened_version=1, changed={"safe_contact": SAFE})
    of_item = ask(items.item, item_id=judged.id)
    of_talk = ask(conversations.talk, conversation_id=finished.id)
    for page in (of_item, of_talk):
        assert SAFE in page[page.index(address) :].partition("</p>")[0]
    assert SAFE not in ask(conversations.next_steps, conversation_id=finished.id)
