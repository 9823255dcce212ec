"""Signing in through a council's own provider, in a real browser."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from tests.casework.accounts.conftest import Partnership, build
from tests.casework.accounts.fake_provider import CLIENT, SECRET, FakeProvider, running
from tests.casework.journeys.conftest import looked_at

from alongside.casework.accounts.sign_on.provider import Provider


@pytest.fixture(autouse=True)
def partnership(transactional_db: None) -> Partnership:
    return build(timezone.now())


@pytest.fixture
def provider(settings: Settings) -> Iterator[FakeProvider]:
    with running() as fake:
        settings.SIGN_ON = Provider(fake.issuer, CLIENT, SECRET, "Riverside Council")
        yield fake


def test_a_member_signs_on_and_who_has_their_address_afterwards_does_not(
    page: Page, provider: FakeProvider
) -> None:
    page.goto("/sign-in/help/")
    page.get_by_role("heading", name="I cannot sign in with Riverside Council").wait_for()
    page.goto("/sign-in/")
    looked_at(page)
    page.get_by_role("button", name="Sign in with Riverside Council").click()
    page.get_by_role("heading", name="Hello Will Ford").wait_for()
    page.get_by_role("button", name="Sign out").click()
    provider.subject = "another"
    page.get_by_role("button", name="Sign in with Riverside Council").click()
    page.get_by_role("heading", name="You are not signed in").wait_for()
    looked_at(page)
