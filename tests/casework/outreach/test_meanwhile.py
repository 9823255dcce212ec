"""A page that was opened earlier neither empties nor replaces what another page saved since."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.signposting import EndingKeptError, keep_ending
from alongside.casework.outreach.commands.talking import (
    ChangedMeanwhileError,
    NothingNewError,
    autosave_answer,
    begin_conversation,
    note_danger,
)
from alongside.casework.outreach.models import Answer, Conversation, Outcome, WorkItem
from alongside.casework.outreach.rules.meanwhile import Box, became
from alongside.casework.outreach.views import conversations, endings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
CLASH = "Some of this was changed after you opened it"


@pytest.fixture
def talk(judged: WorkItem, worker: Actor, at: datetime, guide: dict[str, Any]) -> Conversation:
    begun = begin_conversation(
        actor=worker, at=at, item_id=judged.id, guide="first_call/2", guide_words=guide
    )
    return note_danger(actor=worker, at=at, conversation_id=begun.id, danger=False)


@pytest.fixture
def given(talk: Conversation, worker: Actor, at: datetime) -> dict[str, Any]:
    return {"actor": worker, "at": at, "conversation_id": talk.id}


def newest() -> dict[str, str]:
    everything()
    return {kept.prompt: kept.words for kept in Answer.objects.order_by("version")}


def ending() -> dict[str, str]:
    everything()
    kept: dict[str, str] = Conversation.objects.get().ending
    return kept


@pytest.mark.parametrize(
    ("words", "stands", "opened", "expected"),
    [
        ("Sun", "Sun", ["Tea"], Box.SAME),
        ("Sun", "", [""], Box.NEW),
        ("Sun", "Tea", [], Box.NEW),
        ("", "Tea", [""], Box.LEFT),
        ("", "Tea", ["Tea"], Box.NEW),
        ("Sun", "Tea", [""], Box.BOTH),
        ("Sun and tea", "Sun", ["", "Sun"], Box.NEW),
        ("", "Sun", ["", "Sun"], Box.NEW),
    ],
)
def test_what_became_of_a_box(words: str, stands: str, opened: list[str], expected: Box) -> None:
    assert became(words, stands=stands, opened=opened) is expected


def test_a_box_left_empty_does_not_empty_what_was_written_on_another_device(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    where = {"conversation_id": talk.id, "code": "strengths"}
    assert '<input type="hidden" name="opened-good_day" value="">' in ask(conversations.theme, **where)
    autosave_answer(**given, prompt="good_day", words="From the phone")
    on = ask(conversations.theme, {"answer-good_day": "", "opened-good_day": ""}, **where)
    assert on == reverse("outreach:theme", args=[talk.id, "people"])
    assert newest() == {"good_day": "From the phone"}
    emptied = {"answer-good_day": "", "opened-good_day": "From the phone"}
    ask(conversations.theme, emptied, **where)
    assert newest() == {"good_day": ""}, "who saw it may empty it"


def test_an_answer_changed_on_two_devices_is_shown_twice_and_saved_once_somebody_has_chosen(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    where = {"conversation_id": talk.id, "code": "strengths"}
    autosave_answer(**given, prompt="good_day", words="From the <phone>")
    mine = {"answer-good_day": "From the laptop", "opened-good_day": ""}
    page = ask(conversations.theme, mine, **where)
    assert CLASH in page
    assert "<strong>Theirs:</strong> From the &lt;phone&gt;" in page
    assert "<strong>Yours:</strong> From the laptop" in page
    assert ">From the laptop</textarea>" in page
    assert 'name="opened-good_day" value="From the &lt;phone&gt;"' in page
    assert " data-returned" in page
    assert newest() == {"good_day": "From the <phone>"}
    ask(conversations.theme, mine | {"opened-good_day": "From the <phone>"}, **where)
    assert newest() == {"good_day": "From the laptop"}
    assert Answer.objects.count() == 2


def test_a_clash_is_shown_before_anything_else_that_is_wrong_with_an_answer(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    where = {"conversation_id": talk.id, "code": "strengths"}
    autosave_answer(**given, prompt="good_day", words="From the phone")
    sent = {"answer-good_day": "a" * 20_000, "opened-good_day": ""}
    assert CLASH in ask(conversations.theme, sent, **where)
    page = ask(conversations.theme, sent | {"opened-good_day": "From the phone"}, **where)
    assert CLASH not in page
    assert "at most 10,000 characters" in page


def test_signs_ticked_on_another_device_stay_ticked(
    ask: Ask, judged: WorkItem, worker: Actor, at: datetime
) -> None:
    ask(conversations.begin, {"guide": "home_visit/1"}, item_id=judged.id)
    everything()
    talk = Conversation.objects.get()
    ask(conversations.danger, {"danger": "no"}, conversation_id=talk.id)
    noticed = next(each for each in talk.guide_words["sections"] if each["code"] == "noticed")
    prompt, sign = noticed["prompts"][0]["code"], noticed["prompts"][0]["choices"][0]
    autosave_answer(actor=worker, at=at, conversation_id=talk.id, prompt=prompt, words=sign)
    ask(conversations.theme, {f"opened-{prompt}": ""}, conversation_id=talk.id, code="noticed")
    assert newest()[prompt] == sign


def test_what_is_saved_while_it_is_typed_knows_what_it_sent_itself(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    sent = {"prompt": "good_day", "words": "Sun", "opened-good_day": ""}
    assert '"kept": true' in ask(conversations.answer, sent, conversation_id=talk.id)
    more = {"prompt": "good_day", "words": "Sun and tea", "opened-good_day": ["", "Sun"]}
    assert '"kept": true' in ask(conversations.answer, more, conversation_id=talk.id)
    late = {"prompt": "good_day", "words": "Rain", "opened-good_day": ""}
    told = ask(conversations.answer, late, conversation_id=talk.id)
    assert '"kept": false' in told
    assert "nothing is lost" in told
    assert newest() == {"good_day": "Sun and tea"}
    with pytest.raises(NothingNewError):
        autosave_answer(**given, prompt="good_day", words="", opened=[""])
    with pytest.raises(ChangedMeanwhileError):
        autosave_answer(**given, prompt="good_day", words="Rain", opened=[""])


def test_the_ending_keeps_what_another_device_wrote_in_boxes_this_page_left(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    opened = {"opened-advice": "", "opened-concern": ""}
    assert '<input type="hidden" name="opened-advice" value="">' in ask(endings.end, conversation_id=talk.id)
    keep_ending(**given, told={"concern": "Her son"})
    to = ask(endings.end, {"advice": "Tea", "find": "yes", **opened}, conversation_id=talk.id)
    assert to == reverse("outreach:find", kwargs={"conversation_id": talk.id, "back": endings.END})
    assert ending() == {"concern": "Her son", "advice": "Tea"}
    with pytest.raises(EndingKeptError):
        keep_ending(**given, told={"concern": ""}, opened={"concern": [""]})


def test_no_talk_ends_over_what_another_device_wrote_about_it_unseen(
    ask: Ask, talk: Conversation, given: dict[str, Any]
) -> None:
    keep_ending(**given, told={"concern": "Her son", "advice": "Ring the surgery"})
    mine = {"next_steps": "I rest.", "advice": "Tea", "opened-concern": "", "opened-advice": ""}
    page = ask(endings.end, mine | {"opened-next_steps": ""}, conversation_id=talk.id)
    assert CLASH in page
    assert "<li>Something that worries you</li>" in page
    assert "<strong>Theirs:</strong> Ring the surgery" in page
    for box in ("I rest.", "Tea", "Her son"):
        assert f">{box}</textarea>" in page
    everything()
    assert Conversation.objects.get().finished_at is None
    seen = mine | {"concern": "Her son", "opened-concern": "Her son", "opened-advice": "Ring the surgery"}
    seen["worry_safe"] = "yes"
    assert ask(endings.end, seen, conversation_id=talk.id) == reverse("outreach:item", args=[talk.item_id])
    everything()
    assert {each.words for each in Outcome.objects.all()} == {"Tea", "Her son"}


def test_no_referral_is_sent_that_was_changed_after_the_last_look_at_it(
    ask: Ask, talk: Conversation, charity: Organisation, given: dict[str, Any]
) -> None:
    kept = {"refer_to": str(charity.id), "refer_why": "Company.", "person_agrees": "yes", "safe": "yes"}
    keep_ending(**given, told=kept)
    page = ask(endings.end_check, conversation_id=talk.id)
    assert '<input type="hidden" name="opened-refer_why" value="Company.">' in page
    seen = {f"opened-{name}": words for name, words in kept.items()}
    keep_ending(**given, told={"refer_why": "Her rent."})
    page = ask(endings.end_check, seen, conversation_id=talk.id)
    assert "was changed after you opened it" in page
    assert "Her rent." in page
    everything()
    assert not Outcome.objects.exists()
    ask(endings.end_check, seen | {"opened-refer_why": "Her rent."}, conversation_id=talk.id)
    everything()
    assert Outcome.objects.get().words == "Her rent."
