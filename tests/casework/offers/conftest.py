"""Two organisations that both see one person, and offers of help to them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests.casework.people.conftest import somebody_at

from alongside.casework.access.actors import Actor, system_actor
from alongside.casework.accounts.models import Organisation
from alongside.casework.offers.commands.not_offering import record_not_offered
from alongside.casework.offers.commands.offering import record_offer, record_reply
from alongside.casework.offers.models import NotOffered, Offer, Reply
from alongside.casework.offers.rules.assessment import Known, Refused
from alongside.casework.offers.rules.not_offered import NotOfferedWhy
from alongside.casework.offers.rules.offering import Answer, Explained, Kind, Made, Told, Understood
from alongside.casework.operations.running import tell_database
from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.models import Person, Reach
from alongside.casework.people.rules import ReachWhy

DAY = date(2026, 11, 2)
AnOffer = Callable[..., Offer]
AReply = Callable[..., Reply]


def made(**other: Any) -> Made:
    """An offer that is whole."""
    given: dict[str, Any] = {
        "kind": Kind.CARE,
        "what": "Somebody who comes in the morning and helps with the stairs",
        "offered_on": date(2026, 10, 1),
        "explained": frozenset({Explained.IN_PERSON}),
        "understood": Understood.YES,
        "understood_how": "She said it back to me.",
    }
    return Made(**given | other)


def told(answer: Answer = Answer.DECLINED, **other: Any) -> Told:
    """A reply that is whole."""
    given: dict[str, Any] = {"answer": answer, "on": date(2026, 10, 2)}
    if answer is Answer.DECLINED:
        given |= {"own_words": "A key to my own door, not a rota."}
    if answer is Answer.NOT_ACCESSIBLE:
        given |= {"not_accessible_why": "The bus no longer goes there."}
    if answer in (Answer.DECLINED, Answer.NOT_ACCESSIBLE):
        given |= {"next_step": "Ask which hours", "next_by": "Asha Patel", "next_on": date(2026, 11, 1)}
    return Told(**given | other)


def refused(**other: Any) -> Refused:
    """What section 11(2) asks, answered."""
    given: dict[str, Any] = {
        "lacks_capacity": Known.NO,
        "at_risk": Known.NO,
        "decided_by": "Asha Patel, social worker",
        "decided_on": date(2026, 10, 2),
        "revisit_on": date(2026, 12, 1),
    }
    return Refused(**given | other)


def see_all() -> None:
    """Let the test's own look at rows see all."""
    tell_database(system_actor("tests"))


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.join(code="riverside-council", name="Riverside Council", kind="council")


@pytest.fixture
def charity(db: None) -> Organisation:
    return Organisation.join(code="been-there", name="Been There", kind="peer_support")


@pytest.fixture
def asha(council: Organisation) -> Actor:
    return somebody_at(council, "practitioner")


@pytest.fixture
def gwen(council: Organisation) -> Actor:
    return somebody_at(council, "manager", name="Gwen Hughes")


@pytest.fixture
def dee(charity: Organisation) -> Actor:
    return somebody_at(charity, "practitioner", name="Dee Marsh")


@pytest.fixture
def bee(asha: Actor, charity: Organisation, at: datetime) -> Person:
    """The council raised a concern about her, and the charity is in touch."""
    known = {"known_as": "Bee", "surname": "Ó Murchú", "date_of_birth": "1951-03-04"}
    person = admit_person(actor=asha, at=at, why=ReachWhy.RAISED_CONCERN, known=known)
    Reach.give(person_id=person.id, organisation_id=charity.id, why=ReachWhy.INVOLVED, at=at)
    return person


@pytest.fixture
def an_offer(bee: Person, at: datetime) -> AnOffer:
    """Make an offer by whoever it is, to Bee unless somebody else is meant."""

    def offer(by: Actor, *, to: Person = bee, **other: Any) -> Offer:
        return record_offer(actor=by, at=at, person_id=to.id, made=made(**other))

    return offer


@pytest.fixture
def a_reply(at: datetime) -> AReply:
    """Let somebody hear a reply to an offer."""

    def reply(
        by: Actor, offer: Offer, answer: Answer = Answer.DECLINED, *, after: Reply | None = None, **other: Any
    ) -> Reply:
        return record_reply(
            actor=by,
            at=at,
            person_id=offer.person_id,
            offer_id=offer.id,
            opened_after=after.id if after else None,
            told=told(answer, **other),
        )

    return reply


@pytest.fixture
def a_gap(bee: Person, at: datetime) -> Any:
    """Note that something was not offered to Bee."""

    def note(by: Actor, why: NotOfferedWhy = NotOfferedWhy.WOULD_DECLINE, **other: Any) -> NotOffered:
        given: dict[str, Any] = {
            "kind": Kind.SUBSTANCES, "what": "A place to detox", "words": "She said no in 2019.",
            "thought_by": "The ward", "decided_on": date(2026, 10, 20),
        }  # fmt: skip
        return record_not_offered(actor=by, at=at, person_id=bee.id, why=why, **given | other)

    return note
