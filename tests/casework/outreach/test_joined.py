"""Whoever goes to see somebody is told what every record of the person says of how to be in touch."""

from datetime import datetime

import pytest
from tests.casework.outreach.conftest import admit

from alongside.casework.access.actors import Actor
from alongside.casework.outreach.commands.talking import begin_conversation
from alongside.casework.outreach.models import WorkItem
from alongside.casework.outreach.presenters import item_shown, talks
from alongside.casework.outreach.presenters.person import own_shown
from alongside.casework.outreach.queries.pages import conversation_page, item_page
from alongside.casework.outreach.queries.person import own_page
from alongside.casework.people.commands.identity import merge_people
from alongside.casework.people.models import Person

UPSTAIRS = "Do not speak to the man upstairs about me."


@pytest.fixture(params=["theirs", "another"])
def both(
    request: pytest.FixtureRequest, person: Person, worker: Actor, manager: Actor, at: datetime
) -> tuple[Person, Person]:
    """The record on the list and another, joined the one way or the other: which is read, and the other."""
    other = admit(
        worker, at, known_as="Bea", safe_contact=UPSTAIRS, adjustments="Large print", language="Irish",
        telephone="01632 960011", postcode="ZX4 1AB", address="4 Mill Row", self_description="A gardener",
    )  # fmt: skip
    kept, absorbed = (person, other) if request.param == "theirs" else (other, person)
    merge_people(actor=manager, at=at, kept_id=kept.id, absorbed_id=absorbed.id, reason="One birthday.")
    return kept, absorbed


def test_an_item_tells_what_any_record_says(
    judged: WorkItem, both: tuple[Person, Person], worker: Actor, at: datetime
) -> None:
    shown = item_shown(item_page(actor=worker, item_id=judged.id, at=at))
    assert shown.safe_contact == [UPSTAIRS]
    assert shown.how_to_communicate == ["Language: Irish", "Large print"]
    assert shown.telephones == [("01632960011", "01632 960011")]
    assert shown.addresses == ["4 Mill Row, ZX4 1AB"]
    assert shown.self_description == ["A gardener"]
    assert "Beatrice Ó Murchú" in shown.who


def test_of_an_address_that_one_record_protects_an_item_tells_nothing(
    judged: WorkItem, both: tuple[Person, Person], worker: Actor, manager: Actor, at: datetime
) -> None:
    hides = admit(worker, at, known_as="B", address_protected=True)
    merge_people(actor=manager, at=at, kept_id=both[0].id, absorbed_id=hides.id, reason="One birthday.")
    shown = item_shown(item_page(actor=worker, item_id=judged.id, at=at))
    (told,) = shown.addresses
    assert told.startswith("The address is protected. Only managers are shown it")


def test_a_conversation_and_the_page_that_is_theirs_know_what_any_record_says(
    judged: WorkItem, both: tuple[Person, Person], worker: Actor, at: datetime
) -> None:
    words = {"before": [], "sections": []}
    talk = begin_conversation(actor=worker, at=at, item_id=judged.id, guide="first_visit", guide_words=words)
    page = conversation_page(actor=worker, conversation_id=talk.id)
    assert talks.describes(page) == ["A gardener"]
    assert talks.looked_for(page.person, at.date())["place"] == "ZX4"
    own = own_shown(own_page(actor=worker, person_id=both[0].id, parts=0))
    assert own.guarded == UPSTAIRS
    assert own.parts[0].lines == ["A gardener"]
