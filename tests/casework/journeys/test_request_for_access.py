"""A person asks what is held about them: told to their worker, decided by one, released by another, given."""

import pytest
from playwright.sync_api import Download, Page
from tests.casework.journeys.conftest import (
    AT_A_DESK,
    WITHOUT_SCRIPT,
    looked_at,
    pictured,
    signed_in_as,
    signed_out,
)
from tools.universe import Universe


def _choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check()


def _born(page: Page, day: str, month: str, year: str, *, group: str) -> None:
    boxes = page.get_by_role("group", name=group)
    for part, value in (("Day", day), ("Month", month), ("Year", year)):
        boxes.get_by_label(part, exact=True).fill(value)


@pytest.mark.proves("MARM-27")
def test_from_asking_to_being_given(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Joan Adeyemi")
    page.goto(f"/people/{riverside.people['Amina']}/")
    page.get_by_role("link", name="They ask what we hold about them").click()
    page.get_by_role("heading", name="They ask what we hold about them").wait_for()
    looked_at(page)
    _choose(page, "The person themself")
    _choose(page, "They said it to somebody at work")
    page.get_by_role("button", name="Pass it on").click()
    page.get_by_text("they will have an answer within a month").wait_for()
    signed_out(page)

    signed_in_as(page, "Iris Okafor")
    page.get_by_role("link", name="All requests for access").click()
    looked_at(page)
    row = page.locator("tbody tr", has_text="Not yet known who is asking").last
    row.get_by_role("link").click()
    looked_at(page)
    page.get_by_role("button", name="Note how you know who is asking").click()
    page.get_by_label("How do you know who is asking?").fill("Joan has known her since she was twelve.")
    looked_at(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Being put together").wait_for()
    address = page.url
    page.get_by_role("button", name="Look at what is held").click()
    page.get_by_role("heading", name="What is held").wait_for()
    looked_at(page)
    page.get_by_role("button", name="Look at the next line").click()
    page.get_by_role("heading", name="Withhold").wait_for()
    looked_at(page)
    pictured(page, "request-for-access-line")
    _choose(page, "Some words")
    page.get_by_label("Which words?").fill("brother")
    _choose(page, "It is about somebody else")
    page.get_by_label("Why?").fill("He is nine, and nobody has asked him or whoever looks after him.")
    page.get_by_role("button", name="Withhold it").click()
    page.get_by_text("Withheld: It is about somebody else").first.wait_for()
    looked_at(page)
    page.get_by_role("link", name="All of this kind").click()
    page.get_by_role("columnheader", name="What it says").wait_for()
    looked_at(page)
    page.get_by_role("link", name="What is held", exact=True).click()
    page.get_by_role("heading", name="What is held").wait_for()
    while page.get_by_role("button", name="Look at the next line").count():
        page.get_by_role("button", name="Look at the next line").click()
        page.get_by_role("button", name="Mark as looked at and go to the next line").click()
        page.goto(f"{address}bundle/")
    page.get_by_role("button", name="Mark as ready for somebody else to release").click()
    page.get_by_text("To be released by somebody else").wait_for()
    signed_out(page)

    signed_in_as(page, "Ada Clarke")
    page.goto(address)
    page.get_by_role("link", name="Read it as the person would see it").click()
    page.get_by_role("heading", name="What is held about you").wait_for()
    assert "brother" not in page.locator("main").inner_text()
    looked_at(page)
    page.goto(address)
    page.get_by_role("button", name="Release it").click()
    looked_at(page)
    _born(page, "19", "5", "2008", group="The person's date of birth")
    page.get_by_role("button", name="Release it").click()
    page.get_by_role("link", name="This is not the date of birth").wait_for()
    looked_at(page)
    _born(page, "19", "5", "2007", group="The person's date of birth")
    page.get_by_role("button", name="Release it").click()
    page.get_by_text("To be handed over").wait_for()
    page.get_by_role("button", name="Hand it over").click()
    looked_at(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name="A PDF that a screen reader can read").click()
    document: Download = begun.value
    assert document.suggested_filename.startswith("AR-")
    assert document.path().read_bytes().startswith(b"%PDF")
    page.get_by_label("Who was it given to?").fill("Amina")
    _choose(page, "Handed to them")
    _choose(page, "As a PDF")
    page.get_by_role("button", name="Note that it was handed over").click()
    page.get_by_text("to Amina. Handed to them. As a PDF.").wait_for()
    looked_at(page)


@AT_A_DESK
def test_by_keyboard_one_line_leads_to_the_next(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Iris Okafor")
    page.goto(f"/rights/{riverside.access_requests['Bee']}/bundle/")
    page.get_by_role("button", name="Look at the next line").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Marked for you to look at").wait_for()
    first = page.url
    page.get_by_label("Note").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    page.get_by_role("heading", name="Marked for you to look at").wait_for()


@WITHOUT_SCRIPT
def test_whose_it_is_is_found_on_a_phone_without_being_shown(page: Page, riverside: Universe) -> None:
    signed_in_as(page, "Iris Okafor")
    page.goto("/rights/new/")
    looked_at(page)
    page.get_by_label("Surname of the person it is about").fill("Kowalczyk")
    _born(page, "30", "11", "1948", group="Date of birth")
    _choose(page, "The person themself")
    _choose(page, "By letter")
    page.get_by_role("button", name="Take it").click()
    page.get_by_text("The request reference is").wait_for()
    assert "Stan" not in page.content()
    looked_at(page)
