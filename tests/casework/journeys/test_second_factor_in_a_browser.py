"""Setting up a second factor and signing in with it, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.casework.accounts.conftest import PASSWORD, Partnership, build
from tests.casework.accounts.test_second_factor import shown
from tests.casework.journeys.conftest import looked_at


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return build(timezone.now())


def give_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("will@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_member_sets_up_an_app_and_signs_in_with_a_recovery_code_when_it_is_lost(page: Page) -> None:
    give_password(page)
    page.get_by_role("link", name="My security").click()
    looked_at(page)
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code to scan")).to_be_visible()
    looked_at(page)
    secret = page.locator("main strong").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(shown(secret))
    page.get_by_role("button", name="Set it up").click()
    looked_at(page)
    recovery_code = page.locator("main li").first.inner_text()
    page.get_by_role("button", name="Sign out").click()
    give_password(page)
    looked_at(page)
    page.get_by_label("Code").fill(recovery_code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()
