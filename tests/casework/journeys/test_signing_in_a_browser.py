"""Signing in and the first pages in a real browser: axe finds no fault, also small and without script."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.casework.accounts.conftest import PASSWORD, Partnership, build
from tests.casework.journeys.conftest import looked_at

from alongside.casework.accounts import commands


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    made = build(timezone.now())
    commands.begin_absence(
        actor=made.actor(made.worker), at=made.at, membership_id=made.worker.id, on=timezone.localdate(),
        cover_id=None,
    )  # fmt: skip
    return made


def test_a_member_gets_it_wrong_signs_in_and_finds_their_way(page: Page) -> None:
    page.goto("/members/")
    looked_at(page)
    page.get_by_label("E-mail address").fill("lena@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("Error: Sign in - Alongside")
    page.get_by_role("link", name="Enter your password").click()
    assert page.evaluate("document.activeElement.id") == "id_password"
    looked_at(page)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Team and members").wait_for()
    looked_at(page)
    for address in (
        "/",
        "/organisations/",
        "/members/new/",
        "/teams/new/",
        "/my-absence/",
        "/choose-password/",
    ):
        page.goto(address)
        looked_at(page)
    page.goto("/nothing/")
    expect(page).to_have_title("Page not found - Alongside")
    looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_title("Sign in - Alongside")


def test_the_first_key_press_offers_to_skip_to_the_page(page: Page) -> None:
    page.goto("/sign-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"


def test_one_press_signs_in_where_it_is_a_demonstration(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Will Ford").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()
    looked_at(page)
    page.goto("/my-absence/")
    page.get_by_role("button", name="I am back").click()
    page.get_by_text("Your absence has ended").wait_for()
    looked_at(page)
