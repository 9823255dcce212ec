"""Taking a referral back sends no words to an organisation that the person has since asked us not to tell."""

from datetime import datetime
from typing import Any

import pytest
from tests.casework.outreach.asking import Ask
from tests.casework.outreach.conftest import everything
from tests.casework.outreach.test_against_their_wish import refuses
from tests.casework.outreach.test_taken_back import asked, take

from alongside.casework.access.actors import Actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.outreach import forms
from alongside.casework.outreach.commands.referring import ReferralNeedsWordsError, decline_referral
from alongside.casework.outreach.commands.taking_back import take_referral_back
from alongside.casework.outreach.models import Referral
from alongside.casework.outreach.queries.taking_back import ReferralTakenBackError
from alongside.casework.outreach.views import referrals
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.queries.telling import AnsweredAgainstTheirWishError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
WORDS = "Her husband works with you, and she is afraid he hears of it."
NO_MORE = "We no longer ask for this. Talk to us."
__all__ = ["asked"]


@pytest.fixture
def refused(asked: Referral, worker: Actor, person: Person, charity: Organisation, at: datetime) -> Referral:
    """Made before she asked that they are told nothing."""
    refuses(worker, person, charity, at, purpose="early_help")
    everything(worker)
    return asked


def test_no_words_go_to_whoever_she_asked_us_not_to_tell(
    refused: Referral, worker: Actor, peer: Actor, ask: Ask, at: datetime
) -> None:
    with pytest.raises(AnsweredAgainstTheirWishError, match="asked that Been There is not told about them"):
        take(refused, worker, at, WORDS)
    taken = take_referral_back(actor=worker, at=at, referral_id=refused.id, why=WORDS, cannot_say=True)
    assert (taken.state, taken.taken_back_why) == ("taken_back", NO_MORE)
    page = ask(referrals.referrals, actor=peer)
    assert NO_MORE in page
    assert WORDS not in page
    with pytest.raises(ReferralTakenBackError, match=NO_MORE):
        decline_referral(actor=peer, at=at, referral_id=refused.id, why="Full.", other_route="The library")


def test_nor_where_she_objected_to_our_seeing_her_as_well(
    refused: Referral, worker: Actor, at: datetime
) -> None:
    everything()
    Reach.objects.filter(person_id=refused.person_id, organisation_id=worker.member_of).update(until=at)
    with pytest.raises(AnsweredAgainstTheirWishError):
        take(refused, worker, at, WORDS)
    take_referral_back(actor=worker, at=at, referral_id=refused.id, cannot_say=True)


def test_the_page_keeps_what_was_typed_says_why_and_offers_the_box(refused: Referral, ask: Ask) -> None:
    page = ask(referrals.take_back, {"why": WORDS}, referral_id=refused.id)
    for words in ("asked that Been There is not told", "is afraid he hears of it", "We cannot say more"):
        assert words in page
    ask(referrals.take_back, {"cannot_say": "on", "why": ""}, referral_id=refused.id)
    refused.refresh_from_db()
    assert refused.taken_back_why == NO_MORE


@pytest.mark.parametrize(
    ("sent", "right"),
    [({"why": WORDS}, True), ({"cannot_say": "on"}, True), ({}, False),
     ({"cannot_say": "on", "why": WORDS}, False)],
)  # fmt: skip
def test_either_a_reason_is_sent_or_that_one_cannot_say_more(sent: dict[str, Any], right: bool) -> None:
    assert forms.TakeBackForm(sent).is_valid() is right


def test_who_may_be_told_reads_the_reason(asked: Referral, worker: Actor, at: datetime) -> None:
    with pytest.raises(ReferralNeedsWordsError):
        take_referral_back(actor=worker, at=at, referral_id=asked.id)
    assert take(asked, worker, at, WORDS).taken_back_why == WORDS
