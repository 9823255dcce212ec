"""The report in a real browser: axe finds no fault, nothing scrolls sideways, keyboard and paper work too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.examples.report_figures import a_run
from tools.pictures import browser

from alongside.insight.report import render


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(a_run()), encoding="utf-8")
    with browser() as window:
        opened = window.new_page(java_script_enabled=True)
        opened.goto(path.as_uri())
        yield opened


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_nothing_but_the_quality_table_scrolls_sideways_on_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    spill = page.evaluate(
        "[...document.querySelectorAll('main text')]"
        ".filter(text => text.getBoundingClientRect().right > 320).length"
    )
    assert spill == 0


def test_no_request_leaves_the_page(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    assert all(url.startswith("file:") for url in asked)
    assert len(asked) == 1


def test_the_first_key_press_offers_to_skip_to_the_report(page: Page) -> None:
    page.reload()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_table_behind_a_chart_opens_without_a_script(page: Page) -> None:
    details = page.locator("details").first
    assert not details.locator("table").is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.locator("table").is_visible()


def test_on_paper_every_table_is_open(page: Page) -> None:
    page.reload()
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details table')].map(t => t.getBoundingClientRect().height)"
    )
    page.emulate_media(media="screen")
    assert heights
    assert min(heights) > 0
