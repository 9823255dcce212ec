"""A conversation that was open when somebody died says so, and ends without a referral."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import admit, everything
from tests.casework.outreach.test_died import DIED, dies
from tests.casework.outreach.test_noticing import begun

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.talking import (
    Came,
    DangerNotAskedError,
    begin_conversation,
    finish_conversation,
)
from alongside.casework.outreach.commands.working import finish_item
from alongside.casework.outreach.models import Conversation, Note, Outcome, Referral, WorkItem
from alongside.casework.outreach.rules import OutcomeKind, State
from alongside.casework.outreach.views import conversations, endings, items
from alongside.casework.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
CALL, ASKED = "first_call/2", "Company on Sundays"


@pytest.fixture
def person(worker: Actor, at: datetime) -> Person:
    """Whom an item is about."""
    return admit(worker, at, known_as="Bee", forename="Beatrice", surname="Quill")


@pytest.fixture
def talk(ask: Ask, judged: WorkItem) -> Conversation:
    return begun(ask, judged, CALL)


@pytest.fixture
def sent(charity: Organisation) -> dict[str, Any]:
    """An ending with a referral, as it is typed."""
    return {
        "next_steps": "Tea.", "refer_to": str(charity.id), "refer_why": ASKED, "person_agrees": "yes",
        "safe": "yes",
    }  # fmt: skip


def test_every_page_of_it_says_so(ask: Ask, talk: Conversation, person: Person) -> None:
    def pages() -> dict[str, str]:
        views: Any = (
            conversations.danger, conversations.call_now, conversations.talk, conversations.next_steps,
            endings.end,
        )  # fmt: skip
        found = {each.__name__: ask(each, conversation_id=talk.id) for each in views}
        first = talk.guide_words["sections"][0]["code"]
        found["theme"] = ask(conversations.theme, conversation_id=talk.id, code=first)
        return found | {"find": ask(endings.find, conversation_id=talk.id, back=endings.END)}

    assert [name for name, page in pages().items() if DIED in page] == []
    dies(person)
    assert [name for name, page in pages().items() if DIED not in page] == []


def test_it_ends_without_the_referral_and_what_was_typed_is_kept(
    ask: Ask, talk: Conversation, person: Person, judged: WorkItem, worker: Actor, at: datetime,
    sent: dict[str, Any],
) -> None:  # fmt: skip
    assert "/end/check/" in ask(endings.end, sent, conversation_id=talk.id)
    assert ASKED in ask(endings.end_check, conversation_id=talk.id)
    dies(person)
    assert ask(endings.end_check, conversation_id=talk.id).endswith("/end/"), "nothing is to be sent"
    assert ASKED in ask(endings.end, conversation_id=talk.id)
    assert ask(endings.end, sent, conversation_id=talk.id).endswith(f"/item/{judged.id}/")
    page = ask(items.item, item_id=judged.id)
    assert ASKED in page
    assert "Been There" in page
    assert "The page for the person to keep" not in page
    everything()
    assert not Referral.objects.exists()
    assert Conversation.objects.get().next_steps == "Tea."
    finish_item(actor=worker, at=at, item_id=judged.id, words="She has died.")
    everything()
    assert WorkItem.objects.get().state == State.DONE


def test_whoever_was_about_to_send_it_sends_nothing_and_is_not_told_to_give_them_a_page(
    ask: Ask, talk: Conversation, person: Person, sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(endings.end, sent, conversation_id=talk.id)
    dies(person)
    said: list[str] = []
    monkeypatch.setattr(endings.messages, "success", lambda _request, words, **_more: said.append(str(words)))
    ask(endings.end_check, {}, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().finished_at is not None
    assert not Referral.objects.exists()
    assert ASKED in Note.objects.get().words
    assert "has died, so nobody was referred" in said[0]
    assert "Give them this page" not in said[0]


def test_what_they_were_not_to_know_is_kept_as_a_worry_of_which_they_do_not_read(
    talk: Conversation, person: Person, worker: Actor, charity: Organisation, at: datetime
) -> None:
    dies(person)
    asked = Came(
        OutcomeKind.REFERRAL, words=ASKED, organisation_id=charity.id, why_not_safe="He reads her post."
    )
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=[asked])
    everything()
    assert not Note.objects.exists()
    kept = Concern.objects.get()
    assert ASKED in kept.words
    assert kept.why_not_safe == "He reads her post."


def test_it_may_end_with_nothing_but_never_before_danger_was_asked_about(
    judged: WorkItem, person: Person, worker: Actor, at: datetime, guide: dict[str, Any]
) -> None:
    one = begin_conversation(actor=worker, at=at, item_id=judged.id, guide=CALL, guide_words=guide)
    dies(person)
    given: dict[str, Any] = {"actor": worker, "at": at, "conversation_id": one.id, "came": []}
    with pytest.raises(DangerNotAskedError):
        finish_conversation(**given)
    Conversation.objects.filter(id=one.id).update(danger=False, danger_asked_at=at)
    finish_conversation(**given)
    everything()
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("typed", "shown", "unsafe"),
    [
        (
            {"refer_why": ASKED, "safe": "yes"},
            f"Nobody was chosen for it: {ASKED}\nThey have not been asked yet.",
            False,
        ),
        ({"refer_why": ASKED, "safe": "yes", "person_agrees": "no"}, "They do not agree.", False),
        ({"refer_why": ASKED}, ASKED, True),
        ({"refer_to": "charity", "person_agrees": "yes"}, "It was for Been There: ", True),
        ({"refer_to": "charity", "refer_why": ASKED}, f"It was for Been There: {ASKED}", True),
        ({"refer_to": "charity", "refer_why": ASKED, "safe": "no"}, ASKED, True),
        ({"why_not_safe": "He reads her post.", "safe": "no"}, "has died", True),
    ],
)
def test_it_ends_with_nothing_more_written_however_little_of_a_referral_was(
    ask: Ask, talk: Conversation, person: Person, judged: WorkItem, charity: Organisation,
    typed: dict[str, str], shown: str, unsafe: bool,
) -> None:  # fmt: skip
    typed = {name: str(charity.id) if words == "charity" else words for name, words in typed.items()}
    dies(person)
    assert ask(endings.end, typed, conversation_id=talk.id).endswith(f"/item/{judged.id}/")
    everything()
    assert Conversation.objects.get().finished_at is not None
    assert not Referral.objects.exists()
    kept: Any = Concern.objects.get() if unsafe else Note.objects.get()
    assert shown in kept.words
    assert not unsafe or kept.why_not_safe == typed.get("why_not_safe", kept.why_not_safe) != ""
    assert Concern.objects.count() + Note.objects.count() == 1


def test_a_number_without_a_name_does_not_hold_it_up_either(
    ask: Ask, talk: Conversation, person: Person
) -> None:
    dies(person)
    ask(endings.end, {"service_telephone": "01632 960001"}, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().finished_at is not None
    assert Outcome.objects.get().service_telephone == "01632 960001"


def test_what_was_half_written_before_they_died_ends_from_the_last_look_too(
    ask: Ask, talk: Conversation, person: Person, sent: dict[str, Any]
) -> None:
    ask(endings.end, sent, conversation_id=talk.id)
    Conversation.objects.filter(id=talk.id).update(ending={**sent, "safe": ""})
    dies(person)
    ask(endings.end_check, {}, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().finished_at is not None
    assert "They agree." in Concern.objects.get().words


def test_while_they_live_half_a_referral_is_still_half(
    ask: Ask, talk: Conversation, charity: Organisation
) -> None:
    for typed in ({"refer_why": ASKED, "safe": "yes"}, {"refer_to": str(charity.id), "refer_why": ASKED}):
        assert "There is a problem" in ask(endings.end, typed, conversation_id=talk.id)
    everything()
    assert Conversation.objects.get().finished_at is None
