"""A form to change a record is saved after the record was joined, separated or changed by somebody else."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.people.test_whole import admit
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.access.actors import Actor
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.commands.identity import merge_people, part_people
from alongside.casework.people.models import Person

pytestmark = pytest.mark.django_db
HIDDEN = "Protected, so it is not shown"


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def asha(universe: Universe) -> Actor:
    return actor_for(universe, "Asha Patel", on=timezone.localdate())


@pytest.fixture
def gwen(universe: Universe) -> Actor:
    return actor_for(universe, "Gwen Hughes", on=timezone.localdate())


@pytest.fixture
def browser(universe: Universe) -> Client:
    return browser_of(universe.members["Asha Patel"].user)


@pytest.fixture
def winnie(asha: Actor) -> Person:
    return admit(
        asha, timezone.now(), known_as="Winnie", safe_contact="Never ring.", telephone="01632 960011",
        address="8 Lock Side", postcode="ZX4 1AB", address_protected=True,
    )  # fmt: skip


@pytest.fixture
def fred(asha: Actor) -> Person:
    return admit(
        asha, timezone.now(), known_as="Fred", surname="Hull", telephone="01632 960022", address="1 Old Road"
    )


def boxes(page: str) -> dict[str, str]:
    """Return what a browser sends of the form on a page, as it was opened."""
    form = page.split('<form method="post" novalidate', 1)[1].split("</form>", 1)[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        if given["type"] != "checkbox" or " checked" in tag:
            sent[given["name"]] = unescape(given.get("value", ""))
    for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = unescape(words.strip())
    return sent


def change(person: Person) -> str:
    return f"/people/{person.id}/change/"


def now(asha: Actor, person: Person) -> Person:
    with beyond_reach(asha):
        return Person.objects.get(id=person.id)


def test_a_form_opened_before_a_join_is_not_saved_over_the_other_record(
    browser: Client, asha: Actor, gwen: Actor, winnie: Person, fred: Person
) -> None:
    sent = boxes(browser.get(change(fred)).text) | {"telephone": "01632 960033"}
    merge_people(
        actor=gwen, at=timezone.now(), kept_id=winnie.id, absorbed_id=fred.id, reason="One birthday."
    )
    second = browser.post(change(fred), sent)
    assert second.status_code == 409
    assert "joined with another or separated while you had it open" in second.text
    assert "8 Lock Side" not in second.text
    stands = now(asha, winnie)
    assert (stands.known_as, stands.safe_contact, stands.address, stands.address_protected) == (
        "Winnie", "Never ring.", "8 Lock Side", True,
    )  # fmt: skip
    assert browser.post(change(fred), boxes(second.text)).status_code == 302
    stands = now(asha, winnie)
    assert stands.telephone == "01632 960033", "what she changed is in the form that she sends again"
    assert (stands.known_as, stands.safe_contact, stands.address, stands.address_protected) == (
        "Winnie", "Never ring.", "8 Lock Side", True,
    )  # fmt: skip


def test_a_form_opened_while_joined_is_not_saved_over_what_was_separated_meanwhile(
    browser: Client, asha: Actor, gwen: Actor, winnie: Person, fred: Person
) -> None:
    at = timezone.now()
    merge = merge_people(actor=gwen, at=at, kept_id=winnie.id, absorbed_id=fred.id, reason="One birthday.")
    sent = boxes(browser.get(change(fred)).text) | {"telephone": "01632 960033"}
    part_people(actor=gwen, at=at + timedelta(seconds=1), merge_id=merge.id, why="Two birthdays.")
    assert browser.post(change(fred), sent).status_code == 409
    stands = now(asha, fred)
    assert (stands.known_as, stands.address, stands.telephone) == ("Fred", "1 Old Road", "01632 960022")


def test_a_protected_address_that_somebody_else_changed_is_not_replaced_unsaid(
    universe: Universe, browser: Client, asha: Actor, winnie: Person
) -> None:
    manager = browser_of(universe.members["Gwen Hughes"].user)
    sent = boxes(browser.get(change(winnie)).text) | {"address": "9 Mill Row"}
    theirs = boxes(manager.get(change(winnie)).text) | {"address": "The new refuge"}
    assert manager.post(change(winnie), theirs).status_code == 302
    second = browser.post(change(winnie), sent)
    assert second.status_code == 409
    assert "The new refuge" not in second.text
    assert second.text.count(HIDDEN) == 1, "beside the address, and not beside the postcode"
    assert "You both changed this." in second.text
    assert now(asha, winnie).address == "The new refuge"
    assert browser.post(change(winnie), boxes(second.text)).status_code == 302
    assert now(asha, winnie).address == "9 Mill Row", "she has been told whose words hers replace"


def test_a_protected_address_that_only_one_of_them_changed_is_no_clash(
    universe: Universe, browser: Client, winnie: Person
) -> None:
    manager = browser_of(universe.members["Gwen Hughes"].user)
    sent = boxes(browser.get(change(winnie)).text) | {"address": "9 Mill Row"}
    theirs = boxes(manager.get(change(winnie)).text) | {"adjustments": "Large print"}
    assert manager.post(change(winnie), theirs).status_code == 302
    second = browser.post(change(winnie), sent)
    assert second.status_code == 409
    assert HIDDEN not in second.text
    assert boxes(second.text)["address"] == "9 Mill Row"


def test_what_marks_a_protected_address_tells_nobody_which_it_is(
    browser: Client, asha: Actor, winnie: Person
) -> None:
    """Two people may live at one address; and nobody finds it by hashing every address in a street."""
    neighbour = admit(
        asha, timezone.now(), known_as="Nell", address="8 Lock Side", postcode="ZX4 1AB",
        address_protected=True,
    )  # fmt: skip
    one, other = (
        set(boxes(browser.get(change(each)).text)["kept_back_as"].split()) for each in (winnie, neighbour)
    )
    assert len(one) == len(other) == 2
    assert not one & other
    assert not boxes(browser.get(change(admit(asha, timezone.now(), known_as="Ed"))).text)["kept_back_as"]


def test_a_form_about_a_record_that_is_no_longer_theirs_gives_back_what_was_typed_and_no_marks(
    browser: Client, gwen: Actor, winnie: Person, fred: Person
) -> None:
    at, form = timezone.now(), f"{change(winnie)}?record={fred.id}"
    merge = merge_people(actor=gwen, at=at, kept_id=winnie.id, absorbed_id=fred.id, reason="One birthday.")
    sent = boxes(browser.get(form).text) | {"adjustments": "A chair by the door"}
    part_people(actor=gwen, at=at + timedelta(seconds=1), merge_id=merge.id, why="Two birthdays.")
    answer = browser.post(form, sent, headers={"origin": "http://testserver"})
    assert answer.status_code == 404
    assert "A chair by the door" in answer.text
    assert sent["kept_back_as"] not in answer.text
