"""A real browser at the real pages: small and large, with and without script; what every page must bear."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tools.pictures import browser


@pytest.fixture(scope="module")
def window() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, browser() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
        yield opened


@pytest.fixture(
    params=[(320, True), (1280, True), (320, False)], ids=["phone", "desk", "phone without script"]
)
def page(
    request: pytest.FixtureRequest, window: Browser, live_server: LiveServer, transactional_db: None
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
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        return  # axe is itself a script
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
