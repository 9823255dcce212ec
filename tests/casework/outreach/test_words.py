"""The pages of lists, conversations and referrals in a language of brackets: no word stands outside them."""

# ruff: noqa: F811 - fixtures of the neighbouring module

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import translation
from tests.casework.brackets import data_of_people, left_over, of_data, words_of_the_pack
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_pages import talk  # noqa: F401 - a fixture

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.outreach.commands.giving import offer_item
from alongside.casework.outreach.commands.referring import make_referral
from alongside.casework.outreach.commands.working import record_attempt
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.rules import Result
from alongside.casework.outreach.views import asking, conversations, endings, items, lists, referrals

pytestmark = pytest.mark.django_db


def outside(show: Callable[[], str]) -> list[str]:
    """What of a page is neither in brackets nor anybody's own words."""
    with translation.override("cy"):
        page = show()
    assert "⟦" in page
    everything()
    with translation.override("cy"):
        return left_over(page, of_data(data_of_people() | words_of_the_pack()))


@pytest.mark.parametrize(
    "view",
    [items.judge, items.item, items.attempt, items.note, items.put_back, items.finish, items.prioritise,
     items.assign, items.offer, asking.refer],
)  # fmt: skip
def test_every_page_of_an_item_can_be_read_in_another_language(
    bracketed: None,
    ask: Any,
    item: WorkItem,
    view: Any,
    manager: Actor,
) -> None:
    actor = manager if view is items.assign else None
    assert outside(lambda: ask(view, item_id=item.id, **({"actor": actor} if actor else {}))) == []


def test_an_item_with_all_that_can_be_on_it(
    bracketed: None,
    ask: Any,
    judged: WorkItem,
    worker: Actor,
    ben: Membership,
    charity: Organisation,
    at: datetime,
) -> None:
    record_attempt(
        actor=worker, at=at, item_id=judged.id, result=Result.DECLINED_NOW, next_offer="A lift to the shop",
        try_next_on=at.date(),
    )  # fmt: skip
    make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company on Thursdays",
        person_agrees="yes",
    )  # fmt: skip
    offer_item(actor=worker, at=at, item_id=judged.id, member_id=ben.id, why="He speaks Welsh")
    assert outside(lambda: ask(items.item, item_id=judged.id)) == []
    assert outside(lambda: ask(lists.mine)) == []
    assert outside(lambda: ask(referrals.referrals)) == []


@pytest.mark.parametrize("view", [lists.manager, lists.cover])
def test_what_a_manager_sees(bracketed: None, ask: Any, judged: WorkItem, manager: Actor, view: Any) -> None:
    assert outside(lambda: ask(view, actor=manager)) == []


def test_the_list_of_a_team(bracketed: None, ask: Any, item: WorkItem) -> None:
    assert outside(lambda: ask(lists.team, team_id=item.team_id)) == []


def test_a_conversation_from_the_first_question_to_the_page_the_person_keeps(
    bracketed: None,
    ask: Any,
    talk: Conversation,
) -> None:
    of_talk = {"conversation_id": talk.id}
    assert outside(lambda: ask(conversations.danger, **of_talk)) == []
    for section in talk.guide_words["sections"]:
        assert outside(lambda code=section["code"]: ask(conversations.theme, code=code, **of_talk)) == []
    ask(conversations.danger, {"danger": "yes"}, **of_talk)
    assert outside(lambda: ask(conversations.call_now, **of_talk)) == []
    assert outside(lambda: ask(endings.end, **of_talk)) == []
    ask(endings.end, {"next_steps": "Ring Nuala."}, **of_talk)
    assert outside(lambda: ask(conversations.next_steps, **of_talk)) == []
    assert outside(lambda: ask(conversations.talk, **of_talk)) == []


def test_an_answer_of_a_choice_is_kept_as_it_is_in_english(
    bracketed: None,
    ask: Any,
    talk: Conversation,
) -> None:
    choice = next(
        (section["code"], prompt["code"])
        for section in talk.guide_words["sections"]
        for prompt in section["prompts"]
        if prompt["answer"] == "yes_no_not_known"
    )
    of_talk = {"conversation_id": talk.id}
    with translation.override("cy"):
        page = ask(conversations.theme, code=choice[0], **of_talk)
        assert 'value="Yes"' in page
        assert "⟦Yes⟧" in page
        ask(conversations.answer, {"prompt": choice[1], "words": "Yes"}, **of_talk)
        assert 'value="Yes" checked' in ask(conversations.theme, code=choice[0], **of_talk)
