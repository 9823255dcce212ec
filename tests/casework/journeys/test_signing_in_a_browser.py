"""Signing in and the first pages in a real browser: axe finds no fault, also small and without script."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.casework.accounts.conftest import PASSWORD, Partnership, build
from tools.pictures import browser

from alongside.casework.accounts import commands


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, browser() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
        yield opened


@pytest.fixture
def partnership(transactional_db: None) -> Partnership:
    made = build(timezone.now())
    commands.begin_absence(
        actor=made.actor(made.worker), at=made.at, membership_id=made.worker.id, on=timezone.localdate(),
        cover_id=made.lead.id,
    )  # fmt: skip
    return made


@pytest.fixture(
    params=[(320, True), (1280, True), (320, False)], ids=["phone", "desk", "phone without script"]
)
def page(
    request: pytest.FixtureRequest, window: Browser, live_server: LiveServer, partnership: Partnership
) -> Iterator[Page]:
    width, scripts = request.param
    context = window.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert [
        each for each in complaints if "(Unprocessable Entity)" not in each and "(Not Found)" not in each
    ] == []
    context.close()


def looked_at(page: Page) -> None:
    """Whatever the page: nothing scrolls sideways, and axe finds no fault."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        return  # axe is itself a script
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_member_gets_it_wrong_signs_in_and_finds_their_way(page: Page) -> None:
    page.goto("/members/")
    looked_at(page)
    page.get_by_label("E-mail address").fill("lena@example.org")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.title() == "Error: Sign in - Alongside"
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
    assert page.title() == "Page not found - Alongside"
    looked_at(page)
    page.get_by_role("button", name="Sign out").click()
    assert page.title() == "Sign in - Alongside"


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
