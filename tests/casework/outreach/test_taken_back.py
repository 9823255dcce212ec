"""A referral that nobody has answered is taken back by whoever made it, and whoever was asked reads why."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import acting, everything, member
from tests.casework.outreach.test_today import ASKED, day_of
from tests.casework.outreach.test_told import mail, told

from alongside.casework.access.actors import Actor
from alongside.casework.access.decisions import NotAllowedError
from alongside.casework.accounts.models import Membership, Organisation
from alongside.casework.audit.models import AuditEvent
from alongside.casework.kernel.errors import NotFoundError
from alongside.casework.outreach.commands.referring import (
    ReferralNeedsWordsError,
    accept_referral,
    decline_referral,
    make_referral,
)
from alongside.casework.outreach.commands.taking_back import take_referral_back
from alongside.casework.outreach.commands.working import finish_item
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.queries.taking_back import ReferralNotOpenError, ReferralTakenBackError
from alongside.casework.outreach.views import items, referrals
from alongside.casework.people.models import Person, Reach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
WHY = "She would rather have the other group."
NO_LONGER = "No longer asked of us"
__all__ = ["mail"]


@pytest.fixture
def asked(judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime) -> Referral:
    return make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company")


def take(asked: Referral, actor: Actor, at: datetime, why: str = WHY) -> Referral:
    return take_referral_back(actor=actor, at=at, referral_id=asked.id, why=why)


def test_whoever_was_asked_is_told_and_reads_why_and_can_no_longer_answer(
    asked: Referral, worker: Actor, peer: Actor, ask: Ask, at: datetime
) -> None:
    assert ASKED in day_of(peer)
    told()
    take(asked, worker, at)
    assert told() == {"Sam Boateng"}
    sections = day_of(peer)
    assert ASKED not in sections
    (line,) = sections[NO_LONGER].lines
    assert line.hint.startswith("Taken back. Riverside Council")
    page = ask(referrals.referrals, actor=peer)
    assert "We have no open referrals" in page
    assert WHY in page
    assert "Accept and take it on myself" not in page
    given: dict[str, Any] = {"actor": peer, "at": at, "referral_id": asked.id}
    words = {"why": "Full.", "other_route": "The library"}
    for answer in (
        lambda: accept_referral(**given),
        lambda: decline_referral(**given, **words),
        lambda: ask(referrals.decline, actor=peer, referral_id=asked.id),
        lambda: ask(referrals.decline, words, actor=peer, referral_id=asked.id),
        lambda: ask(referrals.accept, {}, actor=peer, referral_id=asked.id),
    ):
        with pytest.raises(ReferralTakenBackError, match=f"Asha Patel took this referral back: “{WHY}”"):
            answer()
    everything()
    assert not Reach.objects.filter(organisation_id=peer.member_of).exists()
    event = AuditEvent.objects.get(code="outreach.referral_taken_back")
    assert (event.person_id, event.details) == (asked.person_id, {"organisation": "Been There"})


def test_after_a_week_it_is_on_no_page_of_whoever_was_asked(
    asked: Referral, worker: Actor, peer: Actor, ask: Ask, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(asked, worker, at)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + timedelta(days=8))
    assert NO_LONGER not in day_of(peer)
    assert WHY not in ask(referrals.referrals, actor=peer)
    assert WHY in ask(referrals.referrals), "it stays with those from us"


def test_the_item_can_end_and_the_same_organisation_can_be_asked_again(
    asked: Referral, judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    take(asked, worker, at)
    again = make_referral(actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="A lift")
    take(again, worker, at)
    finish_item(actor=worker, at=at, item_id=judged.id, words="She found her own way.")


def test_what_was_declined_is_not_followed_up_by_what_was_taken_back(
    asked: Referral, judged: WorkItem, worker: Actor, peer: Actor, charity: Organisation, at: datetime
) -> None:
    decline_referral(actor=peer, at=at, referral_id=asked.id, why="Full.", other_route="The library")
    later = at + timedelta(hours=1)
    again = make_referral(
        actor=worker, at=later, item_id=judged.id, to_organisation_id=charity.id, why="A lift"
    )
    take(again, worker, later)
    with pytest.raises(Exception, match="declined and suggested"):
        finish_item(actor=worker, at=later, item_id=judged.id, words="She found her own way.")


def test_a_reason_is_owed_and_an_answer_comes_first(
    asked: Referral, worker: Actor, peer: Actor, at: datetime
) -> None:
    with pytest.raises(ReferralNeedsWordsError):
        take(asked, worker, at, " ")
    accept_referral(actor=peer, at=at, referral_id=asked.id)
    with pytest.raises(ReferralNotOpenError, match="Been There has answered"):
        take(asked, worker, at)


def test_it_is_taken_back_once(asked: Referral, worker: Actor, at: datetime) -> None:
    take(asked, worker, at)
    with pytest.raises(ReferralTakenBackError, match="Asha Patel has already taken this referral back"):
        take(asked, worker, at)


def test_whoever_may_refer_from_the_item_takes_it_back_and_nobody_else(
    asked: Referral, worker: Actor, peer: Actor, manager: Actor, ben: Membership, charity: Organisation,
    ask: Ask, at: datetime,
) -> None:  # fmt: skip
    elsewhere = acting(member(charity, "Dee Marsh", "manager"))
    for other in (acting(ben), peer, elsewhere):
        with pytest.raises(NotAllowedError):
            take(asked, other, at)
    link = reverse("outreach:take_back", args=[asked.id])
    assert link in ask(referrals.referrals)
    assert link in ask(referrals.referrals, actor=manager)
    assert link not in ask(referrals.referrals, actor=acting(ben))
    assert link not in ask(referrals.referrals, actor=peer)
    with pytest.raises(NotAllowedError):
        ask(referrals.take_back, actor=acting(ben), referral_id=asked.id)
    with pytest.raises(NotFoundError):
        ask(referrals.take_back, actor=peer, referral_id=asked.id)
    take(asked, manager, at)


def test_it_is_done_from_the_page_of_its_item_and_the_page_asks_why(
    asked: Referral, judged: WorkItem, ask: Ask
) -> None:
    link = reverse("outreach:take_back", args=[asked.id])
    assert link in ask(items.item, item_id=judged.id)
    assert "Take back your referral to Been There" in ask(referrals.take_back, referral_id=asked.id)
    assert "This field is required" not in ask(referrals.take_back, {"why": ""}, referral_id=asked.id)
    sent = ask(referrals.take_back, {"why": WHY}, referral_id=asked.id)
    assert sent == reverse("outreach:referrals")
    page = ask(items.item, item_id=judged.id)
    assert "Taken back" in page
    assert WHY in page
    assert link not in page


def test_somebody_who_can_no_longer_be_seen_does_not_stay_referred(
    asked: Referral, person: Person, worker: Actor, at: datetime
) -> None:
    everything()
    Reach.objects.filter(person=person, organisation_id=worker.member_of).update(until=at)
    take(asked, worker, at)
    everything()
    assert Referral.objects.get().state == "taken_back"


def test_the_database_keeps_none_without_a_reason(asked: Referral) -> None:
    everything()
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.update(state="taken_back")
