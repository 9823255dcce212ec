"""A worry of which the person must not know is never put to them, and whoever works with them is told so."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.marm.commands.concerning import raise_concern
from alongside.casework.outreach.commands.distributing import prioritise_item, raise_item
from alongside.casework.outreach.commands.giving import take_item
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.commands.working import finish_item
from alongside.casework.outreach.commands.worrying import Worry, raise_worry
from alongside.casework.outreach.models import Conversation, Referral, WorkItem
from alongside.casework.outreach.rules import Priority, ReferralState
from alongside.casework.outreach.rules.risks import code_of_raised, risks_behind, with_risks
from alongside.casework.outreach.views import conversations, items

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day", "team")]
WORDS = "He hits her."
UNTOLD, WARNED, BEFORE = "Not yet talked through", "do not talk about it", "Do not talk about why"


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


def test_it_is_no_question_of_the_conversation_and_the_warning_comes_before_anybody_looks_on(
    ask: Ask, told: WorkItem
) -> None:
    page = ask(items.item, item_id=told.id)
    assert WORDS in page
    assert WARNED in page
    assert UNTOLD not in page
    assert page.index('id="next"') < page.index(BEFORE) < page.index("Begin a conversation")
    talk = begun(ask, told)
    assert WORDS not in str(talk.guide_words)
    pages = everywhere(ask, talk)
    assert WORDS not in pages
    assert "put them on the list" not in pages, "that there is a secret tells that somebody told"
    assert "govuk-warning-text" not in ask(conversations.danger, conversation_id=talk.id)


def test_a_conversation_that_had_begun_before_asks_it_no_more(ask: Ask, told: WorkItem) -> None:
    talk = begun(ask, told)
    guide: dict[str, Any] = with_risks(talk.guide_words, risks_behind([], told.raised_why))
    Conversation.objects.filter(id=talk.id).update(guide_words=guide)
    assert code_of_raised() in str(guide)
    assert WORDS not in everywhere(ask, talk)
    assert WORDS not in ask(conversations.talk, conversation_id=talk.id)


def test_a_worry_that_is_safe_to_know_is_asked_about(ask: Ask, worker: Actor, at: datetime) -> None:
    safe = raise_worry(actor=worker, at=at, worry=worry(why_not_safe=""))
    page = ask(items.item, item_id=safe.id)
    assert UNTOLD in page
    assert WARNED not in page
    assert BEFORE not in page
    assert WORDS in everywhere(ask, begun(ask, safe))


@pytest.mark.parametrize("again", ["Her neighbour says again that he hits her", "Cold", "he hits"])
def test_it_is_not_asked_about_when_it_comes_back_in_other_words(
    ask: Ask, told: WorkItem, worker: Actor, ben: Membership, at: datetime, again: str
) -> None:
    finish_item(actor=worker, at=at, item_id=told.id, words="She did not open.")
    everything()
    colleague = acting(ben)
    back = raise_item(
        actor=colleague, at=at, person_id=told.person_id, team_id=None, priority=Priority.TODAY, why=again
    )
    everything()
    take_item(actor=worker, at=at, item_id=back.id)
    everything()
    page = ask(items.item, item_id=back.id)
    assert f"Ben Okoro: {again}" in page
    assert page.index(WARNED) < page.index('id="next"'), "beside the words, however they put it"
    assert UNTOLD not in page
    talk = begun(ask, back)
    assert again not in str(talk.guide_words)


def test_nor_when_it_comes_back_as_how_soon_a_flag_is_to_be_looked_at(
    ask: Ask, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    raise_concern(
        actor=worker, at=at, person_id=judged.person_id, words=WORDS, why_not_safe="He reads her post."
    )
    again = "His father says that he beats her."
    prioritise_item(actor=worker, at=at, item_id=judged.id, priority=Priority.TODAY, why=again)
    assert UNTOLD not in ask(items.item, item_id=judged.id).split("Rent is in arrears")[0]
    talk = begun(ask, judged)
    assert again not in str(talk.guide_words)
    assert "Rent is in arrears" in str(talk.guide_words), "what the flag says is no secret"


def test_nor_after_whoever_was_asked_without_their_knowledge_said_no(
    ask: Ask, worker: Actor, peer: Actor, at: datetime
) -> None:
    raise_worry(actor=peer, at=at, worry=worry())
    everything()
    asked = Referral.objects.get()
    mine = accept_referral(actor=worker, at=at, referral_id=asked.id, take=True)
    everything()
    Referral.objects.update(state=ReferralState.DECLINED, decline_why="No room.", other_route="A refuge.")
    page = ask(items.item, item_id=mine.id)
    assert UNTOLD not in page
    assert WARNED in page


def test_nor_after_somebody_else_was_asked_without_their_knowledge(
    ask: Ask, judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    asked = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why=WORDS,
        why_not_safe="He reads her post.",
    )  # fmt: skip
    everything()
    accept_referral(actor=peer, at=at, referral_id=asked.id, take=True)
    everything()
    finish_item(actor=worker, at=at, item_id=judged.id, words="She did not open.")
    again = "She is beaten."
    back = raise_item(
        actor=worker, at=at, person_id=judged.person_id, team_id=None, priority=Priority.TODAY, why=again
    )
    take_item(actor=worker, at=at, item_id=back.id)
    page = ask(items.item, item_id=back.id)
    assert WARNED in page
    assert WORDS not in page, "what was asked is shown where it was asked"
    talk = begun(ask, back)
    assert again not in str(talk.guide_words)
