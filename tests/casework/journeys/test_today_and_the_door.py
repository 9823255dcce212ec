"""The list of today by keyboard alone; and from the list to a conversation where no script runs."""

from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    ON_A_PHONE,
    WITHOUT_SCRIPT,
    looked_at,
    pictured,
    signed_in_as,
)
from tools.universe import Universe, actor_for

from alongside.casework.outreach.commands.distributing import raise_item
from alongside.casework.outreach.commands.giving import assign_item
from alongside.casework.outreach.rules import Priority

MOST_TABS = 60
FOCUSED = "(e => e.id || e.textContent.trim())(document.activeElement)"


@pytest.fixture(autouse=True)
def sams_list(riverside: Universe, on_monday: datetime) -> None:
    """Two people of the borough are on Sam's list, put there by his manager."""
    gwen = actor_for(riverside, "Gwen Hughes", on=timezone.localdate(on_monday))
    for name, priority, why in (
        ("Bee", Priority.TODAY, "Three agencies are worried, and nobody has sat down with her."),
        ("Amina", Priority.ROUTINE, "She leaves care in May and has not said where she wants to live."),
    ):
        item = raise_item(
            actor=gwen, at=on_monday, person_id=riverside.people[name],
            team_id=riverside.teams["Contact team"].id, priority=priority, why=why,
        )  # fmt: skip
        assign_item(actor=gwen, at=on_monday, item_id=item.id, member_id=riverside.members["Sam Boateng"].id)


def tabbed_to(page: Page, words: str) -> None:
    """Press the tabulator until something that begins with these words has the focus, and shows it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).startswith(words):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert ring != "none" or shadow != "none", f"{words!r} has the focus and does not show it"
            return
    raise AssertionError(f"{MOST_TABS} tabs did not lead to {words!r}")


def pressed(page: Page, words: str) -> None:
    """Go to a link or a button by keyboard, and press it."""
    tabbed_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def went_on_to(page: Page, theme: str) -> None:
    """Go on from theme to theme, whatever the area's guide asks before this one."""
    while page.locator("h1").inner_text() != theme:
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue").click()


@AT_A_DESK
@pytest.mark.proves("FIND-11")
def test_a_day_begins_by_keyboard_alone(page: Page) -> None:
    # given Sam, whose mouse is broken
    signed_in_as(page, "Sam Boateng")
    # when he goes from today to his list, and to whoever is first on it
    pressed(page, "Lists")
    page.get_by_role("heading", name="2 on your list").wait_for()
    looked_at(page)
    pictured(page, "list")
    pressed(page, "Bee")
    page.get_by_role("heading", name="In their own words").wait_for()
    looked_at(page)
    # then he notes that he tried to reach her, and chooses what came of it with the arrows
    pressed(page, "I tried to get in touch")
    tabbed_to(page, "id_result")
    for key in ("Space", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    tabbed_to(page, "id_note")
    page.keyboard.type("I let it ring, as she asks. She has time after eleven.")
    pressed(page, "Save")
    page.get_by_text("Sam Boateng: We spoke").wait_for()
    # and begins a conversation, where danger is asked about first
    pressed(page, "Begin a conversation")
    page.get_by_role("heading", name="First: is anybody in danger now?").wait_for()
    looked_at(page)


@WITHOUT_SCRIPT
@pytest.mark.proves("FIND-13", "FIND-14")
def test_from_the_list_to_a_conversation_where_no_script_runs(page: Page) -> None:
    # given an old telephone at a door
    signed_in_as(page, "Sam Boateng")
    page.get_by_role("link", name="Bee", exact=True).click()
    looked_at(page)
    assert page.locator("a[href^='tel:']").count() == 1
    page.get_by_role("button", name="Begin a conversation").click()
    # when Sam goes on without an answer about danger, he is told what is missing
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    looked_at(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    # then each theme is a screen, and every answer is kept on the way
    for title, words in (
        ("Hello", ""),
        ("How we talk", "Slowly, and into my left ear."),
        ("What goes well", "Dee comes on Thursdays."),
        ("People", "Nuala, if I am in hospital."),
        ("What is hard", "The stairs."),
        ("What next", "You may tell Dee."),
    ):
        page.get_by_role("heading", name=title, exact=True).wait_for()
        looked_at(page)
        if words:
            page.get_by_role("textbox").last.fill(words)
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="What came of it").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Previous theme").click()
    assert page.get_by_role("textbox").last.input_value() == "You may tell Dee."
    page.get_by_role("button", name="Save and continue").click()
    # and at the end there is a page for Bee to keep, with a way back for Sam
    page.get_by_label("The person's own next steps, in their words").fill("Dee and I sort the landing.")
    page.get_by_role("button", name="Finish the conversation").click()
    page.get_by_role("link", name="The page for the person to keep").click()
    page.get_by_text("Dee and I sort the landing.").wait_for()
    looked_at(page)
    page.get_by_role("link", name="Back").click()
    page.get_by_role("heading", name="What was done").wait_for()


@ON_A_PHONE
def test_a_conversation_is_kept_while_it_is_typed(page: Page) -> None:
    # given a conversation that has begun
    signed_in_as(page, "Sam Boateng")
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("button", name="Begin a conversation").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    went_on_to(page, "What goes well")
    # when Sam writes down what Bee says
    page.get_by_label("What does a good day look like for you?").fill("I sew, and the cat sits on the cloth.")
    page.get_by_label("What does a good day look like for you?").blur()
    page.locator("[data-autosave-status]", has_text="Saved").wait_for()
    pictured(page, "conversation")
    # then it is there when the page is opened again, though nothing was pressed
    page.reload()
    assert "the cat sits" in page.get_by_label("What does a good day look like for you?").input_value()
    page.goto("/people/")
    page.get_by_label("Name, date of birth or NHS number").fill("Beatrice")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Bee", exact=True).click()
    page.get_by_role("heading", name="About me", exact=True).wait_for()
    pictured(page, "person")
