"""A worry half written is not dropped where nobody can finish it, nor forgotten where somebody can."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything
from tests.casework.outreach.test_half_way import found, says, taken_back, talk_on
from tests.casework.outreach.test_today import day_of

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.marm.models import Concern
from alongside.casework.outreach.commands.half_way import keep_words_cut_off
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.commands.signposting import keep_ending
from alongside.casework.outreach.commands.talking import Came, finish_conversation
from alongside.casework.outreach.models import Conversation, WorkItem
from alongside.casework.outreach.queries.day import day_of_outreach
from alongside.casework.outreach.rules import OutcomeKind
from alongside.casework.outreach.views import endings
from alongside.casework.people.models import Reach
from alongside.casework.people.rules import ReachWhy

pytestmark = pytest.mark.django_db
__all__ = ["found"]
WORRY = "He locks her in and takes her phone."
WRITTEN = {"concern": WORRY, "advice": "Ring the bank."}


def test_where_the_organisation_is_cut_off_it_is_kept_as_its_concern(
    found: Conversation, council: Organisation, charity: Organisation, worker: Actor, at: datetime
) -> None:
    asked = {"refer_to": str(charity.id), "refer_why": "Somebody to sit with her."}
    keep_ending(actor=worker, at=at, conversation_id=found.id, told=WRITTEN | asked)
    taken_back(found, council, at)
    everything()
    worry, unsent = Concern.objects.order_by("-words")
    assert worry.person_id == unsent.person_id == found.item.person_id
    assert worry.organisation_id == council.id
    assert "Asha Patel began" in worry.words
    assert worry.words.endswith(WORRY)
    assert unsent.words.endswith("It was for Been There: Somebody to sit with her.")
    assert all(each.why_not_safe.startswith("Nobody wrote whether it is safe") for each in (worry, unsent))
    (event,) = AuditEvent.objects.filter(code="outreach.worry_kept")
    assert (event.person_id, event.details) == (found.item.person_id, {"concerns": 2})
    # and where it is cut off again, it is kept no second time
    again, lou = at + timedelta(hours=1), found.item.person_id
    Reach.give(person_id=lou, organisation_id=council.id, why=ReachWhy.REFERRED, at=at)
    Reach.objects.get(person=lou, organisation=council, until=None).end(at=again)
    keep_words_cut_off(system_actor("tests"), again, {lou})
    assert Concern.objects.count() == 2


def test_what_they_wrote_of_its_safety_is_kept_with_it(
    found: Conversation, council: Organisation, worker: Actor, at: datetime
) -> None:
    safe = {"worry_safe": "yes", "talked_through": "yes"}
    keep_ending(actor=worker, at=at, conversation_id=found.id, told=WRITTEN | safe)
    taken_back(found, council, at)
    everything()
    worry = Concern.objects.get()
    assert (worry.why_not_safe, worry.talked_through) == ("", True)


def test_what_worried_nobody_is_no_concern(
    found: Conversation, council: Organisation, worker: Actor, at: datetime
) -> None:
    keep_ending(actor=worker, at=at, conversation_id=found.id, told={"concern": " ", "advice": "Ring."})
    taken_back(found, council, at)
    everything()
    assert not Concern.objects.exists()
    assert not AuditEvent.objects.filter(code="outreach.worry_kept").exists()


@pytest.fixture
def taken_over(
    judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime, guide: dict[str, Any]
) -> Conversation:
    """Asha's, written down half way when Sam took over."""
    talk = talk_on(judged, worker, at, guide)
    keep_ending(actor=worker, at=at, conversation_id=talk.id, told=WRITTEN)
    asked = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="x", hands_over=True
    )
    everything(peer)
    accept_referral(actor=peer, at=at, referral_id=asked.id, take=True)
    everything(worker)
    return talk


def test_where_the_person_is_taken_over_it_waits_on_the_page_of_the_day_until_it_is_finished(
    taken_over: Conversation, worker: Actor, ben: Membership, ask: Ask, at: datetime
) -> None:
    day = day_of_outreach(actor=worker, at=at)
    assert [(item.id, talk) for item, talk in day.to_finish] == [(taken_over.item_id, taken_over.id)]
    assert day.items == []
    assert day_of_outreach(actor=acting(ben), at=at).to_finish == []
    (line, *others) = day_of(worker)["For you to do"].lines
    assert (line.text, others) == ("Finish what you wrote: Bee", [])
    assert line.href == reverse("outreach:danger", args=[taken_over.id])
    assert "Finish the conversation" in ask(endings.end, conversation_id=taken_over.id)
    # also while she is away, for whoever covers
    covers = replace(acting(ben), covers=frozenset({taken_over.item.assigned_to_id}))
    assert len(day_of_outreach(actor=covers, at=at).to_finish) == 1
    came = [Came(OutcomeKind.CONCERN, words=WORRY)]
    finish_conversation(actor=worker, at=at, conversation_id=taken_over.id, came=came, told=WRITTEN)
    assert Concern.objects.get().words == WORRY
    assert day_of_outreach(actor=worker, at=at).to_finish == []


def test_where_all_that_was_written_is_on_their_page_already_it_may_end_with_nothing(
    judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime, guide: dict[str, Any]
) -> None:
    talk = talk_on(judged, worker, at, guide)
    says(talk, worker, at)
    asked = make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="x", hands_over=True
    )
    everything(peer)
    accept_referral(actor=peer, at=at, referral_id=asked.id, take=True)
    everything(worker)
    assert len(day_of_outreach(actor=worker, at=at).to_finish) == 1
    finish_conversation(actor=worker, at=at, conversation_id=talk.id, came=[])
    assert day_of_outreach(actor=worker, at=at).to_finish == []
