"""Advice stays with the decision that was made on it, and reaches whoever asked even after they decided."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.casework.sharing.asking import DAY
from tests.casework.sharing.sharing_told import proposal
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.kernel.errors import AlreadyDoneError, NotFoundError
from alongside.casework.notices.models import Notice
from alongside.casework.sharing.commands.decisions import decide
from alongside.casework.sharing.commands.drafts import ask_for_advice, begin_draft, give_advice
from alongside.casework.sharing.commands.looking import say_it_stands
from alongside.casework.sharing.models import Advice, ShareDecision
from alongside.casework.sharing.queries.advised import advice_on
from alongside.casework.sharing.queries.waiting import Waits, waiting

NO = "No: her brother works there."


@pytest.fixture
def gwen(riverside: Universe) -> Actor:
    return actor_for(riverside, "Gwen Hughes", on=DAY)


@pytest.fixture
def draft(riverside: Universe, asha: Actor, at: datetime) -> UUID:
    return begin_draft(actor=asha, at=at, person_id=riverside.people["Bee"]).id


@pytest.fixture
def unsure(asha: Actor, at: datetime, draft: UUID) -> Advice:
    return ask_for_advice(actor=asha, at=at, draft_id=draft, question="May I tell the landlord?")


@pytest.fixture
def made(riverside: Universe, asha: Actor, at: datetime, draft: UUID, unsure: Advice) -> ShareDecision:
    """Decided before anybody answered."""
    return decide(
        actor=asha, at=at, person_id=riverside.people["Bee"], proposal=proposal(riverside), draft_id=draft
    )


def told_late(asha: Actor, day: datetime) -> list[UUID]:
    found = waiting(actor=asha, day=timezone.localdate(day))
    return [each.id for each in found if each.why is Waits.ADVISED]


@pytest.mark.proves("MARM-37")
def test_the_decision_shows_what_was_asked_before_it_and_the_answers(
    riverside: Universe, asha: Actor, gwen: Actor, at: datetime, draft: UUID, unsure: Advice
) -> None:
    give_advice(actor=gwen, at=at, advice_id=unsure.id, answer=NO)
    again = ask_for_advice(actor=asha, at=at + timedelta(hours=1), draft_id=draft, question="And her GP?")
    later = at + timedelta(hours=2)
    give_advice(actor=gwen, at=later, advice_id=again.id, answer="Yes.")
    bee = riverside.people["Bee"]
    made = decide(actor=asha, at=later, person_id=bee, proposal=proposal(riverside), draft_id=draft)
    page = browser_of(riverside.members["Asha Patel"].user).get(f"/sharing/decisions/{made.id}/").text
    for words in ("May I tell the landlord?", NO, "And her GP?", "Gwen Hughes"):
        assert words in page
    assert told_late(asha, later) == [], "it came before the decision"


@pytest.mark.proves("MARM-37")
def test_who_asked_is_told_of_an_answer_that_came_after_they_decided(
    asha: Actor, gwen: Actor, at: datetime, unsure: Advice, made: ShareDecision, settings: Settings
) -> None:
    settings.MAIL = settings.MAIL or object()
    assert told_late(asha, at) == []
    later = at + timedelta(hours=1)
    give_advice(actor=gwen, at=later, advice_id=unsure.id, answer=NO)
    assert told_late(asha, later) == [made.id]
    assert told_late(gwen, later) == []
    assert Notice.objects.filter(user_id=asha.user_id, waiting_since=later).exists()
    assert told_late(asha, later + timedelta(days=14)) == [made.id], "to the end of the day"
    assert told_late(asha, later + timedelta(days=15)) == []


@pytest.mark.proves("MARM-37")
def test_it_is_shown_with_the_decision_and_on_today_until_that_was_looked_at(
    riverside: Universe, asha: Actor, gwen: Actor, unsure: Advice, made: ShareDecision,
    monkeypatch: pytest.MonkeyPatch, at: datetime,
) -> None:  # fmt: skip
    later = at + timedelta(hours=1)
    give_advice(actor=gwen, at=later, advice_id=unsure.id, answer=NO)
    monkeypatch.setattr(timezone, "now", lambda: later)
    browser = browser_of(riverside.members["Asha Patel"].user)
    assert "Advice about sharing came after you decided" in browser.get("/").text
    assert NO in browser.get(f"/sharing/decisions/{made.id}/").text
    fixed = decide(
        actor=asha, at=later, person_id=riverside.people["Bee"], proposal=proposal(riverside),
        corrects=made.id, corrected_why="Her brother works there.",
    )  # fmt: skip
    assert fixed.advice_id is None
    assert told_late(asha, later) == []


@pytest.mark.proves("MARM-37")
def test_a_decision_without_a_day_for_review_can_be_said_to_stand_once_late_advice_came(
    riverside: Universe, asha: Actor, gwen: Actor, unsure: Advice, made: ShareDecision,
    monkeypatch: pytest.MonkeyPatch, at: datetime,
) -> None:  # fmt: skip
    later = at + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    browser = browser_of(riverside.members["Asha Patel"].user)
    again = f"/sharing/decisions/{made.id}/again/"
    assert made.look_again_on is None
    assert again not in browser.get(f"/sharing/decisions/{made.id}/").text
    with pytest.raises(AlreadyDoneError):
        say_it_stands(actor=asha, at=later, decision_id=made.id, words="I looked.")

    give_advice(actor=gwen, at=later, advice_id=unsure.id, answer="Yes, you may.")
    assert again in browser.get(f"/sharing/decisions/{made.id}/").text
    assert "Yes, you may." in browser.get(again).text, "it is what the review is about"
    after = browser.post(again, {"words": "The advice says yes: it stands."}, follow=True).text
    assert "The advice says yes: it stands." in after
    assert again not in after
    assert told_late(asha, later) == []
    with pytest.raises(AlreadyDoneError):
        say_it_stands(actor=asha, at=later, decision_id=made.id, words="Once more.")


@pytest.mark.proves("MARM-37")
def test_advice_that_came_before_asks_for_no_review(
    riverside: Universe, asha: Actor, gwen: Actor, at: datetime, draft: UUID, unsure: Advice
) -> None:
    give_advice(actor=gwen, at=at, advice_id=unsure.id, answer="Yes, you may.")
    later = at + timedelta(hours=1)
    bee = riverside.people["Bee"]
    made = decide(actor=asha, at=later, person_id=bee, proposal=proposal(riverside), draft_id=draft)
    assert made.advice_id == unsure.id
    with pytest.raises(AlreadyDoneError):
        say_it_stands(actor=asha, at=later, decision_id=made.id, words="I looked.")


@pytest.mark.proves("MARM-37")
def test_a_manager_who_is_asked_sees_that_it_was_decided_meanwhile(
    riverside: Universe, unsure: Advice, made: ShareDecision
) -> None:
    browser = browser_of(riverside.members["Gwen Hughes"].user)
    page = browser.get(f"/sharing/advice/{unsure.id}/").text
    assert "Asha Patel has decided meanwhile" in page
    assert f"/sharing/decisions/{made.id}/" in page
    after = browser.post(f"/sharing/advice/{unsure.id}/", {"answer": NO}, follow=True).text
    assert "It is shown with the decision" in after


def test_advice_is_for_the_organisation_that_asked_for_it(
    riverside: Universe, unsure: Advice, made: ShareDecision
) -> None:
    homes = actor_for(riverside, "Tom Reilly", on=DAY)
    assert homes.member_of != made.organisation_id
    with pytest.raises(NotFoundError):
        advice_on(actor=homes, decision=made)
