"""Who cannot sign in finds out what to do, and is helped by their lead, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.casework.accounts.conftest import PASSWORD, Partnership, build
from tests.casework.journeys.conftest import looked_at


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return build(timezone.now())


def give(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_member_asks_their_lead_and_signs_in_with_what_the_lead_reads_out(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_role("link", name="I cannot sign in").click()
    page.get_by_role("heading", name="I have lost my password").wait_for()
    looked_at(page)
    give(page, "lena@example.org", PASSWORD)
    page.goto("/members/")
    looked_at(page)
    page.get_by_role("link", name="Give a new password to Will Ford").click()
    looked_at(page)
    page.get_by_role("button", name="Give a new password").click()
    looked_at(page)
    page.get_by_label("How did you check").fill("I rang him on the number that we have for him")
    page.get_by_role("button", name="Give a new password").click()
    page.get_by_role("heading", name="Will Ford has a new password").wait_for()
    looked_at(page)
    password = page.locator("main .govuk-\\!-font-size-24").inner_text()
    page.get_by_role("button", name="Sign out").click()
    give(page, "will@example.org", password)
    expect(page.get_by_text("Lena Marsh gave you this password")).to_be_visible()
    looked_at(page)
    page.get_by_label("New password", exact=True).fill("copper lantern meadow seven")
    page.get_by_label("New password again").fill("copper lantern meadow seven")
    page.get_by_role("button", name="Save password").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()
