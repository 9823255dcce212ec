"""Words do not flow back by an answer to whoever the person asked that they are told nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from tests.casework.sharing.asking import again, ask
from tests.casework.sharing.sharing_told import chosen
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.operations.running import tell_database
from alongside.casework.outreach.commands.referring import (
    accept_referral,
    complete_referral,
    decline_referral,
)
from alongside.casework.outreach.forms import CompleteForm, DeclineForm
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority
from alongside.casework.people.models import Person
from alongside.casework.people.queries.telling import AnsweredAgainstTheirWishError
from alongside.casework.sharing.commands.requests import (
    NoWrittenReasonsError,
    refuse_request,
    say_nothing_is_held,
    withdraw_request,
)
from alongside.casework.sharing.models import InformationRequest
from alongside.casework.sharing.rules.choices import Topic
from alongside.casework.sharing.rules.requests import Refusal

WORDS = "Since the fire he sees her daily."


def objects(asha: Actor, riverside: Universe, at: datetime) -> None:
    """Bee asks that Riverside Homes is told nothing of her."""
    landlord = frozenset({riverside.organisations["riverside_homes"].id})
    chosen(asha, riverside, at, topics=(Topic.KNOWN,), recipients=landlord)


@pytest.fixture
def from_landlord(riverside: Universe, tom: Actor, at: datetime) -> InformationRequest:
    return ask(riverside, tom, at, of="riverside_council", power=None, power_words="", due=None)


@pytest.fixture
def referred(riverside: Universe, tom: Actor, at: datetime) -> Referral:
    """Riverside Homes asks the police to help Bee."""
    tell_database(system_actor("a test"))
    bee = Person.objects.get(id=riverside.people["Bee"])
    item = WorkItem.raise_for(
        person=bee, organisation_id=tom.member_of, team=None, priority=Priority.ROUTINE, why="The stairs",
        skills=[], by=tom.name, at=at,
    )  # fmt: skip
    return Referral.ask(
        item=item, who="Bee", to_organisation_id=riverside.organisations["valley_police"].id,
        hands_over=False, why="The stairs", why_not_safe="", purpose="early_help", person_agrees="yes",
        by=tom.name, at=at,
    )  # fmt: skip


@pytest.mark.proves("MARM-29")
def test_a_request_is_answered_with_words_only_where_whoever_asked_may_be_told(
    riverside: Universe, asha: Actor, from_landlord: InformationRequest, at: datetime
) -> None:
    given: dict[str, Any] = {"actor": asha, "at": at, "request_id": from_landlord.id}
    objects(asha, riverside, at)
    with pytest.raises(AnsweredAgainstTheirWishError, match="Leave the words empty"):
        say_nothing_is_held(**given, words=WORDS)
    with pytest.raises(AnsweredAgainstTheirWishError, match="We cannot say more; talk to us"):
        refuse_request(**given, refusal=Refusal.HARMFUL, words=WORDS)
    refuse_request(**given, refusal=Refusal.CANNOT_SAY, words=WORDS)
    ended = again(from_landlord)
    assert (ended.state, ended.refusal) == ("refused", "cannot_say")
    assert ended.ended_words == "We cannot say more. Talk to us.", "none of their own words go with it"


@pytest.mark.proves("MARM-29")
def test_a_request_is_withdrawn_without_a_word_where_they_asked_since_that_nothing_is_told(
    riverside: Universe, asha: Actor, at: datetime
) -> None:
    made = ask(riverside, asha, at, of="riverside_homes")
    given: dict[str, Any] = {"actor": asha, "at": at, "request_id": made.id}
    with pytest.raises(NoWrittenReasonsError):
        withdraw_request(**given, words="")
    objects(asha, riverside, at)
    with pytest.raises(AnsweredAgainstTheirWishError, match="Leave the words empty"):
        withdraw_request(**given, words=WORDS)
    withdraw_request(**given, words="")
    assert (again(made).state, again(made).ended_words) == ("withdrawn", "")


@pytest.mark.proves("MARM-29")
def test_that_nothing_is_held_is_said_without_words(
    riverside: Universe, asha: Actor, from_landlord: InformationRequest, at: datetime
) -> None:
    objects(asha, riverside, at)
    say_nothing_is_held(actor=asha, at=at, request_id=from_landlord.id)
    assert again(from_landlord).state == "nothing_held"


def test_the_form_says_what_to_answer_instead_and_keeps_what_was_typed(
    riverside: Universe, asha: Actor
) -> None:
    tom = actor_for(riverside, "Tom Reilly", on=timezone.localdate())
    asked = ask(riverside, tom, timezone.now(), of="riverside_council", power=None, power_words="", due=None)
    objects(asha, riverside, timezone.now())
    browser, page = browser_of(riverside.members["Asha Patel"].user), f"/requests/{asked.id}/refuse/"
    shown = browser.post(page, {"refusal": "harmful", "words": WORDS}).content.decode()
    assert "Answer “We cannot say more; talk to us”" in shown
    assert WORDS in shown
    both = browser.post(page, {"refusal": "cannot_say", "words": WORDS})
    assert both.status_code == 422
    assert WORDS in both.content.decode()
    assert browser.post(page, {"refusal": "harmful", "words": ""}).status_code == 422
    assert browser.post(page, {"refusal": "cannot_say", "words": ""}).status_code == 302
    assert again(asked).refusal == "cannot_say"


@pytest.mark.proves("MARM-29")
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (decline_referral, {"why": WORDS, "other_route": "Her son."}),
        (complete_referral, {"words": WORDS}),
    ],
)
def test_a_referral_is_answered_with_words_only_where_whoever_referred_may_be_told(
    riverside: Universe, asha: Actor, kit: Actor, referred: Referral, at: datetime,
    answer: Callable[..., Referral], words: dict[str, str],
) -> None:  # fmt: skip
    kit = replace(kit, permissions=asha.permissions)
    if answer is complete_referral:
        accept_referral(actor=kit, at=at, referral_id=referred.id)
    tell_database(asha)
    objects(asha, riverside, at)
    with pytest.raises(AnsweredAgainstTheirWishError, match="Tick “We cannot say more; talk to us”"):
        answer(actor=kit, at=at, referral_id=referred.id, **words)
    answer(actor=kit, at=at, referral_id=referred.id, **words, cannot_say=True)
    tell_database(system_actor("a test"))
    made = Referral.objects.get(id=referred.id)
    said = (made.decline_why, made.other_route, made.done_words)
    expected = ("We cannot say more.", "Talk to us.", "")
    assert said == (expected if answer is decline_referral else ("", "", "We cannot say more. Talk to us."))


@pytest.mark.parametrize(
    ("sent", "right"),
    [
        ({"words": WORDS}, True),
        ({"cannot_say": "on"}, True),
        ({}, False),
        ({"words": "  "}, False),
        ({"cannot_say": "on", "words": WORDS}, False),
    ],
)
def test_either_words_or_that_one_cannot_say_more_is_sent(sent: dict[str, str], right: bool) -> None:
    assert CompleteForm(sent).is_valid() is right
    both = {"why": sent.get("words", ""), "other_route": sent.get("words", "")}
    assert DeclineForm(sent | both).is_valid() is right
    assert not DeclineForm({"why": WORDS}).is_valid()
