"""From a talk to a service and back, a referral that shows whom it goes to, and a quick worry."""

import re
from datetime import datetime, time

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import looked_at
from tests.casework.journeys.test_contact_worker import on_sams_list, signed_in_as
from tools.universe import Universe, actor_for

from alongside.casework.directory.commands import publish_service
from alongside.casework.directory.rules import Entry, Hours, Place


@pytest.fixture(autouse=True)
def universe(riverside_now: Universe, transactional_db: None) -> Universe:
    on_sams_list(riverside_now, at=timezone.now())
    in_the_directory(riverside_now, at=timezone.now())
    return riverside_now


def in_the_directory(universe: Universe, *, at: datetime) -> None:
    """Been There keeps an entry of a kitchen that is always open."""
    ola = actor_for(universe, "Ola Finch", on=timezone.localdate(at))
    every_day = Hours(
        freq="WEEKLY", byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(0, 1), closes_at=time(23, 59)
    )
    kitchen = Entry(
        name="Thursday Kitchen",
        description="A warm meal and company for anybody. You need not book, and you need not talk.",
        telephone="01632 960121",
        place=Place("2 Mill Lane", "Riverside", "ZX4 2CD", latitude=52.0, longitude=-1.0),
        hours=(every_day,),
        languages=("English", "Irish"),
    )
    publish_service(actor=ola, at=at, entry=kitchen)


@pytest.mark.proves("FIND-11", "FIND-15", "FIND-16", "ENABLE-12")
def test_a_service_is_found_and_chosen_in_the_middle_of_a_talk_and_nothing_typed_is_lost(page: Page) -> None:
    # given a talk with Bee that has come to how she likes to talk
    signed_in_as(page, "Sam Boateng")
    page.get_by_role("link", name="Bee", exact=True).click()
    looked_at(page)
    page.get_by_role("button", name="Begin a conversation").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="How we talk").wait_for()
    looked_at(page)
    assert "English and Irish" in page.inner_text("main")
    # when Sam looks for a service with an answer half written
    page.get_by_label("Is there anything in your culture").fill("No visits before eleven.")
    page.get_by_role("button", name="Save and find a service").click()
    page.get_by_role("heading", name="Find a service to go to").wait_for()
    looked_at(page)
    page.get_by_label("What is needed (optional)").fill("warm meal")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("heading", name=re.compile(r"^\d+ services? found$")).wait_for()
    looked_at(page)
    kitchen = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Thursday Kitchen"))
    assert "open now" in kitchen.inner_text().lower()
    page.get_by_role("button", name="Choose, and put it on the page they keep (Thursday Kitchen)").click()
    # then they are back where they were, with what was typed and what was chosen
    page.get_by_role("heading", name="How we talk").wait_for()
    looked_at(page)
    assert page.get_by_label("Is there anything in your culture").input_value() == "No visits before eleven."
    assert "Thursday Kitchen" in page.inner_text("main")
    # and at the end a half-written ending outlives a search, and the page to keep has address and hours
    page.goto(page.url.split("/theme/")[0] + "/end/")
    page.get_by_label("The person's own next steps").fill("I go on Thursday.")
    page.get_by_role("button", name="Find a service in the directory").click()
    page.get_by_role("link", name="Back to the conversation").click()
    assert page.get_by_label("The person's own next steps").input_value() == "I go on Thursday."
    looked_at(page)
    page.get_by_role("button", name="Finish the conversation").click()
    page.get_by_role("link", name="The page for the person to keep").click()
    page.get_by_role("heading", name="My next steps").wait_for()
    looked_at(page)
    for told in ("I go on Thursday.", "Thursday Kitchen", "2 Mill Lane", "01632 960121", "00:01 to 23:59"):
        assert told in page.inner_text("main")


@pytest.mark.proves("ENABLE-09", "ENABLE-22")
def test_on_a_visit_signs_are_ticked_and_a_risk_is_put_to_the_person(page: Page) -> None:
    signed_in_as(page, "Sam Boateng")
    page.get_by_role("link", name="Bee", exact=True).click()
    assert "not yet talked through with the person" in page.inner_text("main").lower()
    page.get_by_role("link", name="Use another guide, such as the one for a home visit").click()
    looked_at(page)
    page.get_by_role("button", name="Begin (A visit to somebody at home)").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    talk = page.url.split("/theme/")[0]
    page.goto(f"{talk}/theme/noticed/")
    page.get_by_label("Cold, or no working heating, light, water or cooker").check()
    looked_at(page)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="What is hard").wait_for()
    looked_at(page)
    page.get_by_label("Others are worried about this").fill("They never asked me.")
    with page.expect_navigation():  # what is not saved yet is sent before the page is
        page.get_by_role("button", name="Save and continue").click()
    page.goto(f"{talk}/end/")
    assert "You noticed signs of harm" in page.inner_text("main")
    looked_at(page)
    page.goto("/lists/")
    page.get_by_role("link", name="Bee", exact=True).click()
    assert "They never asked me." in page.inner_text("main")
    looked_at(page)


@pytest.mark.proves("CARE-06", "CARE-09")
def test_whom_a_referral_goes_to_is_seen_before_it_is_sent(page: Page) -> None:
    signed_in_as(page, "Sam Boateng")
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("link", name="Refer to another organisation").click()
    looked_at(page)
    page.get_by_role("link", name="Been There (peer support)").click()
    looked_at(page)
    text = page.inner_text("main")
    assert "In pairs, at the person's pace" in text
    assert "Thursday Kitchen" in text
    page.get_by_label("What are you asking for, and why?").fill("Company on Thursdays.")
    page.get_by_label("They agree").check()
    page.locator("[name=safe][value=yes]").check()
    page.get_by_role("button", name="Check before it is sent").click()
    page.get_by_role("heading", name="Check your referral before it is sent").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Send the referral").click()
    page.get_by_role("heading", name="Referrals").wait_for()
    assert "Company on Thursdays." in page.inner_text("main")


@pytest.mark.proves("ENABLE-13")
def test_a_peer_supporter_tells_a_worry_from_the_page_of_the_day(page: Page) -> None:
    signed_in_as(page, "Dee Marsh")
    looked_at(page)
    page.get_by_role("link", name="Tell us").click()
    looked_at(page)
    page.get_by_label("What do you call them?").fill("The lady with the blue scarf")
    page.get_by_label("What worries you?").fill("She sleeps in the laundry room.")
    page.get_by_label("Today", exact=True).check()
    page.get_by_label("Not yet").check()
    page.locator("[name=safe][value=yes]").check()
    page.get_by_role("button", name="Tell them").click()
    page.get_by_role("heading", name="The lady with the blue scarf").wait_for()
    looked_at(page)
    assert "Riverside Council" in page.inner_text("main")
