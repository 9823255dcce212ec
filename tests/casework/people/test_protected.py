"""Where somebody lives who must not be found: the form to change their record does not show it either."""

import pytest
from django.test import Client
from django.utils import timezone
from tests.casework.people.test_whole import admit, joined
from tests.casework.signed_in import browser_of
from tools.universe import Universe, actor_for

from alongside.casework.audit.models import AuditEvent
from alongside.casework.operations.running import beyond_reach
from alongside.casework.people.models import Person

pytestmark = pytest.mark.django_db
LIVES = {"address": "7 Weir Court", "postcode": "ZX4 9QQ"}
SENT = {"known_as": "Winnie", "opened_version": "1"}


@pytest.fixture
def universe(riverside_now: Universe) -> Universe:
    return riverside_now


@pytest.fixture
def hidden(universe: Universe) -> Person:
    now = timezone.now()
    asha = actor_for(universe, "Asha Patel", on=timezone.localdate(now))
    return admit(asha, now, known_as="Winnie", address_protected=True, **LIVES)


def signed_in(universe: Universe, name: str) -> Client:
    return browser_of(universe.members[name].user)


def opened_as(page: str) -> str:
    return page.split('name="opened_as" value="', 1)[1].split('"', 1)[0]


def is_said(universe: Universe, person: Person) -> tuple[str, str, bool]:
    with beyond_reach(actor_for(universe, "Asha Patel", on=timezone.localdate())):
        found = Person.objects.get(id=person.id)
    return found.address, found.postcode, found.address_protected


def test_the_form_shows_no_protected_address_and_an_empty_box_leaves_it(
    universe: Universe, hidden: Person
) -> None:
    asha, form = signed_in(universe, "Asha Patel"), f"/people/{hidden.id}/change/"
    page = asha.get(form).text
    assert not [words for words in LIVES.values() if words in page]
    assert page.count("This is protected, so it is not shown here.") == 2
    given = SENT | {"opened_as": opened_as(page), "address_protected": "on"}
    assert asha.post(form, given | {"known_as": "Win", "address": "", "postcode": ""}).status_code == 302
    assert is_said(universe, hidden) == (*LIVES.values(), True)
    moved = given | {"opened_version": "2", "address": "9 Mill Row", "postcode": ""}
    assert asha.post(form, moved).status_code == 302
    assert is_said(universe, hidden) == ("9 Mill Row", LIVES["postcode"], True)


def test_a_manager_whom_others_are_told_to_ask_is_shown_it_and_that_is_recorded(
    universe: Universe, hidden: Person
) -> None:
    page = signed_in(universe, "Gwen Hughes").get(f"/people/{hidden.id}/change/").text
    assert all(words in page for words in LIVES.values())
    told = "Only managers are shown it, under “Change what is known”"
    assert told in signed_in(universe, "Gwen Hughes").get(f"/people/{hidden.id}/").text
    event = AuditEvent.objects.get(code="person.address_shown")
    assert (event.actor_name, event.person_id) == ("Gwen Hughes", hidden.id)
    signed_in(universe, "Asha Patel").get(f"/people/{hidden.id}/change/")
    assert AuditEvent.objects.filter(code="person.address_shown").count() == 1


def test_what_one_record_protects_the_form_about_another_keeps_back_and_does_not_empty(
    universe: Universe, hidden: Person
) -> None:
    now = timezone.now()
    asha = actor_for(universe, "Asha Patel", on=timezone.localdate(now))
    gwen = actor_for(universe, "Gwen Hughes", on=timezone.localdate(now))
    open_one = admit(asha, now, known_as="Winifred", **LIVES)
    browser, form = signed_in(universe, "Asha Patel"), f"/people/{hidden.id}/change/?record={open_one.id}"
    joined(gwen, hidden, open_one, now)
    page = browser.get(form).text
    assert not [words for words in LIVES.values() if words in page]
    with beyond_reach(asha):
        hidden.tell(address_protected=False)
    given = SENT | {"opened_as": opened_as(page), "address": "", "postcode": ""}
    assert browser.post(form, given).status_code == 302
    assert is_said(universe, open_one) == (*LIVES.values(), False), "it was empty because it was kept back"


def test_who_saves_second_is_shown_neither_the_address_nor_that_there_is_none(
    universe: Universe, hidden: Person
) -> None:
    with beyond_reach(actor_for(universe, "Asha Patel", on=timezone.localdate())):
        hidden.tell(address_protected=False)
    asha, form = signed_in(universe, "Asha Patel"), f"/people/{hidden.id}/change/"
    opened = {"opened_as": opened_as(asha.get(form).text), "opened_version": "2", "known_as": "Winnie"}
    with beyond_reach(actor_for(universe, "Asha Patel", on=timezone.localdate())):
        hidden.tell(address_protected=True, address="8 Lock Side")
    second = asha.post(form, opened | {"address": "9 Mill Row", "postcode": LIVES["postcode"]})
    page = second.text
    assert second.status_code == 409
    assert not [words for words in ("8 Lock Side", LIVES["postcode"]) if words in page]
    assert "Protected, so it is not shown" in page
    assert page.count("9 Mill Row") == 2, "beside, and still in the form"
    assert is_said(universe, hidden) == ("8 Lock Side", LIVES["postcode"], True)
