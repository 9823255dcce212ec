"""An offer is headed with the answer that stands: that nobody could be reached changes nothing."""

import pytest
from tests.casework.offers.conftest import DAY, AnOffer, AReply, refused

from alongside.casework.access.actors import Actor
from alongside.casework.offers.models import Reply
from alongside.casework.offers.presenters.offers import OfferShown, offers_shown
from alongside.casework.offers.queries.pages import offers_page
from alongside.casework.offers.rules.assessment import Known
from alongside.casework.offers.rules.offering import Answer, Kind
from alongside.casework.people.models import Person

pytestmark = pytest.mark.django_db


def shown(actor: Actor, person: Person) -> OfferShown:
    (offer,) = offers_shown(offers_page(actor=actor, person_id=person.id, day=DAY)).offers
    return offer


def test_a_no_and_the_duty_to_assess_head_the_offer_although_nobody_was_reached_since(
    bee: Person, asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha, kind=Kind.NEEDS_ASSESSMENT)
    no = a_reply(asha, offer, refused=refused(at_risk=Known.YES))
    a_reply(dee, offer, Answer.NOT_REACHED, after=no)
    found = shown(asha, bee)
    assert found.stands is not None
    assert (found.stands.answer.words, found.stands.duty_stands) == ("Declined", True)
    assert [each.answer.words for each in found.since] == ["Not reached"]
    assert found.older == []


def test_a_changed_mind_heads_the_offer_and_what_was_said_before_is_below(
    bee: Person, asha: Actor, dee: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha)
    no = a_reply(asha, offer)
    a_reply(dee, offer, Answer.ACCEPTED, after=no, own_words="If Dee comes too.")
    found = shown(asha, bee)
    assert found.stands is not None
    assert (found.stands.words, found.since) == ("If Dee comes too.", [])
    assert [each.words for each in found.older] == [no.own_words]


def test_where_nothing_was_settled_the_newest_heads_it_and_without_an_answer_nothing_does(
    bee: Person, asha: Actor, an_offer: AnOffer, a_reply: AReply
) -> None:
    offer = an_offer(asha)
    assert shown(asha, bee).stands is None
    tried: Reply = a_reply(asha, offer, Answer.NOT_REACHED)
    a_reply(asha, offer, Answer.NOT_YET, after=tried)
    found = shown(asha, bee)
    assert found.stands is not None
    assert found.stands.answer.words != "Not reached"
    assert [each.answer.words for each in found.older] == ["Not reached"]
