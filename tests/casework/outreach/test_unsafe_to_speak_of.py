"""A worry of which the person must not know is never put to them, and whoever works with them is told so."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.commands.referring import accept_referral
from alongside.casework.outreach.commands.worrying import Worry, raise_worry
from alongside.casework.outreach.models import Conversation, Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.outreach.rules.risks import code_of_raised, is_among, risks_behind, with_risks
from alongside.casework.outreach.views import conversations, items

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day", "team")]
WORDS = "He hits her."
UNTOLD, WARNED, BEFORE = "Not yet talked through", "do not talk about it", "Not safe to speak of"


def worry(why_not_safe: str = "He reads her post.") -> Worry:
    return Worry(
        known_as="Lou", words=WORDS, priority=Priority.TODAY, person_agrees="not_asked",
        how_to_find="The blue door", why_not_safe=why_not_safe,
    )  # fmt: skip


@pytest.fixture(params=["told by the worker", "referred to them"])
def told(request: pytest.FixtureRequest, worker: Actor, peer: Actor, at: datetime) -> WorkItem:
    """An item of the worker's, raised by a worry that is not safe to know."""
    if request.param == "told by the worker":
        return raise_worry(actor=worker, at=at, worry=worry())
    raise_worry(actor=peer, at=at, worry=worry())
    everything()
    return accept_referral(actor=worker, at=at, referral_id=Referral.objects.get().id, take=True)


def begun(ask: Ask, item: WorkItem) -> Conversation:
    ask(conversations.begin, {"guide": "first_call/2"}, item_id=item.id)
    everything()
    return Conversation.objects.get()


def everywhere(ask: Ask, talk: Conversation) -> str:
    codes = [each["code"] for each in talk.guide_words["sections"]]
    pages = [ask(conversations.theme, conversation_id=talk.id, code=each) for each in codes]
    return "".join([*pages, ask(conversations.danger, conversation_id=talk.id)])


def test_it_is_no_question_of_the_conversation_which_warns_at_its_beginning_without_the_words(
    ask: Ask, told: WorkItem
) -> None:
    page = ask(items.item, item_id=told.id)
    assert WORDS in page
    assert WARNED in page
    assert UNTOLD not in page
    talk = begun(ask, told)
    assert WORDS not in str(talk.guide_words)
    assert BEFORE in ask(conversations.danger, conversation_id=talk.id)
    ask(conversations.danger, {"danger": "no"}, conversation_id=talk.id)
    pages = everywhere(ask, talk)
    assert BEFORE not in pages, "later the person may see the page"
    assert WORDS not in pages


def test_a_conversation_that_had_begun_before_asks_it_no_more(ask: Ask, told: WorkItem) -> None:
    talk = begun(ask, told)
    guide: dict[str, Any] = with_risks(talk.guide_words, risks_behind([], told.raised_why))
    Conversation.objects.filter(id=talk.id).update(guide_words=guide)
    assert code_of_raised() in str(guide)
    pages = everywhere(ask, talk)
    assert BEFORE in pages
    assert WORDS not in pages
    assert WORDS not in ask(conversations.talk, conversation_id=talk.id)


def test_a_worry_that_is_safe_to_know_is_asked_about(ask: Ask, worker: Actor, at: datetime) -> None:
    safe = raise_worry(actor=worker, at=at, worry=worry(why_not_safe=""))
    page = ask(items.item, item_id=safe.id)
    assert UNTOLD in page
    assert WARNED not in page
    talk = begun(ask, safe)
    pages = everywhere(ask, talk)
    assert WORDS in pages
    assert BEFORE not in pages


@pytest.mark.parametrize(
    ("raised", "unsafe", "found"),
    [
        ("He hits her.\nWhere to find them: here", ["He hits her."], True),
        ("he  hits her", ["He hits her. And more."], True),
        ("Her house is cold.", ["He hits her."], False),
        ("Her house is cold.", ["", " "], False),
        ("", ["He hits her."], False),
    ],
)
def test_a_worry_is_known_again_with_more_words_around_it(
    raised: str, unsafe: list[str], found: bool
) -> None:
    assert is_among(raised, unsafe) is found
