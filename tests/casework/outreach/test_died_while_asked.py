"""Whoever was asked to do something for somebody who has died is told so before they ring the home."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import admit, everything
from tests.casework.outreach.test_died import dies
from tests.casework.outreach.test_today import ANSWERED, ASKED, day_of

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach.commands.living import PersonDiedError
from alongside.casework.outreach.commands.referring import accept_referral, make_referral
from alongside.casework.outreach.models import Referral, WorkItem
from alongside.casework.outreach.rules import Priority, ReferralState
from alongside.casework.outreach.views import referrals
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person, Reach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
DIED = "It is recorded that this person has died"
ACCEPT = "Accept and take it on myself"


@pytest.fixture
def person(worker: Actor, at: datetime) -> Person:
    """Whom an item is about."""
    return admit(worker, at, known_as="Bee", forename="Beatrice", surname="Quill")


@pytest.fixture
def asked(judged: WorkItem, worker: Actor, charity: Organisation, at: datetime) -> Referral:
    return make_referral(
        actor=worker, at=at, item_id=judged.id, to_organisation_id=charity.id, why="Company",
        priority=Priority.TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("joined", [False, True], ids=["on the record", "on a record joined to it"])
def test_whoever_was_asked_reads_it_first_though_they_do_not_see_the_record(
    ask: Ask, asked: Referral, person: Person, worker: Actor, manager: Actor, peer: Actor, at: datetime,
    joined: bool,
) -> None:  # fmt: skip
    page = ask(referrals.referrals, actor=peer)
    assert DIED not in page
    assert ACCEPT in page
    assert day_of(peer)[ASKED].lines[0].due is not None
    dead = person
    if joined:
        dead = admit(worker, at, known_as="Beatrice")
        everything(worker)
        merge_people(actor=manager, at=at, kept_id=person.id, absorbed_id=dead.id, reason="Same birthday.")
    dies(dead)
    page = ask(referrals.referrals, actor=peer)
    assert page.index(DIED) < page.index("Company")
    assert "How soon" not in page
    assert ACCEPT not in page
    (line,) = day_of(peer)[ASKED].lines
    assert line.hint.startswith(f"{DIED}. Riverside Council, ")
    assert "How soon" not in line.hint
    assert line.due is None, "nobody is to be rung today"
    assert DIED in ask(referrals.referrals), "whoever asked"


def test_nobody_takes_on_somebody_who_has_died_or_sees_their_record_by_it(
    asked: Referral, person: Person, peer: Actor, at: datetime
) -> None:
    dies(person)
    with pytest.raises(PersonDiedError, match=DIED):
        accept_referral(actor=peer, at=at, referral_id=asked.id)
    everything()
    assert Referral.objects.get().state == ReferralState.ASKED
    assert not Reach.objects.filter(organisation_id=peer.organisation_id).exists()


def test_the_form_to_decline_has_the_words_for_it(
    ask: Ask, asked: Referral, person: Person, peer: Actor
) -> None:
    assert DIED not in ask(referrals.decline, actor=peer, referral_id=asked.id)
    dies(person)
    page = ask(referrals.decline, actor=peer, referral_id=asked.id)
    assert page.count(DIED) == 2, "above the form, and in it"
    sent: dict[str, Any] = {"why": f"{DIED}.", "other_route": "Nobody needs to look for another way."}
    ask(referrals.decline, sent, actor=peer, referral_id=asked.id)
    everything()
    assert Referral.objects.get().state == ReferralState.DECLINED


def test_an_accepted_referral_of_somebody_who_has_died_says_so_and_is_finished(
    ask: Ask, asked: Referral, person: Person, peer: Actor, worker: Actor, at: datetime
) -> None:
    accept_referral(actor=peer, at=at, referral_id=asked.id)
    dies(person)
    assert DIED in ask(referrals.referrals, actor=peer)
    assert DIED in ask(referrals.complete, actor=peer, referral_id=asked.id)
    ask(referrals.complete, {"words": "She has died."}, actor=peer, referral_id=asked.id)
    assert ANSWERED in day_of(worker)
