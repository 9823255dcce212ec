"""A practitioner and a person: from a name to the person's own words, and what agencies tell each other."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at, signed_in_as
from tools.universe import Universe, actor_for

from alongside.casework.people.commands.records import admit_person
from alongside.casework.people.rules import ReachWhy


@pytest.fixture(autouse=True)
def universe(riverside_now: Universe, transactional_db: None) -> Universe:
    return riverside_now


def at_bees_page(page: Page) -> None:
    page.goto("/people/")
    looked_at(page)
    page.get_by_label("Name, date of birth or NHS number").fill("beatrise murchu")
    page.get_by_role("button", name="Search").click()
    page.get_by_text("1 person").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("heading", name="About me", exact=True).wait_for()
    looked_at(page)


@pytest.mark.proves("ENABLE-07")
def test_a_practitioner_finds_a_person_and_writes_down_what_they_say(page: Page) -> None:
    # given a social worker who knows the name, nearly
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    # when she writes down what Bee says, and first forgets the words
    page.get_by_role("link", name="Write down what they say").click()
    page.get_by_role("heading", name="In the person's own words").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    looked_at(page)
    page.get_by_label("Their own words").fill("If you move the machine, I move out.")
    page.get_by_role("button", name="Save").click()
    # then it stands first on her page, as said
    page.get_by_text("If you move the machine, I move out.").wait_for()
    assert "murchu" not in page.url.lower()
    looked_at(page)


def test_from_a_person_one_goes_back_to_what_the_search_found(page: Page) -> None:
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    page.go_back()
    page.get_by_text("1 person").wait_for()
    assert "murchu" not in page.url.lower()
    assert page.get_by_label("Name, date of birth or NHS number").input_value() == "beatrise murchu"
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("heading", name="About me", exact=True).wait_for()


def test_a_record_joined_into_one_that_says_little_still_warns(page: Page, universe: Universe) -> None:
    # given a second record of Bee, with a warning of its own, from which the manager begins
    at = timezone.now()
    gwen = actor_for(universe, "Gwen Hughes", on=timezone.localdate(at))
    known = {"known_as": "Trixie", "safe_contact": "Do not speak to the man upstairs about me."}
    admit_person(actor=gwen, at=at, why=ReachWhy.RAISED_CONCERN, known=known)
    signed_in_as(page, "Gwen Hughes")
    page.goto("/people/")
    page.get_by_label("Name, date of birth or NHS number").fill("Trixie")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Trixie", exact=True).click()
    page.get_by_role("link", name="This is the same person as another record").click()
    page.get_by_label("Name, date of birth or NHS number").fill("beatrise murchu")
    page.get_by_role("button", name="Find the other record").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Why you are sure they are the same person").fill("One birthday, and she says so.")
    page.get_by_role("button", name="Join the two records").click()
    # then the page warns of what either record says, and tells which, and her address stands on it
    page.get_by_text("The two records are now joined").wait_for()
    told = page.inner_text("main")
    assert "Do not speak to the man upstairs about me. (from the record of Trixie" in told
    assert "Telephone, let it ring" in told
    assert "Beatrice Ó Murchú" in told
    looked_at(page)


@pytest.mark.proves("MARM-63")
def test_another_agency_is_asked_and_answers(page: Page) -> None:
    # given that Asha asked the police, who have not answered
    signed_in_as(page, "Kit Lowe")
    page.get_by_role("link", name="Is this person known to us?").click()
    page.get_by_role("button", name="Send the answer").wait_for()
    looked_at(page)
    # when the officer answers
    page.get_by_label("Yes, known before, not open now").check()
    page.get_by_label("Who they should talk to").fill("Kit Lowe")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("Your answer has been sent").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    # then Asha sees who knew her, and nothing the police hold
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    page.get_by_text("Yes, known before, not open now. Kit Lowe").wait_for()


def test_what_was_noted_is_taken_back_when_it_is_no_longer_so(page: Page) -> None:
    # given a sister on the network, and the council's own involvement
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    # when Bee no longer wants the sister spoken with, and the council is no longer in touch
    page.get_by_role("link", name="Remove Nuala").click()
    page.get_by_text("Remove Nuala from the network?").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Remove them").click()
    page.get_by_text("Nobody has been added.").wait_for()
    page.get_by_role("link", name="End our involvement").click()
    page.get_by_role("heading", name="We are no longer in touch").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    # then she is told what that means for what she sees
    page.get_by_text("Your involvement has ended.").wait_for()
    looked_at(page)


@pytest.mark.proves("SAFE-22")
def test_the_person_writes_on_the_practitioners_device_and_gets_no_further(
    page: Page, universe: Universe
) -> None:
    # given a social worker at the door
    user = universe.members["Asha Patel"].user
    user.set_password("three words nobody joins")
    user.save()
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    # when she hands her device over
    page.get_by_role("link", name="Hand the device over").click()
    page.get_by_role("heading", name="Hand the device over").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Hand it over now").click()
    # and Bee writes
    page.get_by_role("heading", name="Your own words").wait_for()
    looked_at(page)
    page.get_by_label("What I wish for").check()
    page.get_by_label("In your own words").fill("My own key.")
    page.get_by_role("button", name="Save my words").click()
    page.get_by_text("Your words are saved").wait_for()
    looked_at(page)
    # then nothing else opens, neither by an address nor by going back
    page.goto("/lists/")
    page.get_by_role("heading", name="Your own words").wait_for()
    page.go_back()
    page.go_back()
    assert page.get_by_text("My cat, my machine").count() == 0
    # until the device is back with whoever knows the password
    page.goto("/people/own-words/")
    page.get_by_role("link", name="I have finished").click()
    page.get_by_role("heading", name="Please give the device back").wait_for()
    looked_at(page)
    page.get_by_label("Your password", exact=True).fill("three words nobody joins")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("They wrote this themself, on Asha Patel's device.").wait_for()
    page.get_by_text("My own key.").wait_for()


@pytest.mark.proves("ENABLE-24", "MARM-25", "MARM-39")
def test_what_is_put_together_about_a_person_is_a_step_from_their_page(page: Page) -> None:
    signed_in_as(page, "Asha Patel")
    at_bees_page(page)
    here = page.url
    # each agency's part
    page.get_by_role("link", name="Who does what").click()
    page.get_by_role("heading", name="Who does what").wait_for()
    page.get_by_text("Dee Marsh. Since: 3 October 2024.").wait_for()
    looked_at(page)
    # who could be round the table
    page.goto(here)
    page.get_by_role("link", name="Who could be round the table").click()
    page.get_by_text("Dee Marsh, Been There (peer support)").wait_for()
    looked_at(page)
    # and her own page: what she wants on it, and nothing else
    page.goto(here)
    page.get_by_role("link", name="Their own page").click()
    page.get_by_text("nothing is ticked yet").wait_for()
    looked_at(page)
    page.get_by_label("What matters to me").check()
    page.get_by_label("In touch: Been There (peer support)").check()
    page.get_by_role("button", name="Show the page").click()
    page.get_by_text("My cat, my machine").wait_for()
    page.get_by_text("Dee Marsh, Been There (peer support).").wait_for()
    assert page.get_by_text("The stairs").count() == 0
    looked_at(page)


def test_every_form_about_a_person_bears_a_small_screen(page: Page, universe: Universe) -> None:
    signed_in_as(page, "Gwen Hughes")
    for form in ("change", "words", "network", "involvement", "chronology", "ask", "merge"):
        page.goto(f"/people/{universe.people['Bee']}/{form}/")
        looked_at(page)
    for address in ("/people/new/", "/people/emergency/", "/people/questions/"):
        page.goto(address)
        looked_at(page)


def test_the_governance_lead_reviews_an_emergency(page: Page) -> None:
    # given an officer who opens a record that is not his
    signed_in_as(page, "Kit Lowe")
    page.goto("/people/emergency/")
    page.get_by_label("Surname").fill("Yusuf")
    for label, value in (("Day", "19"), ("Month", "5"), ("Year", "2007")):
        page.get_by_label(label).fill(value)
    page.get_by_label("What the emergency is").fill("She texted that she is on the bridge.")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_text("You opened this record in an emergency").wait_for()
    looked_at(page)
    # and closes it when she is safe
    page.get_by_role("button", name="The emergency is over: close the record").click()
    page.get_by_text("The record is closed again").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    # when the governance lead signs in, it waits for her
    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="Kit Lowe, Valley Police").click()
    page.get_by_role("heading", name="Review an emergency access").wait_for()
    looked_at(page)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Why").fill("A life was at risk; he closed it within the hour.")
    page.get_by_label("Yes, they were told").check()
    page.get_by_role("button", name="Record the review").click()
    # then nothing waits any more
    page.get_by_text("Nothing is waiting for review").wait_for()
